"""The stated mix: 30 mapped fields of a Lead, invented inquiries, and what the org holds of them.

18 texts, 3 picklists, 2 dates, 2 date/times, 2 numbers, a phone, an e-mail and a checkbox. Half of
the people are in the org already, and of those some hold something else.
"""

from collections.abc import Iterator

from core.mapping.describe import FieldDescribe, PicklistValue, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    JsonValue,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
    Transform,
    TransformKind,
    WriteRule,
)

MIX = "18 text, 3 picklists, 2 dates, 2 datetimes, 2 numbers, phone, e-mail, boolean"
_PROGRAMS = ("Business", "Computer Science", "Nursing", "Education", "MBA")
_TERMS = ("Fall 2027", "Spring 2028", "Fall 2028")
_TYPES = ("First-Year", "Transfer", "Graduate", "International")
_PICKLISTS = {"Program_of_Interest__c": _PROGRAMS, "Term__c": _TERMS, "Student_Type__c": _TYPES}

# API name: what the field is of type, and the source key it is filled from.
_FIELDS = {
    "Halda_ID__c": ("string", "lead.lead_profile_uid"),
    "FirstName": ("string", "lead.first_name"),
    "LastName": ("string", "lead.last_name"),
    "Preferred_Name__c": ("string", "lead.preferred_name"),
    "Title": ("string", "answer.greeting"),
    "City": ("string", "lead.city"),
    "PostalCode": ("string", "lead.postal_code"),
    "Company": ("string", "answer.household"),
    "High_School__c": ("string", "edu.high_school"),
    "CEEB_Code__c": ("string", "edu.ceeb_code"),
    "Halda_Form__c": ("string", "form.name"),
    "UTM_Source__c": ("string", "visit.utm_source"),
    "UTM_Medium__c": ("string", "visit.utm_medium"),
    "UTM_Campaign__c": ("string", "visit.utm_campaign"),
    "UTM_Term__c": ("string", "visit.utm_term"),
    "UTM_Content__c": ("string", "visit.utm_content"),
    "First_UTM_Source__c": ("string", "answer.first_source"),
    "Source_Summary__c": ("string", "answer.goals"),
    "Program_of_Interest__c": ("picklist", "interest.program"),
    "Term__c": ("picklist", "interest.term"),
    "Student_Type__c": ("picklist", "interest.student_type"),
    "Birth_Date__c": ("date", "lead.birth_date"),
    "Visit_Date__c": ("date", "answer.visit_date"),
    "Inquiry_Date__c": ("datetime", "submission.submitted_at"),
    "EmailBouncedDate": ("datetime", "answer.first_seen"),
    "GPA__c": ("double", "edu.gpa"),
    "Graduation_Year__c": ("int", "edu.graduation_year"),
    "Phone": ("phone", "lead.phone"),
    "Email": ("email", "lead.email"),
    "HasOptedOutOfEmail": ("boolean", "answer.no_mail"),
}
_RULES = {"Term__c": WriteRule.IF_BLANK, "Phone": WriteRule.IF_BLANK, "City": WriteRule.ALWAYS}
_STEPS = {"Phone": TransformKind.PHONE, "FirstName": TransformKind.TRIM}


def mixed_mapping(*, renamed: dict[str, str] | None = None) -> ObjectMapping:
    """Return the mapping; `renamed` puts a field of the org in the place of one of the mix."""
    names = renamed or {}
    return ObjectMapping(
        sobject_name="Lead",
        match_keys=(
            MatchKey(field_names=("Halda_ID__c",)),
            MatchKey(field_names=("Email", "LastName")),
            MatchKey(field_names=("Email",)),
        ),
        rows=tuple(_row(names.get(name, name), key) for name, (_, key) in _FIELDS.items()),
    )


def mixed_describe() -> SobjectDescribe:
    """Return a Lead that has exactly the fields of the mix, and its id."""
    fields = (_field(name, type_) for name, (type_, _) in _FIELDS.items())
    identity = FieldDescribe(name="Id", label="Lead ID", type="id")
    return SobjectDescribe(name="Lead", label="Lead", fields=(identity, *fields))


def mixed_inquiries(count: int) -> list[SourceRecord]:
    """The same people on every run; each has all 30 pieces of data, a few of them blank."""
    return [SourceRecord(row_number=place + 1, values=_values(place)) for place in range(count)]


