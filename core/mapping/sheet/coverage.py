"""What became of the data that the load carries, form by form, as a section of the sheet. Pure."""

from core.mapping.coverage import Coverage, CoverageStatus, Reach
from core.mapping.sheet.content import SheetSection, make_section

_COLUMNS = (
    "AI Form",
    "Inquiries",
    "Values mapped",
    "Not sent",
    "Open",
    "Records affected",
    "Without a decision",
)


def coverage_section(reach: Coverage | None, load_name: str) -> SheetSection | None:
    """Return a line for the default and for each form; none where no inquiries were loaded."""
    if reach is None or not reach.collected:
        return None
    names = {scope.form_id: lines for scope, lines in reach.open_by_scope()}
    lines = [
        _line(scope, ", ".join(line.label for line in names.get(scope.form_id, ())))
        for scope in reach.scopes
    ]
    told = (
        f"{reach.totals}, judged by the inquiries of {load_name}. What the default leaves open is "
        "named there only; records are affected where they carry a value nobody decided on."
    )
    return make_section("Coverage by AI Form", "Coverage", _COLUMNS, lines, told)


def _line(scope: Reach, still_open: str) -> tuple[str, ...]:
    mapped, not_sent, undecided = (scope.count(status) for status in CoverageStatus)
    name = f"{scope.form_name} ({scope.form_id})" if scope.form_id else scope.form_name
    return (
        name,
        f"{scope.record_count:,}",
        f"{mapped:,} of {len(scope.collected):,}",
        f"{not_sent:,}",
        f"{undecided:,}",
        f"{scope.affected_records:,}",
        still_open,
    )
