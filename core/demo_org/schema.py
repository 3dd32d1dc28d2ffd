"""Plain values for what an org's administrator set up: objects, fields, picklists, record types."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Values: TypeAlias = dict[str, Any]

MASTER_RECORD_TYPE_ID: Final = "012000000000000AAA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One picklist value. `valid_for` holds the positions of the controlling values."""

    value: str
    label: str = ""
    active: bool = True
    default: bool = False
    valid_for: tuple[int, ...] | None = None

    def encoded_valid_for(self) -> str | None:
        """Return the base64 bitmap; position 0 is the highest bit of the first byte."""
        if self.valid_for is None:
            return None
        bitmap = bytearray(max(self.valid_for, default=0) // 8 + 1)
        for position in self.valid_for:
            bitmap[position >> 3] |= 0x80 >> (position % 8)
        return base64.b64encode(bytes(bitmap)).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as its administrator defined it; `hidden` means no permission to see it.

    `address_code` marks the state or country code of an address, which has rules of its own.
    """

    name: str
    label: str
    type: str
    length: int = 0
    precision: int = 0
    scale: int = 0
    digits: int = 0
    createable: bool = True
    updateable: bool = True
    required: bool = False
    default: Any = None
    defaulted: bool = False
    compound: str | None = None
    extra_type: str | None = None
    reference_to: tuple[str, ...] = ()
    relationship: str | None = None
    choices: tuple[Choice, ...] = ()
    restricted: bool = False
    controller: str | None = None
    external_id: bool = False
    id_lookup: bool = False
    unique: bool = False
    case_sensitive: bool = False
    help: str | None = None
    formula: str | None = None
    compute: Callable[[Values], Any] | None = None
    number_format: str | None = None
    encrypted: bool = False
    hidden: bool = False
    name_field: bool = False
    master_detail: bool = False
    address_code: bool = False

    @property
    def custom(self) -> bool:
        return self.name.endswith("__c")

    @property
    def writeable(self) -> bool:
        return self.createable or self.updateable


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """One record type; `choices` names the values of each picklist that it does not offer whole."""

    id: str
    name: str
    developer_name: str
    available: bool = True
    default: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def offers(self, field_name: str, value: str) -> bool:
        limited = self.choices.get(field_name)
        return limited is None or value in limited


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationRule:
    """A rule of the administrator's own; `refuses` is what its formula computes.

    `field_name` is where the message stands; None is the top of the page.
    """

    name: str
    message: str
    formula: str
    refuses: Callable[[Values], bool]
    field_name: str | None = None
    active: bool = True


Finder: TypeAlias = Callable[[str, str, Any], list[Values]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One save under way. Automation may change `record`; `find` reads other live records."""

    before: Values | None
    record: Values
    find: Finder

    def moved(self, name: str) -> bool:
        """Tell whether the save gives a field another value."""
        return (self.before or {}).get(name) != self.record.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation:
    """A trigger, or a flow where `flow_label` is given.

    `run` is what it does before a record is saved; one without works on other records after the
    save, which this org leaves out. The platform's own are not `listed` among the others.
    """

    name: str
    run: Callable[[Change], None] | None = None
    namespace: str | None = None
    flow_label: str | None = None
    active: bool = True
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """A record the platform keeps beside another; `link` is the field that holds its id."""

    sobject_name: str
    link: str
    values: Callable[[Values], Values | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRule:
    """A duplicate rule: records alike in every one of `fields` are reported to the caller.

    `also` names other objects among whose records it looks.
    """

    rule: str
    match: str
    fields: tuple[str, ...]
    also: tuple[str, ...] = ()
    allow_save: bool = True
    active: bool = True
    message: str = "Use one of these records?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sobject:
    name: str
    label: str
    plural: str
    key_prefix: str | None
    fields: Mapping[str, Field]
    record_types: tuple[RecordType, ...] = ()
    duplicate_rule: MatchRule | None = None
    validation_rules: tuple[ValidationRule, ...] = ()
    automations: tuple[Automation, ...] = ()
    companion: Companion | None = None
    createable: bool = True
    updateable: bool = True
    custom_setting: bool = False
    queryable: bool = True
    by_folded_name: Mapping[str, Field] = field(default_factory=dict)

    @property
    def custom(self) -> bool:
        return self.name.endswith(("__c", "__mdt", "__e", "__x", "__b"))

    def find(self, name: str) -> Field | None:
        """Find a field by its API name; the platform ignores the case."""
        return self.fields.get(name) or self.by_folded_name.get(name.lower())

    def defaults(self) -> Values:
        """Return the values that a new record starts with."""
        return {each.name: each.default for each in self.fields.values()
                if each.default is not None}  # fmt: skip

    def record_type(self, record: Values) -> RecordType | None:
        """Return the record type that a record has, None for the master."""
        held = record.get("RecordTypeId")
        return next((each for each in self.record_types if each.id == held), None)
