"""Where a mapping and an org do not go together. Words and places, no checks."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.mapping.checks.issues import Severity
from core.mapping.describe import FieldDescribe


class MisfitKind(StrEnum):
    """Stable names by which screens group."""

    OBJECT_GONE = "object_gone"
    OBJECT_NOT_WRITABLE = "object_not_writable"
    RECORD_TYPE_GONE = "record_type_gone"
    KEY_GONE = "key_gone"
    KEY_WEAKER = "key_weaker"
    REQUIRED_UNSERVED = "required_unserved"
    FIELD_GONE = "field_gone"
    NOT_WRITABLE = "not_writable"
    NOT_CREATEABLE = "not_createable"
    NOT_UPDATEABLE = "not_updateable"
    TYPE_CHANGED = "type_changed"
    SHORTER = "shorter"
    BECAME_REQUIRED = "became_required"
    BECAME_UNIQUE = "became_unique"
    DEPENDENCY_CHANGED = "dependency_changed"
    VALUE_GONE = "value_gone"
    LOOKUP_GONE = "lookup_gone"
    NEWER_GONE = "newer_gone"
    PARENT_GONE = "parent_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """One thing that the org does not have, or no longer has, as the mapping needs it.

    `is_lost` marks what a copy leaves out. `values` are picklist values that are missing;
    `new_field` is the number field that takes less than before.
    """

    kind: MisfitKind
    severity: Severity
    object_id: str
    place: str
    message: str
    advice: str
    row_ids: tuple[str, ...] = ()
    form_id: str = ""
    is_lost: bool = False
    values: tuple[str, ...] = field(default=(), repr=False)
    new_length: int = 0
    new_field: FieldDescribe | None = field(default=None, repr=False)

    @property
    def sentence(self) -> str:
        """`Person · Campus__c ← lead.campus: Contact has no field Campus__c.`"""
        return f"{self.place}: {self.message}"
