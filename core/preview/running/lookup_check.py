"""Asks the org, before any preview, which related records the texts of a load mean. Only reads."""

from collections.abc import Iterable, Iterator, Sequence

from core.connect.context import ConnectContext
from core.connect.orgs import use_org
from core.connect.snapshots import get_describe
from core.mapping.apply import PreparedMapping
from core.mapping.describe import SobjectDescribe
from core.mapping.forms import form_id_of, objects_for_form, takes_part
from core.mapping.lookups import LookupAsk, ResolvedLookups
from core.mapping.model import MappingDraft, SourceRecord
from core.mapping.pipeline import ApplySettings
from core.preview.matching.lookups import DescribeOf, resolve_lookups
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery


def ask_for_lookups(
    context: ConnectContext,
    connection_id: str,
    draft: MappingDraft,
    records: Sequence[SourceRecord],
) -> ResolvedLookups:
    """Return what the org answers, in as few calls as it goes; none where nothing is looked up.

    Raises what reading the org raises, and MappingProblem where a field cannot be searched.
    """

    def describe_of(sobject_name: str) -> SobjectDescribe:
        return get_describe(context, connection_id, sobject_name).describe

    def ask(queries: Sequence[str | InQuery]) -> list[list[Record]]:
        with use_org(context, connection_id) as org:
            return org.query_many(queries)

    asks = set(lookups_of(draft, records, describe_of))
    return resolve_lookups(asks, describe_of, ask).resolved


def lookups_of(
    draft: MappingDraft, records: Iterable[SourceRecord], describe_of: DescribeOf
) -> Iterator[LookupAsk]:
    """Yield the questions that these inquiries raise, each form by its own rows."""
    own = {form.form_id for form in draft.forms}
    by_form: dict[str, list[SourceRecord]] = {}
    for record in records:
        form_id = form_id_of(record)
        by_form.setdefault(form_id if form_id in own else "", []).append(record)
    settings = ApplySettings.of(draft)
    for form_id, found in by_form.items():
        for mapping in objects_for_form(draft, form_id):
            if any(row.lookup for row in mapping.rows):
                prepared = PreparedMapping(mapping, describe_of(mapping.sobject_name), settings)
                yield from prepared.lookups(r for r in found if takes_part(mapping, r.values))
