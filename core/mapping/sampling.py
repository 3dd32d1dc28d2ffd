"""Which inquiries of a load stand for all while somebody edits. Pure."""

from collections.abc import Iterable

from core.mapping.forms import form_id_of
from core.mapping.model import SourceRecord


def choose_sample(records: Iterable[SourceRecord], size: int) -> tuple[SourceRecord, ...]:
    """Return the first `size` inquiries, and of the rest each that shows something new.

    New is a field that no earlier inquiry of its AI Form has carried, or has filled: a sample
    that missed it would call the mapping complete.
    """
    chosen: list[SourceRecord] = []
    known: dict[str, set[tuple[str, bool]]] = {}
    for record in records:
        told = {(key, bool(text.strip())) for key, text in record.values.items()}
        told |= {(key, False) for key, _ in told}
        shown = known.setdefault(form_id_of(record), set())
        if len(chosen) < size or not told <= shown:
            chosen.append(record)
        shown |= told
    return tuple(chosen)
