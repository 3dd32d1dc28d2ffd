"""Examples for a sign-off sheet: what a version's newest preview would do with some inquiries."""

from collections.abc import Iterator, Mapping

from core.mapping.coercion.coerce import render
from core.mapping.describe import SobjectDescribe
from core.mapping.sheet import SampleCell
from core.preview.exports.masking import masked_row
from core.preview.plan import Outcome
from core.preview.reading.choosing import Choice
from core.preview.reading.reading import list_runs, page_inquiries
from core.preview.reading.stored import RowView
from core.store.engine import Store

_INQUIRIES = 3


def previewed_samples(
    store: Store,
    connection_id: str,
    version_id: str,
    describes: Mapping[str, SobjectDescribe],
    *,
    is_masked: bool = False,
) -> tuple[SampleCell, ...]:
    """Return the fields of its first inquiries, updates before creates; none without a preview."""
    runs = list_runs(store, connection_id)
    run = next((r for r in runs if r.is_finished and r.mapping_version_id == version_id), None)
    if run is None:
        return ()
    rows: dict[tuple[int, int], RowView] = {}
    for outcome in (Outcome.UPDATE, Outcome.CREATE):
        taken = len({row_number for row_number, _ in rows})
        if taken == _INQUIRIES:
            break
        chosen = Choice(outcomes=(outcome,))
        page, _ = page_inquiries(store, run.run_id, chosen, limit=_INQUIRIES - taken)
        rows |= {(r.row_number, r.object_index): r for each in page for r in each.records}
    told = map(masked_row, rows.values()) if is_masked else rows.values()
    return tuple(cell for row in told for cell in _cells(row, describes.get(row.sobject_name)))


def _cells(row: RowView, describe: SobjectDescribe | None) -> Iterator[SampleCell]:
    for cell in row.cells:
        field = describe.field(cell.field_name) if describe else None
        if field is None or cell.source_text is None:
            continue
        after = cell.sent_value if cell.will_send else cell.current
        yield SampleCell(
            record=f"Inquiry {row.row_number}",
            object_id=row.object_id,
            field_name=cell.field_name,
            source=cell.source_text,
            before=render(cell.current, field),
            after=render(after, field),
            reason=cell.reason,
        )
