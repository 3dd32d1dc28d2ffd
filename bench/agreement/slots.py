"""What a drawn mapping consists of, and what the drawing chooses from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.agreement.texts import Sample
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    NullRule,
    Operation,
    TransformKind,
    WriteRule,
)

DescribeOf = Callable[[str], SobjectDescribe]
NamesOf = Callable[[str, str], Sequence[str]]
NAME_KEYS: Final = {
    "halda_id": "lead.lead_profile_uid",
    "first_name": "lead.first_name",
    "last_name": "lead.last_name",
    "email": "lead.email",
    "phone": "lead.phone",
}
STORED_ID_KEY: Final = "lead.crm_reference_id"
COUNTRY_KEY: Final = "lead.country"
OPERATIONS: Final = (*[Operation.UPSERT] * 8, Operation.INSERT, Operation.UPDATE)
RULES: Final = tuple(WriteRule)
PLACES: Final[tuple[tuple[TransformKind, ...], ...]] = (
    *[()] * 6,
    (),
    (),
    (TransformKind.COUNTRY, TransformKind.STATE),
    (TransformKind.COUNTRY, TransformKind.STATE),
    (TransformKind.COUNTRY,),
    (TransformKind.STATE,),
)
NULL_RULES: Final = (*[NullRule.BY_WRITE_RULE] * 20, *[NullRule.USE_TEXT] * 8, NullRule.HOLD)
# Types with few fields are drawn as often as those with many.
WEIGHTS: Final = {"currency": 9, "percent": 9, "multipicklist": 6, "double": 4, "int": 3,
                   "date": 5, "datetime": 5, "boolean": 2, "reference": 9, "email": 4,
                   "url": 3, "phone": 2, "string": 1, "textarea": 3, "picklist": 1}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One row of a mapping: what its source may say, good and bad. `source_key` is empty where
    the row reads no field of its own."""

    row: FieldRow
    field: FieldDescribe
    source_key: str = ""
    good: tuple[Sample, ...] = ()
    bad: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMapping:
    """A mapping with its slots by object_id."""

    draft: MappingDraft
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=dict)


PLACE_ENDINGS: Final = ("State", "StateCode", "Country", "CountryCode")
# What a flow or a validation rule of an org looks at; a preview says that it cannot know these.
AUTOMATED: Final = frozenset(
    {
        "Graduation_Year__c",
        "GPA__c",
        "TargetX_SRMb__Graduation_Year__c",
        "TargetX_SRMb__Last_Data_Input_Source__c",
        "hed__UniversityEmail__c",
        "hed__Deceased__c",
    }
)
