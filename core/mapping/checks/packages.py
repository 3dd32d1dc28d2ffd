"""What packages' own triggers refuse: EDA's preferred e-mail and phone of a contact. Pure.

With several of its own fields filled one must be named as preferred, and the one named must not
be blank. The standard Email and Phone are not among them: the package keeps those in step.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from core.mapping.apply import AppliedCell, AppliedRecord
from core.mapping.checks.between import Finding, apply_rows, tally
from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.row_context import RowContext
from core.mapping.model import ObjectMapping


@dataclass(frozen=True, slots=True)
class _Preference:
    """A field that names the preferred one of others, by the word in their labels."""

    field_name: str
    label: str
    choices: tuple[tuple[str, str], ...]


_PREFERENCES = (
    _Preference(
        "hed__Preferred_Email__c",
        "Preferred Email",
        (
            ("alternate", "hed__AlternateEmail__c"),
            ("university", "hed__UniversityEmail__c"),
            ("work", "hed__WorkEmail__c"),
        ),
    ),
    _Preference(
        "hed__PreferredPhone__c",
        "Preferred Phone",
        (
            ("asst", "AssistantPhone"),
            ("fax", "Fax"),
            ("home", "HomePhone"),
            ("mobile", "MobilePhone"),
            ("other", "OtherPhone"),
            ("work", "hed__WorkPhone__c"),
        ),
    ),
)


def package_issues(draft: ObjectMapping, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return what EDA would refuse of the sample; nothing in an org without the package."""
    found: list[Finding] = []
    for preference in _PREFERENCES:
        if context.describe.field(preference.field_name) is not None:
            found += _findings(preference, draft, context)
    return tally(found)


def _findings(
    preference: _Preference, draft: ObjectMapping, context: RowContext
) -> Iterator[Finding]:
    names = {name.casefold() for _, name in preference.choices}
    rows = [
        row
        for row in draft.rows
        if row.field_name.casefold() in {*names, preference.field_name.casefold()}
    ]
    for record in apply_rows(draft, rows, context):
        found = _finding(preference, record)
        if found is not None:
            yield found


def _finding(preference: _Preference, record: AppliedRecord) -> Finding | None:
    by_name = {cell.field_name.casefold(): cell for cell in record.cells}
    filled = {
        word: cell
        for word, name in preference.choices
        if (cell := by_name.get(name.casefold())) is not None and cell.value is not None
    }
    chosen = by_name.get(preference.field_name.casefold())
    if chosen is None or chosen.value is None:
        # one address alone is made the preferred one by the package itself
        last = list(filled.values())[-1] if len(filled) > 1 else None
        return _missing(preference, last, record.row_number) if last else None
    wanted = str(chosen.value).casefold()
    if "standard" in wanted or any(word in wanted for word in filled):
        return None
    return Finding(
        cell=chosen,
        row_number=record.row_number,
        kind=IssueKind.PREFERRED_BLANK,
        severity=Severity.HOLDS,
        message=f"{preference.label} names a field that is blank; EDA refuses such a contact.",
        advice="Name the field that the inquiry fills.",
    )


def _missing(preference: _Preference, cell: AppliedCell, row_number: int) -> Finding:
    return Finding(
        cell=cell,
        row_number=row_number,
        kind=IssueKind.PREFERRED_MISSING,
        severity=Severity.HOLDS,
        message=f"Several are filled and {preference.label} is not; EDA refuses a new contact.",
        advice=f"Map a constant to {preference.label}, or fill one of them only.",
    )
