"""The finished university's mapping as it was agreed: nothing left open, signed off, previewed."""

from dataclasses import replace
from typing import Final

from core.connect.connections import ConnectionView, mark_mapping_signed_off
from core.console import Console
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.collected import collect
from core.mapping.covering import coverage
from core.mapping.editing.rows import add_extra, with_object, with_row
from core.mapping.model import MappingDraft, NotSent, RowSource, SourceKind, WriteRule
from core.seed.mapped import preview
from core.seed.operator import OPERATOR
from core.store.inquiries import list_batches, list_fields, load_records
from core.store.mappings import load_mapping, save_mapping, sign_off

_CUSTOMER = "Dana Whitfield, Registrar"
_ANSWERS_FIELD = "Halda_Answers__c"
_ANSWERS = "{answer.*}"
# Why a field goes nowhere, by how its key begins; the first that fits counts.
_REASONS: Final = (
    ("lead.birth_date", "Asked for at application, not at inquiry"),
    ("lead.parent", "The org has no field for parents yet"),
    ("lead.relationship", "The org has no field for parents yet"),
    ("lead.is_test", "Test leads are never sent"),
    ("lead.crm", "Left from an earlier system"),
    ("consent.", "Opt-outs are kept in the college's own mailing tool"),
    ("visit.", "Campaigns are reported in Halda"),
    ("submission.", "Halda's own bookkeeping"),
    ("form.", "Halda's own bookkeeping"),
    ("", "Not asked for by the college"),
)


def agree(console: Console, connection: ConnectionView) -> None:
    """Decide what the first version left open, have it signed off, and preview it again."""
    connection_id = connection.connection_id
    first = load_mapping(console.store, connection_id)
    if first is None:
        return
    batch = list_batches(console.store, connection.account_id)[0]
    fields = (*CANONICAL_FIELDS, *list_fields(console.store, connection.account_id))
    draft = _with_answers(first.draft)
    reach = coverage(draft, fields, collect(load_records(console.store, batch.batch_id)))
    left_out = tuple(
        NotSent(source_key=line.key, reason=_reason(line.key)) for line in reach.open_lines
    )
    saved = save_mapping(
        console.store,
        connection_id=connection_id,
        draft=replace(draft, not_sent=left_out),
        based_on=first.number,
        operator=OPERATOR,
        note="Decided with the registrar on the call",
    )
    sign_off(console.store, version_id=saved.version_id, customer_name=_CUSTOMER, operator=OPERATOR)
    mark_mapping_signed_off(console.connect, connection_id=connection_id)
    preview(console, connection, version_id=saved.version_id, batch_id=batch.batch_id)


def _with_answers(draft: MappingDraft) -> MappingDraft:
    """Form questions go into one text, added to what earlier inquiries left there."""
    person = draft.person
    if any(row.field_name == _ANSWERS_FIELD for row in person.rows):
        return draft
    source = RowSource(kind=SourceKind.TEMPLATE, text=_ANSWERS)
    person = add_extra(person, source, _ANSWERS_FIELD)
    row = replace(person.rows[-1], write_rule=WriteRule.APPEND)
    return with_object(draft, with_row(person, row))


def _reason(key: str) -> str:
    return next(reason for beginning, reason in _REASONS if key.startswith(beginning))
