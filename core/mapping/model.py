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
    APPEND = "append"  # add to what the org holds, unless it is there already
    ONLY_IF_NEWER = "only_if_newer"  # only where the inquiry is newer than `FieldRow.newer` says


class NullRule(StrEnum):
    """What a row does where Halda has nothing.

    `BY_WRITE_RULE` clears under ALWAYS if a blank was sent, and leaves the field alone otherwise;
    the other two also speak where the inquiry did not carry the field at all.
    """

    BY_WRITE_RULE = "by_write_rule"
    USE_TEXT = "use_text"  # send `FieldRow.null_text` instead
    HOLD = "hold"  # hold the whole record back


class SourceKind(StrEnum):
    FIELD = "field"  # `text` is a SourceField key
    CONSTANT = "constant"  # `text` is the value
    TEMPLATE = "template"  # `text` holds {source.key} placeholders
    PARENT = "parent"  # `text` is the object_id of an earlier object: the id of its record


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSource:
    """Where a row's value comes from."""

    kind: SourceKind
    text: str


class TransformKind(StrEnum):
    """The closed set; nothing of it evaluates text as code."""

    TRIM = "trim"
    UPPER = "upper"
    LOWER = "lower"
    TITLE = "title"
    NAME_PART = "name_part"
    SPLIT = "split"
    PHONE = "phone"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    BOOLEAN = "boolean"
    INVERT = "invert"
    TERM = "term"
    COUNTRY = "country"
    STATE = "state"
    TRUNCATE = "truncate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform:
    """One step from text to text. `options` are sorted by name; a missing one has its default."""

    kind: TransformKind
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.options if key == name), default)


class UnmappedPolicy(StrEnum):
    """What becomes of a source value that a value map does not list."""

    HOLD = "hold"
    BLANK = "blank"
    USE_DEFAULT = "use_default"
    AS_IS = "as_is"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMap:
    """Source values with what is sent for each, in the order of the translation file."""

    pairs: tuple[tuple[str, str], ...] = ()
    unmapped: UnmappedPolicy = UnmappedPolicy.HOLD
    default: str = ""


class LookupPolicy(StrEnum):
    """What becomes of a record whose related record is not there, or there several times."""

    HOLD = "hold"
    BLANK = "blank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How a row's text finds the related record; several found are never chosen from."""

    sobject_name: str
    by_field: str
    not_found: LookupPolicy = LookupPolicy.HOLD
    several: LookupPolicy = LookupPolicy.HOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Newer:
    """For ONLY_IF_NEWER: the inquiry's moment (a source key) against a datetime of the record."""

    source_key: str = "submission.submitted_at"
    field_name: str = "LastModifiedDate"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One line: source → transforms → value map → field, by a write rule and a null rule.

    `row_id` is stable over edits; an empty `field_name` is unmapped.
    """

    row_id: str
    source: RowSource
    field_name: str = ""
    write_rule: WriteRule = WriteRule.NEVER_BLANK_OUT
    transforms: tuple[Transform, ...] = ()
    value_map: ValueMap | None = None
    null_rule: NullRule = NullRule.BY_WRITE_RULE
    null_text: str = ""
    lookup: Lookup | None = None
    newer: Newer | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchKey:
    """Target fields that together identify a record, such as `("Email", "LastName")`.

    With `id_source` it is `("Id",)`: the source field that carries the record's own Salesforce id.
    """

    field_names: tuple[str, ...]
    id_source: str = ""


class WrittenFor(StrEnum):
    """Whose inquiries an object is written for at all."""

    EVERY_INQUIRY = "every_inquiry"
    CONVERTED_LEADS = "converted_leads"  # the contact that the lead became, which is there already


PERSON_OBJECT_ID = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectMapping:
    """What one object gets of an inquiry. `object_id` names it within the mapping.

    `only_with` lists source keys: an inquiry with none of them filled makes no such record.
    `written_for` is for the contact that a converted lead of the person became.
    """

    sobject_name: str
    object_id: str = PERSON_OBJECT_ID
    operation: Operation = Operation.UPSERT
    match_keys: tuple[MatchKey, ...] = ()
    rows: tuple[FieldRow, ...] = ()
    record_type: str = ""  # DeveloperName; empty means the org's default
    only_with: tuple[str, ...] = ()
    written_for: WrittenFor = WrittenFor.EVERY_INQUIRY

    @property
    def only_converted(self) -> bool:
        """Whether it takes over from a lead that was converted, and is for nobody else."""
        return self.written_for is WrittenFor.CONVERTED_LEADS


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """A piece of data that deliberately goes nowhere, with the reason told to the customer."""

    source_key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRow:
    """A row of an AI Form's own, in one object of the mapping."""

    object_id: str
    row: FieldRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOverride:
    """What one AI Form does otherwise than the account's default.

    A row replaces the default's row of the same id, or is added; an unmapped one takes it off.
    `not_sent` is said for this form, beside what the default says for every form.
    """

    form_id: str
    form_name: str = ""
    rows: tuple[OverrideRow, ...] = ()
    not_sent: tuple[NotSent, ...] = ()


class OrgShape(StrEnum):
    """How a university keeps an inquiry."""

    LEAD_FIRST = "lead_first"
    CONTACT_FIRST = "contact_first"
    CONTACT_AND_INQUIRY = "contact_and_inquiry"
    STAGING_OBJECT = "staging_object"
    EDUCATION_CLOUD = "education_cloud"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingDraft:
    """The content of one mapping version: its objects in the order in which they are written.

    The person comes first; a later object may refer to an earlier one's record.
    """

    objects: tuple[ObjectMapping, ...]
    not_sent: tuple[NotSent, ...] = ()
    forms: tuple[FormOverride, ...] = ()
    shape: OrgShape | None = None
    default_country: str = "US"  # ISO 3166 alpha-2, for phone numbers without a country
    time_zone: str = "America/New_York"  # IANA name, for times without a zone

    def object(self, object_id: str) -> ObjectMapping | None:
        return next((each for each in self.objects if each.object_id == object_id), None)

    @property
    def person(self) -> ObjectMapping:
        return self.objects[0]
