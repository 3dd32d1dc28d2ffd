"""Counts what the scenarios covered, and says whether that was enough."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bench.agreement.judging import Judged, Verdict
from bench.agreement.scenario import Outcome, Scenario
from bench.agreement.universities import UNIVERSITIES
from core.mapping.decide import Action
from core.mapping.model import TransformKind, WriteRule
from core.preview.cells import CellPlan
from core.preview.plan import Outcome as PlanOutcome
from core.preview.plan import RecordPlan

FLOOR: Final = 300
FLOOR_AT: Final = 100_000
LEAST_TROUBLED: Final = 0.30
MOST_UNKNOWN: Final = 0.01
FIELD_TYPES: Final = (
    "boolean", "currency", "date", "datetime", "double", "email", "int", "multipicklist",
    "percent", "phone", "picklist", "reference", "string", "textarea", "url",
)  # fmt: skip
ERROR_CODES: Final = (
    "CANNOT_UPDATE_CONVERTED_LEAD",
    "DUPLICATE_VALUE",
    "FIELD_INTEGRITY_EXCEPTION",
    "INVALID_CROSS_REFERENCE_KEY",
    "INVALID_EMAIL_ADDRESS",
    "INVALID_FIELD",
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "JSON_PARSER_ERROR",
    "MALFORMED_ID",
    "NUMBER_OUTSIDE_VALID_RANGE",
    "REQUIRED_FIELD_MISSING",
    "STRING_TOO_LONG",
)
_MUST_COVER: Final[Mapping[str, tuple[str, ...]]] = {
    "shape": tuple(each.name for each in UNIVERSITIES),
    "outcome": tuple(PlanOutcome),
    "after an earlier row": (PlanOutcome.UPDATE, PlanOutcome.UNCHANGED),
    "write rule": tuple(WriteRule),
    "transform": tuple(TransformKind),
    "field type": FIELD_TYPES,
    "error code": ERROR_CODES,
}


def _judged_cells(plan: RecordPlan) -> Iterator[CellPlan]:
    """The cells for which the org's record was looked at: of a held plan none."""
    if plan.outcome is not PlanOutcome.HELD:
        yield from (cell for cell in plan.cells if cell.action is not Action.SKIP)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One prediction that came otherwise, with the scenario that shows it again."""

    scenario: Scenario
    judged: Judged

    def __str__(self) -> str:
        told, drawn = self.judged, self.scenario
        return (
            f"seed {drawn.seed} shape {drawn.university.name} scenario {drawn.number} "
            f"row {told.row_number} {told.object_id}.{told.field_name or '-'}: "
            f"predicted {told.predicted} | happened {told.happened}"
        )


@dataclass(slots=True)
class Tally:
    """All counts of one run. `rows` are inquiries; the groups count plans, each once a name.

    Write rules, transforms and field types count where a value was sent, kept or found to be there
    already, and then looked for in the org.
    """

    seed: int
    rows: int = 0
    plans: int = 0
    troubled: int = 0
    unknown: int = 0
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {group: Counter() for group in _MUST_COVER}
    )
    holds: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    unknown_codes: Counter[str] = field(default_factory=Counter)
    disagreements: list[Disagreement] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one scenario."""
        self.rows += outcome.scenario.row_count
        self.plans += len(outcome.plans)
        rows = {row.row_id: row for each in outcome.drawn.draft.objects for row in each.rows}
        types = {
            slot.row.row_id: slot.field.type
            for slots in outcome.drawn.slots.values()
            for slot in slots
        }
        troubled = set()
        for plan in outcome.plans:
            used = [rows[cell.row_id] for cell in _judged_cells(plan) if cell.row_id in rows]
            self.counts["shape"][outcome.scenario.university.name] += 1
            self.counts["outcome"][plan.outcome] += 1
            if plan.after_row:
                self.counts["after an earlier row"][plan.outcome] += 1
            self.counts["write rule"].update({row.write_rule for row in used})
            self.counts["transform"].update({t.kind for row in used for t in row.transforms})
            self.counts["field type"].update({types[row.row_id] for row in used})
            self.problems.update({each.kind for each in plan.problems if each.blocks})
            if plan.hold_kind:
                self.holds[plan.hold_kind] += 1
            is_kept = any(cell.action is Action.KEEP for cell in plan.cells)
            if is_kept or any(problem.blocks for problem in plan.problems) or plan.hold_kind:
                troubled.add(plan.row_number)
        self.troubled += len(troubled)
        self._add_judged(outcome)

    def _add_judged(self, outcome: Outcome) -> None:
        for each in outcome.judged:
            if each.verdict is Verdict.DISAGREES:
                self.disagreements.append(Disagreement(outcome.scenario, each))
            elif each.verdict is Verdict.UNKNOWN:
                self.unknown += 1
                self.unknown_codes.update(set(each.codes))
            else:
                self.counts["error code"].update(set(each.codes))

    def missed(self) -> Iterator[str]:
        """Yield what was not covered enough for this many rows, in words."""
        floor = FLOOR * min(self.rows, FLOOR_AT) // FLOOR_AT
        for group, names in _MUST_COVER.items():
            for name in names:
                if self.counts[group][name] < floor:
                    yield f"{group} {name}: {self.counts[group][name]} rows, {floor} needed"
        if self.troubled < LEAST_TROUBLED * self.rows:
            yield f"only {self.troubled} of {self.rows} rows hold an error or a kept value"
        if self.unknown > MOST_UNKNOWN * self.plans:
            yield f"{self.unknown} of {self.plans} predictions cannot be known"

    def to_json(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "rows": self.rows,
            "plans": self.plans,
            "error_or_kept": self.troubled,
            "cannot_know": self.unknown,
            "cannot_know_codes": dict(self.unknown_codes),
            "holds": dict(self.holds),
            "problems": dict(self.problems),
            **{group.replace(" ", "_"): dict(found) for group, found in self.counts.items()},
            "missed": list(self.missed()),
            "disagreement_list": [str(each) for each in self.disagreements[:50]],
            "disagreements": len(self.disagreements),
        }


