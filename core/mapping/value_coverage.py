"""How far a value map reaches over the values that inquiries carry. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.mapping.model import UnmappedPolicy, ValueMap
from core.mapping.value_maps import ValueCount, make_mapper, split_values


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
