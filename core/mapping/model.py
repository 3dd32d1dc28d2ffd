"""What a mapping is: source fields, rows, match keys, write rules. Plain values, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

JsonValue = str | int | float | bool | None


class SourceType(StrEnum):
    """What a Halda value means; it always travels as text."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    MULTI = "multi"
    URL = "url"
    ID = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceField:
    """One piece of data Halda collects. `key` is canonical, such as `lead.first_name`."""

    key: str
    label: str
    group: str
    type: SourceType = SourceType.TEXT
    example: str = ""
    documented: bool = True
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """One inquiry. `values` holds text exactly as received; a missing key was not sent at all."""

    row_number: int
    values: Mapping[str, str]


class Operation(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    UPSERT = "upsert"


class WriteRule(StrEnum):
    """When a row's value replaces what the org holds."""

    NEVER_BLANK_OUT = "never_blank_out"  # overwrite, but a blank source leaves the field alone
    ALWAYS = "always"  # overwrite; a blank source clears the field
    IF_BLANK = "if_blank"  # only where the org's field is empty
    CREATE_ONLY = "create_only"  # only on records the push creates


class SourceKind(StrEnum):
    FIELD = "field"  # `text` is a SourceField key
    CONSTANT = "constant"  # `text` is the value
    TEMPLATE = "template"  # `text` holds {source.key} placeholders


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """Where a row's value comes from."""

    kind: SourceKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One line of the mapping. `row_id` is stable over edits; an empty `field_name` is unmapped."""

    row_id: str
    source: RowSource
    field_name: str = ""
    write_rule: WriteRule = WriteRule.NEVER_BLANK_OUT


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchKey:
    """Target fields that together identify a record, such as `("Email", "LastName")`."""

    field_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingDraft:
    """The content of one mapping version."""

    sobject_name: str
    operation: Operation = Operation.UPSERT
    match_keys: tuple[MatchKey, ...] = ()
    rows: tuple[FieldRow, ...] = ()
    record_type: str = ""  # DeveloperName; empty means the org's default
