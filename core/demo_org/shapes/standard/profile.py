"""A custom object with as many fields as a long-lived org collects."""

from core.demo_org.making import (
    checkbox,
    date,
    long_text,
    moment,
    multi,
    number,
    picklist,
    sobject,
    text,
)
from core.demo_org.schema import (
    Sobject,
)
from core.demo_org.shapes.standard.parts import (
    system_fields,
)


def wide_profile() -> Sobject:
    """Return `Student_Profile__c`, 250 fields of every kind, for screens that must not lag."""
    fields = [
        *system_fields("Student Profile"),
        text("Name", "Student Profile Name", 80, name_field=True),
    ]
    makers = (
        lambda key, label: text(key, label, 255),
        lambda key, label: number(key, label, 18, 2),
        checkbox,
        date,
        lambda key, label: picklist(key, label, ("Low", "Middle", "High"), restricted=True),
        lambda key, label: multi(key, label, ("Arts", "Science", "Sports")),
        lambda key, label: long_text(key, label, 32768),
        moment,
    )
    topics = ("Academics", "Athletics", "Housing", "Aid", "Interest", "Family", "Visit", "Survey")
    serial = 0
    while len(fields) < 250:
        topic = topics[serial % len(topics)]
        maker = makers[serial // len(topics) % len(makers)]
        fields.append(maker(f"{topic}_{serial:03d}__c", f"{topic} {serial:03d}"))
        serial += 1
    return sobject("Student_Profile__c", "Student Profile", "a0P", fields)
