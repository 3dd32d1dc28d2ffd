"""What can be wrong with a mapping, as against with one value. Words and counts, no checks."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.mapping.problems import ProblemKind


class Severity(StrEnum):
    """`BLOCKS` stops the mapping, `HOLDS` only the inquiries it counts, `WARNS` nothing."""

    BLOCKS = "blocks"
    HOLDS = "holds"
    WARNS = "warns"


class IssueKind(StrEnum):
    """Stable names by which screens group; problems of values keep their ProblemKind."""

    NO_ROWS = "no_rows"
    SOBJECT_NOT_WRITABLE = "sobject_not_writable"
    REQUIRED_UNSERVED = "required_unserved"
    REQUIRED_BLANK = "required_blank"
    FORBIDDEN_TARGET = "forbidden_target"
    NOT_WRITABLE = "not_writable"
    NOT_ON_CREATE = "not_on_create"
    NOT_ON_UPDATE = "not_on_update"
    NEVER_WRITTEN = "never_written"
    CANNOT_APPEND = "cannot_append"
    NEWER_FIELD_UNKNOWN = "newer_field_unknown"
    LOOKUP_MISSING = "lookup_missing"
    BAD_OPTION = "bad_option"
    BAD_SETTING = "bad_setting"
    BAD_OBJECT_ID = "bad_object_id"
    VALUE_TWICE = "value_twice"
    WRONG_PARENT = "wrong_parent"
    NO_PARENT = "no_parent"
    NOT_UNIQUE = "not_unique"
    PREFERRED_MISSING = "preferred_missing"
    PREFERRED_BLANK = "preferred_blank"
    NO_DESCRIBE = "no_describe"
    OBJECT_TWICE = "object_twice"
    UNKNOWN_OBJECT = "unknown_object"
    SENT_AND_NOT_SENT = "sent_and_not_sent"
    NO_SOURCE = "no_source"
    UNKNOWN_SOURCE = "unknown_source"
    BROKEN_TEMPLATE = "broken_template"
    SENSITIVE_SOURCE = "sensitive_source"
    SENSITIVE_TARGET = "sensitive_target"
    OPT_IN_TO_OPT_OUT = "opt_in_to_opt_out"
    PREFERRED_NAME = "preferred_name"
    NO_MATCH_KEY = "no_match_key"
    MATCH_KEY_UNUSABLE = "match_key_unusable"
    MATCH_KEY_UNMAPPED = "match_key_unmapped"
    MATCH_KEY_CONSTANT = "match_key_constant"
    MATCH_KEY_WEAK = "match_key_weak"
    MATCH_KEY_BLANK = "match_key_blank"
    STORED_ID_WRONG = "stored_id_wrong"
    CONVERSION_UNUSABLE = "conversion_unusable"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingIssue:
    """One thing to fix or to know. `row_id` is None where it concerns the whole mapping.

    `affected_count` counts inquiries of the sample; `first_example` is what the first of them sent,
    kept out of the repr because it is somebody's data.
    """

    kind: IssueKind | ProblemKind
    severity: Severity
    message: str
    advice: str
    row_id: str | None = None
    affected_count: int = 0
    first_example: str = field(default="", repr=False)
    first_row_number: int | None = None
