"""Whether every piece of data Halda collects goes somewhere, or deliberately nowhere. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.mapping.model import (
    FieldRow,
    MappingDraft,
    SourceField,
    SourceRecord,
    UnmappedPolicy,
    ValueMap,
)
from core.mapping.sources import reads
from core.mapping.value_maps import ValueCount, make_mapper, split_values


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
class Coverage:
    """`lines` in the order of the fields. The counts are about what is collected."""

    lines: tuple[CoverageLine, ...]

    @property
    def collected(self) -> tuple[CoverageLine, ...]:
        return tuple(line for line in self.lines if line.is_collected)

    def count(self, status: CoverageStatus) -> int:
        return sum(line.status is status for line in self.collected)

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is collected was left without a decision."""
        return self.count(CoverageStatus.OPEN) == 0

    @property
    def words(self) -> str:
        """`37 of 41 fields mapped · 3 not sent · 1 open`."""
        mapped, not_sent, still_open = (self.count(status) for status in CoverageStatus)
        told = f"{mapped:,} of {len(self.collected):,} collected fields mapped"
        return f"{told} · {not_sent:,} not sent · {still_open:,} open"


def coverage(
    draft: MappingDraft, fields: Sequence[SourceField], sample: Sequence[SourceRecord]
) -> Coverage:
    """Return a line for each field. Collected is what the sample carries, blank or not.

    A field counts as mapped where a row of any object, or of any form's own rows, reads it.
    """
    rows = _rows(draft)
    reasons = {each.source_key: each.reason for each in draft.not_sent}
    carried = {key for record in sample for key in record.values}
    filled = Counter(
        key for record in sample for key, text in record.values.items() if text.strip()
    )
    return Coverage(
        lines=tuple(
            _line(field, rows, reasons, filled[field.key], is_collected=field.key in carried)
            for field in fields
        )
    )


def _rows(draft: MappingDraft) -> list[tuple[str, FieldRow]]:
    names = {each.object_id: each.sobject_name for each in draft.objects}
    own = [(each.sobject_name, row) for each in draft.objects for row in each.rows]
    of_forms = [
        (names.get(each.object_id, each.object_id), each.row)
        for form in draft.forms
        for each in form.rows
    ]
    return [(name, row) for name, row in (*own, *of_forms) if row.field_name]


def _line(
    field: SourceField,
    rows: Iterable[tuple[str, FieldRow]],
    reasons: dict[str, str],
    record_count: int,
    *,
    is_collected: bool,
) -> CoverageLine:
    served = (f"{name}.{row.field_name}" for name, row in rows if reads(row.source, field.key))
    targets = tuple(dict.fromkeys(served))
    reason = reasons.get(field.key, "")
    status = CoverageStatus.OPEN
    if targets:
        status = CoverageStatus.MAPPED
    elif reason.strip():
        status = CoverageStatus.NOT_SENT
    return CoverageLine(
        key=field.key,
        label=field.label,
        group=field.group,
        status=status,
        targets=targets,
        reason=reason,
        record_count=record_count,
        is_collected=is_collected,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCoverage:
    """How far a value map reaches: distinct values, and inquiries that carry an unlisted one."""

    mapped_values: int
    total_values: int
    affected_records: int
    total_records: int
    unmapped: tuple[ValueCount, ...] = ()

    @property
    def words(self) -> str:
        told = f"{self.mapped_values:,} of {self.total_values:,} values mapped"
        return f"{told}; {self.affected_records:,} of {self.total_records:,} records affected"


def value_coverage(
    value_map: ValueMap, counts: Sequence[ValueCount], texts: Sequence[str | None]
) -> ValueCoverage:
    """Return the reach of a map over the distinct values and over the inquiries' own texts."""
    strict = ValueMap(pairs=value_map.pairs, unmapped=UnmappedPolicy.HOLD)
    find = make_mapper(strict, label="")
    unmapped = tuple(each for each in counts if find(each.value).problem)
    affected = sum(1 for text in texts if text and split_values(text) and find(text).problem)
    return ValueCoverage(
        mapped_values=len(counts) - len(unmapped),
        total_values=len(counts),
        affected_records=affected,
        total_records=len(texts),
        unmapped=unmapped,
    )
