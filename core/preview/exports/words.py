"""What a preview's outcomes, holds, problems and objects are called. Pure."""

from core.mapping.problems import ProblemKind
from core.preview.holds import HoldKind
from core.preview.plan import Outcome
from core.preview.reading.counts import ProblemCount

CANNOT_KNOW = (
    "A preview reads the org and never writes, so it cannot know what only a write would tell: "
    "validation rules, flows, triggers, duplicate rules that compare by likeness, lookup filters, "
    "assignment rules and fields that only a page layout requires."
)
OUTCOME_WORDS = {
    Outcome.CREATE: "Create",
    Outcome.UPDATE: "Update",
    Outcome.UNCHANGED: "Unchanged",
    Outcome.HELD: "Held",
}
HOLD_WORDS = {
    HoldKind.SEVERAL_MATCHES: "Several records match, and none is chosen by itself",
    HoldKind.KEYS_DISAGREE: "The match keys find different records",
    HoldKind.DIFFERENT_ID: "The record found carries another Halda or external ID",
    HoldKind.OTHER_PARENT: "The record found belongs to another person",
    HoldKind.VALUE_TAKEN: "Another record holds a value that only one may have",
    HoldKind.DUPLICATE_RULE: "The org's duplicate rule would refuse it",
    HoldKind.CONVERTED_LEAD: "The lead found was converted and can no longer be changed",
    HoldKind.DELETED: "The record was deleted in Salesforce",
    HoldKind.MERGED: "The record was merged into one that is not certain to be right",
    HoldKind.ALREADY_EXISTS: "The record exists, and the mapping only inserts",
    HoldKind.NO_MATCH: "No record was found, and the mapping only updates",
    HoldKind.NO_KEY_VALUE: "No value to find a record by",
    HoldKind.STORED_ID: "The stored Salesforce id is none, or another object's",
    HoldKind.WAITS_FOR_ROW: "Waits for what Salesforce fills into the record of an earlier inquiry",
    HoldKind.WAITS_FOR_PARENT: "Waits for its person, who is held",
    HoldKind.WAITING_FOR_DETAILS: "The inquiry is not complete yet",
    HoldKind.BLOCKED_VALUE: "A value does not fit its field",
    HoldKind.LOOKUP_NOT_FOUND: "The related record was not found",
    HoldKind.LOOKUP_SEVERAL: "Several related records have the same name or code",
    HoldKind.MISSING_REQUIRED: "A required field stays empty",
    HoldKind.NOT_PERMITTED: "The connected user lacks the permission",
}
PROBLEM_WORDS = {
    ProblemKind.TOO_LONG: "Longer than the field",
    ProblemKind.NOT_ALLOWED_VALUE: "Not one of the picklist's values",
    ProblemKind.INACTIVE_VALUE: "A picklist value that is no longer active",
    ProblemKind.UNKNOWN_VALUE: "Not among the picklist's values; Salesforce takes it all the same",
    ProblemKind.WRONG_DEPENDENT_VALUE: "Does not go with the value of the controlling field",
    ProblemKind.CONTROLLER_UNKNOWN: "Depends on a field whose value is not known here",
    ProblemKind.TOO_MANY_VALUES: "Several values for a field that takes one",
    ProblemKind.NOT_A_BOOLEAN: "Neither yes nor no",
    ProblemKind.NOT_A_DATE: "Not a date",
    ProblemKind.AMBIGUOUS_DATE: "A date that can be read in two ways",
    ProblemKind.DATE_HAS_TIME: "A date with a time of day, which the field drops",
    ProblemKind.NOT_A_DATETIME: "Not a date and time",
    ProblemKind.MISSING_TIME_ZONE: "A time without its zone",
    ProblemKind.NOT_A_TIME: "Not a time of day",
    ProblemKind.NOT_A_NUMBER: "Not a number",
    ProblemKind.AMBIGUOUS_NUMBER: "A number that can be read in two ways",
    ProblemKind.NOT_WHOLE: "A number with decimals for a field of whole numbers",
    ProblemKind.OUT_OF_RANGE: "A number that is too large for the field",
    ProblemKind.TOO_PRECISE: "More decimals than the field keeps",
    ProblemKind.NOT_AN_EMAIL: "Not shaped like an e-mail address",
    ProblemKind.NOT_AN_ID: "Text for a lookup, which takes a record id",
    ProblemKind.WRONG_OBJECT_ID: "The id of a record of another object",
    ProblemKind.UNWRITABLE_TYPE: "A type of field that no client can write",
    ProblemKind.UNKNOWN_FIELD: "A field that the connected user cannot see",
    ProblemKind.UNKNOWN_RECORD_TYPE: "A record type that the connected user does not have",
    ProblemKind.TARGET_TWICE: "Two rows of the mapping write to the same field",
    ProblemKind.UNMAPPED_VALUE: "A value that the value map does not list",
    ProblemKind.BLANK_HELD: "Blank, where the mapping wants a value",
    ProblemKind.REFUSED_BY_PACKAGE: "Refused by a package's own rule",
    ProblemKind.WRITTEN_OVER: "Written over by a package after the save",
    ProblemKind.LIKELY_DUPLICATE: "Likely the same as another record, by a duplicate rule",
    ProblemKind.LOOKUP_NOT_FOUND: HOLD_WORDS[HoldKind.LOOKUP_NOT_FOUND],
    ProblemKind.LOOKUP_SEVERAL: HOLD_WORDS[HoldKind.LOOKUP_SEVERAL],
}
_BY_NAME = {
    kind.value: words for known in (PROBLEM_WORDS, HOLD_WORDS) for kind, words in known.items()
}


def problem_words(count: ProblemCount) -> str:
    """What the problem is, in a phrase; a name without one is at least legible."""
    return _BY_NAME.get(count.name, count.name.replace("_", " ").capitalize())


def object_words(sobject_name: str) -> str:
    """`Inquiry` for `TargetX_SRMb__Inquiry__c`: the object's name without what packages add."""
    parts = sobject_name.split("__")
    return parts[len(parts) // 2 if len(parts) == 3 else 0].replace("_", " ")


def whole_object_words(sobject_name: str) -> str:
    """The object's name with its API name, where that says more."""
    short = object_words(sobject_name)
    return short if short == sobject_name else f"{short} ({sobject_name})"
