"""Plain values for what an org's administrator set up: objects, fields, picklists, record types."""

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
    """One field as its administrator defined it; `hidden` means no permission to see it."""

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

    @property
    def custom(self) -> bool:
        return self.name.endswith("__c")

    @property
    def writeable(self) -> bool:
        return self.createable or self.updateable


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    id: str
    name: str
    developer_name: str
    available: bool = True
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRule:
    """A duplicate rule: records alike in every one of `fields` are reported to the caller."""

    rule: str
    match: str
    fields: tuple[str, ...]
    allow_save: bool = True
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
    createable: bool = True
    custom_setting: bool = False
    queryable: bool = True
    by_folded_name: Mapping[str, Field] = field(default_factory=dict)

    @property
    def custom(self) -> bool:
        return self.name.endswith(("__c", "__mdt", "__e", "__x", "__b"))

    def find(self, name: str) -> Field | None:
        """Find a field by its API name; the platform ignores the case."""
        return self.fields.get(name) or self.by_folded_name.get(name.lower())


def sobject(
    name: str, label: str, key_prefix: str | None, fields: Iterable[Field], **changes: Any
) -> Sobject:
    """Build an object from its fields, in order; a later field of the same name replaces one."""
    by_name = {each.name: each for each in fields}
    return Sobject(
        name=name,
        label=label,
        plural=changes.pop("plural", label + "s"),
        key_prefix=key_prefix,
        fields=by_name,
        by_folded_name={key.lower(): value for key, value in by_name.items()},
        **changes,
    )


def with_fields(base: Sobject, *extra: Field, **changes: Any) -> Sobject:
    """Return the object with fields added or replaced, and other attributes changed."""
    fields = dict(base.fields) | {each.name: each for each in extra}
    folded = {key.lower(): value for key, value in fields.items()}
    return replace(base, fields=fields, by_folded_name=folded, **changes)


def text(name: str, label: str, length: int = 255, **more: Any) -> Field:
    return Field(name=name, label=label, type="string", length=length, **more)


def long_text(name: str, label: str, length: int = 32000, **more: Any) -> Field:
    more.setdefault("extra_type", "plaintextarea")
    return Field(name=name, label=label, type="textarea", length=length, **more)


def email(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="email", length=80, **more)


def phone(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="phone", length=40, **more)


def url(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="url", length=255, **more)


def checkbox(name: str, label: str, **more: Any) -> Field:
    more.setdefault("default", False)
    return Field(name=name, label=label, type="boolean", required=True, defaulted=True, **more)


def date(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="date", **more)


def moment(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="datetime", **more)


def number(name: str, label: str, precision: int, scale: int, **more: Any) -> Field:
    kind = more.pop("type", "double")
    return Field(name=name, label=label, type=kind, precision=precision, scale=scale, **more)


def integer(name: str, label: str, digits: int = 8, **more: Any) -> Field:
    return Field(name=name, label=label, type="int", digits=digits, **more)


def picklist(name: str, label: str, values: Iterable[str | Choice], **more: Any) -> Field:
    choices = tuple(
        each if isinstance(each, Choice) else Choice(value=each, label=each) for each in values
    )
    return Field(
        name=name,
        label=label,
        type=more.pop("type", "picklist"),
        length=more.pop("length", 255),
        choices=choices,
        **more,
    )


def multi(name: str, label: str, values: Iterable[str | Choice], **more: Any) -> Field:
    return picklist(name, label, values, type="multipicklist", length=4099, **more)


def lookup(name: str, label: str, *targets: str, relationship: str | None, **more: Any) -> Field:
    return Field(
        name=name,
        label=label,
        type="reference",
        length=18,
        reference_to=targets,
        relationship=relationship,
        **more,
    )


def read_only(field_: Field, **changes: Any) -> Field:
    return replace(field_, createable=False, updateable=False, **changes)
