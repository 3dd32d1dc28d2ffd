"""The finished university's mapping, from the suggestions, and its first preview."""

from core.connect.connections import ConnectionView, mark_mapping_saved
from core.connect.snapshots import get_describe, list_sobjects
from core.console import Console
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.editing.rows import with_row
from core.mapping.model import MappingDraft, ObjectMapping
from core.mapping.suggestions.suggest import starter_rows, suggest, suggest_match_keys, take
from core.seed.operator import OPERATOR
from core.store.inquiries import list_batches, list_fields, load_records
from core.store.mappings import load_mapping, save_mapping

_PREVIEW_SECONDS = 60


def map_and_preview(console: Console, connection: ConnectionView, *, sobject_name: str) -> None:
    """Save the mapping of the connection and preview the account's first load with it."""
    context, connection_id = console.connect, connection.connection_id
    list_sobjects(context, connection_id)
    describe = get_describe(context, connection_id, sobject_name).describe
    batch = list_batches(console.store, connection.account_id)[0]
    sample = load_records(console.store, batch.batch_id)
    fields = (*CANONICAL_FIELDS, *list_fields(console.store, connection.account_id))
    seen = {key for record in sample for key in record.values}
    draft = ObjectMapping(
        sobject_name=describe.name, match_keys=tuple(suggest_match_keys(describe))
    )
    for each in suggest(fields, describe, sample):
        if each.accept and each.source_key in seen:
            draft = take(draft, each)
    for row in starter_rows(describe):
        if not any(mine.field_name == row.field_name for mine in draft.rows):
            draft = with_row(draft, row)
    saved = save_mapping(
        console.store,
        connection_id=connection_id,
        draft=MappingDraft(objects=(draft,)),
        based_on=_head(console, connection_id),
        operator=OPERATOR,
        note="First version, from the suggestions",
    )
    mark_mapping_saved(context, connection_id=connection_id)
    preview(console, connection, version_id=saved.version_id, batch_id=batch.batch_id)


def preview(
    console: Console, connection: ConnectionView, *, version_id: str, batch_id: str
) -> None:
    """Preview a load with a version and wait for the end."""
    run_id = console.runner.start(
        connection_id=connection.connection_id,
        mapping_version_id=version_id,
        batch_id=batch_id,
        operator=OPERATOR,
    )
    console.runner.wait(run_id, _PREVIEW_SECONDS)


def _head(console: Console, connection_id: str) -> int:
    saved = load_mapping(console.store, connection_id)
    return saved.number if saved else 0
