"""What packages' own triggers refuse: EDA's preferred e-mail and phone of a contact. Pure."""

from collections.abc import Iterator

from core.mapping.apply import AppliedRecord
from core.mapping.checks.between import Finding, apply_rows, tally
from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.row_context import RowContext
from core.mapping.model import ObjectMapping
from core.mapping.preferences import PREFERENCES, Preference


def package_issues(draft: ObjectMapping, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return what EDA would refuse of the sample; nothing in an org without the package."""
    found: list[Finding] = []
    for preference in PREFERENCES:
        if context.describe.field(preference.field_name) is not None:
            found += _findings(preference, draft, context)
    return tally(found)


def _findings(
    preference: Preference, draft: ObjectMapping, context: RowContext
) -> Iterator[Finding]:
    names = {name.casefold() for name in preference.names}
    rows = [row for row in draft.rows if row.field_name.casefold() in names]
    others = [f.label.casefold() for f in context.describe.fields if f.name.endswith("__c")]
    for record in apply_rows(draft, rows, context):
        whole = {cell.field_name: cell.value for cell in record.cells}
        refusal = preference.follow(whole, None, context.describe.label_of, others)
        if isinstance(refusal, str):
            yield _finding(preference, refusal, record)


def _finding(preference: Preference, refusal: str, record: AppliedRecord) -> Finding:
    """At the field that names the preferred one, else at the last of those that are filled."""
    filled = {cell.field_name: cell for cell in record.cells if cell.value is not None}
    chosen = filled.get(preference.field_name)
    last = [filled[name] for name in preference.own if name in filled][-1:]
    return Finding(
        cell=chosen or last[0],
        row_number=record.row_number,
        kind=IssueKind.PREFERRED_BLANK if chosen else IssueKind.PREFERRED_MISSING,
        severity=Severity.HOLDS,
        message=f"{refusal}; the EDA package refuses such a contact.",
        advice="Fill one of them only, or map a constant to the field that names the preferred "
        "one.",
    )