def table(tally: Tally) -> str:
    """Return the counts as lines; the last one is the count of disagreements."""
    lines = [
        f"seed {tally.seed}: {tally.rows} inquiries, {tally.plans} record plans",
        f"with an error or a kept value: {_share(tally.troubled, tally.rows)} of the inquiries",
        f"cannot know: {_share(tally.unknown, tally.plans)} of the plans {_listed(tally)}",
        "",
    ]
    for group, found in (
        *tally.counts.items(),
        ("held because", tally.holds),
        ("problem", tally.problems),
    ):
        lines += [f"  {name:45}{count:>9}" for name, count in _sorted(group, found)]
        lines.append("")
    lines += [f"not covered enough: {each}" for each in tally.missed()]
    lines += _smallest(tally.disagreements)
    return "\n".join([*lines, f"disagreements: {len(tally.disagreements)}"])


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def _listed(tally: Tally) -> str:
    return json.dumps(dict(tally.unknown_codes)) if tally.unknown_codes else ""


def _sorted(group: str, found: Counter[str]) -> Iterator[tuple[str, int]]:
    for name, count in sorted(found.items()):
        yield f"{group}: {name}", count


def _smallest(found: list[Disagreement]) -> Iterator[str]:
    """One line for each kind of disagreement, that of the smallest scenario."""
    shown: dict[tuple[str, str, str], Disagreement] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in found:
        told = each.judged
        kind = (told.field_name, told.predicted.split(" ")[0], told.happened.split(" ")[0][:40])
        counts[kind] += 1
        shown.setdefault(kind, each)
    for kind, count in counts.most_common(40):
        yield f"[{count}x] {shown[kind]}"
