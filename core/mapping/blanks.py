"""The blank/null table of one row: what happens where Halda has nothing. Pure."""

from dataclasses import dataclass

from core.mapping.describe import SobjectDescribe
from core.mapping.model import FieldRow, SourceKind
from core.mapping.pipeline import ApplySettings
from core.mapping.simulate import Situation, simulate, values_for
from core.mapping.sources import source_keys


@dataclass(frozen=True, slots=True)
class BlankLine:
    """One kind of nothing, and what the row does with it in each state of the org."""

    sent: str
    situations: tuple[Situation, ...]
    is_held: bool


_KINDS: tuple[tuple[str, str | None], ...] = (
    ("Nothing sent", None),
    ("A blank sent", ""),
    ("The text #N/A", "#N/A"),
)
_UNLISTED = "A value that is not listed"


def blank_table(
    row: FieldRow, describe: SobjectDescribe, settings: ApplySettings | None = None
) -> tuple[BlankLine, ...]:
    """Return a line for each kind of nothing; a constant is never nothing and has no table."""
    if row.source.kind in (SourceKind.CONSTANT, SourceKind.PARENT):
        return ()
    kinds = [*_KINDS]
    if row.value_map is not None:
        kinds.append((_UNLISTED, "Not listed anywhere"))
    return tuple(_line(row, describe, settings, sent, text) for sent, text in kinds)


def _line(
    row: FieldRow,
    describe: SobjectDescribe,
    settings: ApplySettings | None,
    sent: str,
    text: str | None,
) -> BlankLine:
    values = values_for(row, text)
    if row.source.kind is SourceKind.TEMPLATE and text is not None:
        values = dict.fromkeys(source_keys(row.source), text)
    done = simulate(row, describe, values, settings)
    return BlankLine(sent, done.situations, done.cell.is_blocked)
