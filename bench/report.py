"""The figures: one shape for all, a table for people, a JSON file for machines."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

# What the console promises; a figure without a limit is only told.
LIMITS = {
    "preview_2k_api_calls": 6,
    "preview_10k_api_calls": 12,
    "preview_10k_first_counts_seconds": 2,
    "preview_floor_ratio": 15,
    "preview_100k_peak_mb": 1500,
    "fields_250_ms": 300,
    "objects_1300_ms": 300,
    "mapping_edit_ms": 300,
    "board_500_ms": 500,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing; `context` says how, so that two runs can be compared honestly."""

    name: str
    value: float
    unit: str
    context: str

    @property
    def verdict(self) -> str:
        limit = LIMITS.get(self.name)
        if limit is None:
            return ""
        return f"{'OVER' if self.is_over else 'within'} {limit}"

    @property
    def is_over(self) -> bool:
        """Whether it breaks a promise."""
        return self.value > LIMITS.get(self.name, float("inf"))


def spread(values: Sequence[float]) -> str:
    """`median of 15, fastest 40, slowest 61`."""
    return f"median of {len(values)}, fastest {min(values):.3g}, slowest {max(values):.3g}"


def median(values: Sequence[float], *, digits: int = 1) -> float:
    return round(statistics.median(values), digits)


def table(figures: Sequence[Figure]) -> str:
    """Names, values, limits and contexts in columns."""
    rows = [("figure", "value", "unit", "limit", "how")]
    rows += [
        (each.name, f"{each.value:g}", each.unit, each.verdict, each.context) for each in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(map(str.ljust, row, widths)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def write_report(figures: Sequence[Figure], file: Path) -> None:
    """Replace the file by a list of {name, value, unit, context}."""
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(each) for each in figures], indent=2, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")
