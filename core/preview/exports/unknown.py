"""What a preview cannot know: the rules by which an org judges or changes what is saved. Pure."""

from core.preview.exports.words import object_words
from core.salesforce.org_rules import OrgRules, RuleKind

ADVICE = (
    "Ask the university's Salesforce admin to give the integration user View Setup and "
    "Configuration, or for a list of what runs when these records are saved."
)
NEVER_ASKED = "This preview is older than the question. Preview again to see the org's own rules."
# In the order in which they are told.
_PLURALS = {
    RuleKind.VALIDATION_RULE: "active validation rules",
    RuleKind.FLOW: "flows",
    RuleKind.TRIGGER: "triggers",
    RuleKind.DUPLICATE_RULE: "duplicate rules",
}


def summary_words(rules: OrgRules) -> str:
    """`2 active validation rules, 1 flow on Lead`; what could not be read is not in it."""
    told = [found for name in rules.sobject_names if (found := _object_summary(rules, name))]
    if told:
        return "; ".join(told)
    names = ", ".join(map(object_words, rules.sobject_names))
    known = {each.kind for each in rules.unread} | {each.kind for each in rules.rules}
    read = [words for kind, words in _PLURALS.items() if kind not in known]
    return f"no {', '.join(read)} on {names}" if read else ""


def unread_words(rules: OrgRules) -> list[str]:
    """A sentence for each reason for which something could not be read."""
    by_reason: dict[str, list[str]] = {}
    for each in rules.unread:
        by_reason.setdefault(each.reason, []).append(_PLURALS[each.kind])
    return [
        f"{', '.join(kinds).capitalize()} could not be read: {reason}."
        for reason, kinds in by_reason.items()
    ]


def _object_summary(rules: OrgRules, sobject_name: str) -> str:
    unknown = {
        kind: [each for each in rules.of(sobject_name, kind) if not each.is_foreseen]
        for kind in _PLURALS
    }
    found = {kind: len(each) for kind, each in unknown.items()}
    counts = [_counted(count, _PLURALS[kind]) for kind, count in found.items() if count]
    return f"{', '.join(counts)} on {object_words(sobject_name)}" if counts else ""


def _counted(count: int, plural: str) -> str:
    return f"{count} {plural if count > 1 else plural.removesuffix('s')}"
