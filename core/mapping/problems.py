"""What can be wrong with a value on its way into a field. The words never repeat the value."""

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """Stable names by which screens group and count."""

    TOO_LONG = "too_long"
    NOT_ALLOWED_VALUE = "not_allowed_value"
    INACTIVE_VALUE = "inactive_value"
    CLOSED_VALUE = "closed_value"
    UNKNOWN_VALUE = "unknown_value"
    WRONG_DEPENDENT_VALUE = "wrong_dependent_value"
    CONTROLLER_UNKNOWN = "controller_unknown"
    TOO_MANY_VALUES = "too_many_values"
    NOT_A_BOOLEAN = "not_a_boolean"
    NOT_A_DATE = "not_a_date"
    AMBIGUOUS_DATE = "ambiguous_date"
    DATE_HAS_TIME = "date_has_time"
    NOT_A_DATETIME = "not_a_datetime"
    MISSING_TIME_ZONE = "missing_time_zone"
    NOT_A_TIME = "not_a_time"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    TOO_PRECISE = "too_precise"
    NOT_AN_EMAIL = "not_an_email"
    NOT_AN_ID = "not_an_id"
    WRONG_OBJECT_ID = "wrong_object_id"
    UNWRITABLE_TYPE = "unwritable_type"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_RECORD_TYPE = "unknown_record_type"
    TARGET_TWICE = "target_twice"
    UNMAPPED_VALUE = "unmapped_value"
    BLANK_HELD = "blank_held"
    LOOKUP_NOT_FOUND = "lookup_not_found"
    LOOKUP_SEVERAL = "lookup_several"
    TRANSFORM_NOT_SET = "transform_not_set"
    NAME_DIVIDED = "name_divided"
    NO_SUCH_PART = "no_such_part"
    CUT_OFF = "cut_off"
    PHONE_KEPT_AS_IS = "phone_kept_as_is"
    PHONE_NOT_IN_PLAN = "phone_not_in_plan"
    TIME_TWICE_OR_NEVER = "time_twice_or_never"
    NOT_A_TERM = "not_a_term"
    TERM_UNDECIDED = "term_undecided"
    NO_TERM_CODE = "no_term_code"
    UNKNOWN_COUNTRY = "unknown_country"
    AMBIGUOUS_COUNTRY = "ambiguous_country"
    UNKNOWN_STATE = "unknown_state"
    AMBIGUOUS_STATE = "ambiguous_state"
    STATE_NOT_CHECKED = "state_not_checked"
    REFUSED_BY_PACKAGE = "refused_by_package"
    WRITTEN_OVER = "written_over"
    LIKELY_DUPLICATE = "likely_duplicate"


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a value cannot go (`blocks`) or may surprise somebody."""

    kind: ProblemKind
    message: str
    advice: str
    blocks: bool = True
