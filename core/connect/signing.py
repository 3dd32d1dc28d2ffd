"""Signing a mapping off: refused while an AI Form has data that nobody decided on."""

from core.connect.connections import get_connection, mark_mapping_signed_off
from core.connect.context import ConnectContext
from core.errors import InvalidInput
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.collected import Collector
from core.mapping.coverage import Coverage, require_settled
from core.mapping.covering import coverage
from core.mapping.model import MappingDraft
from core.store.inquiries import list_batches, list_fields, load_records
from core.store.mappings import load_version, sign_off


def sign_off_settled(
    context: ConnectContext,
    *,
    connection_id: str,
    version_id: str,
    customer_name: str,
    operator: str,
    note: str = "",
) -> None:
    """Sign a version off as `store.sign_off` does, once every form is settled by all inquiries.

    Raises MappingProblem with each form and its open fields; InvalidInput without inquiries.
    """
    account_id = get_connection(context, connection_id).account_id
    draft = load_version(context.store, version_id).draft
    require_settled(_reach(context, account_id, draft))
    sign_off(
        context.store,
        version_id=version_id,
        customer_name=customer_name,
        operator=operator,
        note=note,
    )
    mark_mapping_signed_off(context, connection_id=connection_id)


def _reach(context: ConnectContext, account_id: str, draft: MappingDraft) -> Coverage:
    """Judge by every inquiry of every load: what one of them carries is collected."""
    batches = list_batches(context.store, account_id)
    if not batches:
        raise InvalidInput(
            "No inquiries are loaded, so nobody can tell what is collected.",
            advice="Load inquiries on Preview, then sign off.",
        )
    fields = (*CANONICAL_FIELDS, *list_fields(context.store, account_id))
    collector = Collector()
    for each in batches:
        collector.add_all(load_records(context.store, each.batch_id))
    return coverage(draft, fields, collector.load())
