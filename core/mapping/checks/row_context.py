"""What the checks of a row share: the org, the sample, and how an issue is written. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.describe import SobjectDescribe
from core.mapping.forms import form_id_of
from core.mapping.model import FieldRow, Operation, SourceField, SourceRecord
from core.mapping.pipeline import ApplySettings

_SHOWN = 60  # characters of an example


@dataclass(frozen=True, slots=True, kw_only=True)
class RowContext:
    """What stands still while rows are edited. `match_fields` holds case-folded API names.

    `passed_over` names, by row id, the AI Forms that send a row of their own instead, or none.
    """

    describe: SobjectDescribe
    sample: Sequence[SourceRecord]
    fields: Mapping[str, SourceField]
    operation: Operation
    match_fields: frozenset[str] = frozenset()
    settings: ApplySettings = field(default_factory=ApplySettings)
    passed_over: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def sample_for(self, *rows: FieldRow) -> Sequence[SourceRecord]:
        """Return the inquiries of the sample that go through every one of these rows."""
        without = {form for row in rows for form in self.passed_over.get(row.row_id, ())}
        if not without:
            return self.sample
        return [record for record in self.sample if form_id_of(record) not in without]

    def is_match_field(self, field_name: str) -> bool:
        return field_name.casefold() in self.match_fields


def row_issue(
    row: FieldRow, kind: IssueKind, message: str, advice: str, *, blocks: bool = False
) -> MappingIssue:
    """Return an issue of one row that blocks the mapping or warns."""
    severity = Severity.BLOCKS if blocks else Severity.WARNS
    return MappingIssue(
        row_id=row.row_id, kind=kind, severity=severity, message=message, advice=advice
    )


def shorten(text: str) -> str:
    """Return an example that fits a cell of a table."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
