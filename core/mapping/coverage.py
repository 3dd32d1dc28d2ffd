"""What became of every piece of data, AI Form by AI Form: numbers and words, no judging. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import MappingProblem

DEFAULT_NAME = "Default for all AI Forms"
_NAMED = 20  # fields that a refusal names for each form


class CoverageStatus(StrEnum):
    MAPPED = "mapped"
    NOT_SENT = "not_sent"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine:
    """One source field. `targets` reads `Lead.Email`; `record_count` counts filled inquiries."""

    key: str
    label: str
    group: str
    status: CoverageStatus
    targets: tuple[str, ...] = ()
    reason: str = ""
    record_count: int = 0
    is_collected: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The fields as one AI Form sends them, or the default, or all of these taken together.

    `form_id` is empty for the last two. An inquiry is affected where it carries a value that
    nobody decided on.
    """

    lines: tuple[CoverageLine, ...]
    form_id: str = ""
    form_name: str = DEFAULT_NAME
    record_count: int = 0
    affected_records: int = 0

    @property
    def collected(self) -> tuple[CoverageLine, ...]:
        return tuple(line for line in self.lines if line.is_collected)

    @property
    def open_lines(self) -> tuple[CoverageLine, ...]:
        return tuple(line for line in self.collected if line.status is CoverageStatus.OPEN)

    def count(self, status: CoverageStatus) -> int:
        return sum(line.status is status for line in self.collected)

    @property
    def totals(self) -> str:
        """`37 of 41 values mapped; 214 of 9,800 records affected`."""
        told = f"{self.count(CoverageStatus.MAPPED):,} of {len(self.collected):,} values mapped"
        return f"{told}; {self.affected_records:,} of {self.record_count:,} records affected"

    @property
    def words(self) -> str:
        """The totals, and how many were left out or left open."""
        not_sent, still_open = (
            self.count(each) for each in (CoverageStatus.NOT_SENT, CoverageStatus.OPEN)
        )
        return f"{self.totals} · {not_sent:,} not sent, with a reason · {still_open:,} open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Reach):
    """All forms taken together: a field that is open for one of them is open.

    `scopes` judge the default first, then every form that the load or the mapping knows.
    """

    scopes: tuple[Reach, ...]

    @property
    def default(self) -> Reach:
        return self.scopes[0]

    def scope(self, form_id: str) -> Reach:
        """Return the reach of one form; the default's for a form that nobody knows."""
        return next((each for each in self.scopes if each.form_id == form_id), self.default)

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is collected was left without a decision, by any form."""
        return not self.open_lines

    def open_by_scope(self) -> tuple[tuple[Reach, tuple[CoverageLine, ...]], ...]:
        """Return what is open where it is to be decided: what the default leaves open, there."""
        by_default = {line.key for line in self.default.open_lines}
        found = [(self.default, self.default.open_lines)]
        for scope in self.scopes[1:]:
            own = tuple(line for line in scope.open_lines if line.key not in by_default)
            found.append((scope, own))
        return tuple((scope, lines) for scope, lines in found if lines)


def require_settled(reach: Coverage) -> None:
    """Raise MappingProblem, with every form and its open fields, unless nothing is open."""
    told = []
    for scope, lines in reach.open_by_scope():
        names = ", ".join(line.label for line in lines[:_NAMED])
        more = f" and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
        told.append(f"{scope.form_name}: {names}{more}")
    if told:
        raise MappingProblem(
            f"The mapping cannot be signed off: nobody decided on these fields. {'; '.join(told)}.",
            advice="Map each of them, or say why it is not sent, for every AI Form named.",
        )