def held_records(inquiries: int) -> Iterator[dict[str, JsonValue]]:
    """What the org holds of every second inquirer: a third of it as sent, else something older."""
    for place in range(0, inquiries, 2):
        values = _values(place)
        record: dict[str, JsonValue] = {
            name: _held(type_, values[key]) for name, (type_, key) in _FIELDS.items()
        }
        if place % 3:
            record |= {"City": "Orem", "Term__c": "Fall 2026", "GPA__c": 1.5}
        if place % 5 == 0:
            record |= {"Phone": None, "High_School__c": None}
        yield {"Id": f"00Q0B{place:010d}AAA", "SystemModstamp": "2026-10-01T08:00:00Z", **record}


def _row(field_name: str, source_key: str) -> FieldRow:
    step = _STEPS.get(field_name)
    return FieldRow(
        row_id=field_name,
        source=RowSource(kind=SourceKind.FIELD, text=source_key),
        field_name=field_name,
        write_rule=_RULES.get(field_name, WriteRule.NEVER_BLANK_OUT),
        transforms=(Transform(kind=step),) if step else (),
    )


def _field(name: str, type_: str) -> FieldDescribe:
    options = _PICKLISTS.get(name, ())
    return FieldDescribe(
        name=name,
        label=name.removesuffix("__c").replace("_", " "),
        type=type_,
        length=255 if type_ in ("string", "phone", "email", "picklist") else 0,
        precision=4 if type_ == "double" else 0,
        scale=2 if type_ == "double" else 0,
        createable=True,
        updateable=True,
        external_id=name == "Halda_ID__c",
        unique=name == "Halda_ID__c",
        restricted_picklist=bool(options),
        picklist_values=tuple(PicklistValue(value=each, label=each) for each in options),
    )


def _held(type_: str, text: str) -> JsonValue:
    if not text:
        return None
    if type_ in ("double", "int"):
        return float(text) if type_ == "double" else int(text)
    return text == "yes" if type_ == "boolean" else text


def _moment(month: int, place: int) -> str:
    """A time of its own for nearly everybody."""
    hour, minute, second = place % 24, place // 24 % 60, place % 59
    return f"2026-{month:02d}-{place % 28 + 1:02d}T{hour:02d}:{minute:02d}:{second:02d}Z"


def _values(place: int) -> dict[str, str]:
    return {
        "lead.lead_profile_uid": f"clbench{place:07d}jm2q7b1c9",
        "lead.first_name": ("Ana", "Jürgen", "Mei", "Oluwaseun", "Zoë")[place % 5],
        "lead.last_name": f"{('Silva', 'Núñez', 'Wang', 'O’Brien')[place % 4]}-{place}",
        "lead.preferred_name": "" if place % 4 else "Annie",
        "answer.greeting": "Student",
        "lead.city": ("Provo", "Salt Lake City", "Ogden")[place % 3],
        "lead.postal_code": f"{84000 + place % 900:05d}",
        "answer.household": f"Household {place}",
        "edu.high_school": "Provo High School",
        "edu.ceeb_code": f"{450000 + place % 400}",
        "form.name": "Undergraduate RFI",
        "visit.utm_source": "halda",
        "visit.utm_medium": "web",
        "visit.utm_campaign": "fall_inquiry",
        "visit.utm_term": "nursing degree" if place % 2 else "",
        "visit.utm_content": f"banner-{place % 12}",
        "answer.first_source": ("google", "friend", "fair")[place % 3],
        "answer.goals": "I hope to teach mathematics where I grew up.",
        "interest.program": _PROGRAMS[place % len(_PROGRAMS)],
        "interest.term": _TERMS[place % len(_TERMS)],
        "interest.student_type": _TYPES[place % len(_TYPES)],
        "lead.birth_date": f"2008-{place % 12 + 1:02d}-{place % 28 + 1:02d}",
        "answer.visit_date": f"2026-{place % 9 + 1:02d}-{place % 27 + 1:02d}",
        "submission.submitted_at": _moment(10, place),
        "answer.first_seen": _moment(9, place),
        "edu.gpa": f"{2 + place % 20 / 10:.2f}",
        "edu.graduation_year": f"{2026 + place % 3}",
        "lead.phone": f"+1 801 555 {place % 10_000:04d}",
        "lead.email": f"inquirer{place:06d}@bench.example",
        "answer.no_mail": "yes" if place % 10 == 0 else "no",
    }
