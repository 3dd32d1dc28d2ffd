"""The universities of the demo org: which objects an inquiry becomes there, and by which fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectKind:
    """One object of a mapping. `names` are the fields of a person; children have none.

    `lookups` give the object and the fields by which a reference is found; `parents` the object_id
    whose record a reference takes. `closed` are fields that no random row writes.
    """

    sobject_name: str
    object_id: str = "person"
    names: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[tuple[str, ...], ...] = ()
    parents: Mapping[str, str] = field(default_factory=dict)
    lookups: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    company: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class University:
    """One org of the demo org and the objects of its mappings, the person first."""

    name: str
    app: str
    objects: tuple[ObjectKind, ...]


_CLOSED: Final = frozenset(
    {"OwnerId", "IsConverted", "IsUnreadByOwner", "RecordTypeId", "Status", "ReportsToId"}
)
_NAMES: Final = {
    "halda_id": "Halda_ID__c",
    "first_name": "FirstName",
    "last_name": "LastName",
    "email": "Email",
    "phone": "Phone",
}
_PERSON_KEYS: Final = (("Halda_ID__c",), ("Email", "LastName"), ("Email",))


def _own(name: str) -> str:
    return f"TargetX_SRMb__{name}__c"


_PALMER: Final = University(
    name="lead_first",
    app="palmer",
    objects=(
        ObjectKind(
            sobject_name="Lead", names=_NAMES, keys=_PERSON_KEYS, closed=_CLOSED, company="Company"
        ),
    ),
)
_LAKESIDE: Final = University(
    name="contact_first",
    app="lakeside",
    objects=(
        ObjectKind(
            sobject_name="Contact",
            names={**_NAMES, "phone": "MobilePhone"},
            keys=_PERSON_KEYS,
            closed=_CLOSED,
        ),
        ObjectKind(
            sobject_name="hed__Affiliation__c",
            object_id="affiliation",
            keys=(("hed__Contact__c", "hed__Account__c"),),
            parents={"hed__Contact__c": "person"},
            lookups={"hed__Account__c": ("Account", ("Name",))},
            closed=_CLOSED,
        ),
        ObjectKind(
            sobject_name="hed__Application__c",
            object_id="application",
            keys=(("hed__Applicant__c", "hed__Term__c"),),
            parents={"hed__Applicant__c": "person"},
            lookups={"hed__Term__c": ("hed__Term__c", ("Name",))},
            closed=_CLOSED,
        ),
    ),
)
_MARLOW: Final = University(
    name="contact_and_inquiry",
    app="marlow",
    objects=(
        ObjectKind(
            sobject_name="Contact",
            names={**_NAMES, "phone": "MobilePhone"},
            keys=_PERSON_KEYS,
            closed=_CLOSED,
        ),
        ObjectKind(
            sobject_name=_own("Inquiry"),
            object_id="inquiry",
            keys=((_own("Contact"), "Program__c"),),
            parents={_own("Contact"): "person"},
            lookups={
                "Program__c": ("Program__c", ("Name", "Program_Code__c")),
                "Start_Term__c": ("Term__c", ("Term_Code__c", "Name")),
            },
            closed=_CLOSED,
        ),
    ),
)
_HARBOR: Final = University(
    name="education_cloud",
    app="harbor",
    objects=(
        ObjectKind(
            sobject_name="Lead", names=_NAMES, keys=_PERSON_KEYS, closed=_CLOSED, company="Company"
        ),
        ObjectKind(
            sobject_name="AcademicInterest",
            object_id="interest",
            keys=(("LeadId", "LearningProgramId"),),
            parents={"LeadId": "person"},
            lookups={
                "LearningProgramId": ("LearningProgram", ("Name",)),
                "AcademicTermId": ("AcademicTerm", ("Name",)),
            },
            closed=_CLOSED,
        ),
    ),
)
UNIVERSITIES: Final = (_PALMER, _LAKESIDE, _MARLOW, _HARBOR)
