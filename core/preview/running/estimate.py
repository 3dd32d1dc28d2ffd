"""What a preview will cost the org in API calls, told before it starts. Pure."""

from collections.abc import Mapping

from core.mapping.apply import effective_rows
from core.mapping.describe import SobjectDescribe
from core.mapping.lookups import needs_asking
from core.mapping.model import MappingDraft, ObjectMapping
from core.preview.matching.keys import ROWS_PER_PART
from core.salesforce.composite import MAX_QUERY_PARTS

# A call for what the Tooling API tells of them, one for the rest; what a duplicate rule does is
# asked for each object.
_ORG_RULES = 2
_NONE_KNOWN: Mapping[str, SobjectDescribe] = {}


def estimate_calls(
    draft: MappingDraft,
    record_count: int,
    describes: Mapping[str, SobjectDescribe] = _NONE_KNOWN,
) -> int:
    """Return about how many calls this many inquiries take at most.

    `describes` are those known already, by API name: they tell unique fields and record types.
    Fields that are still fresh cost nothing, inquiries that share a key or have a new person less;
    keys that find several records each cost more, and so do duplicate rules that compare fields
    of no match key, or values that records keep beside what they are sent.
    """
    parts = -(-record_count // ROWS_PER_PART)
    reading = sum(
        _calls(_queries(each, describes.get(each.sobject_name)) * parts) for each in draft.objects
    )
    targets = _lookup_targets(draft)
    described = {each.sobject_name for each in draft.objects} | {name for name, _ in targets}
    written = {each.sobject_name for each in draft.objects}
    limited = sum(_record_types(describes[name]) for name in written if name in describes)
    return _ORG_RULES + len(written) + len(described) + limited + _calls(len(targets)) + reading


def _queries(mapping: ObjectMapping, describe: SobjectDescribe | None) -> int:
    """The match keys, and each unique field that is written and is no key by itself.

    What one key finds is among what a key of fewer fields finds, and costs nothing more.
    """
    keys = {tuple(name.casefold() for name in key.field_names) for key in mapping.match_keys}
    written = (
        describe.field(row.field_name) if describe else None for row in effective_rows(mapping)
    )
    if mapping.only_converted:
        keys = {("id",)}
    keys |= {(field.name.casefold(),) for field in written if field and field.unique}
    return sum(1 for key in keys if not any(_is_within(key, other, describe) for other in keys))


def _is_within(
    key: tuple[str, ...], other: tuple[str, ...], describe: SobjectDescribe | None
) -> bool:
    """A key with an identity in it also sees deleted records, which another one does not."""
    return set(other) < set(key) and _is_identity(key, describe) == _is_identity(other, describe)


def _is_identity(key: tuple[str, ...], describe: SobjectDescribe | None) -> bool:
    fields = (describe.field(name) if describe else None for name in key)
    return any(field.unique or field.external_id for field in fields if field)


def _record_types(describe: SobjectDescribe) -> int:
    """How many may be asked what they open; each costs a call where a record has it."""
    return sum(1 for each in describe.record_types if not each.is_master)


def _lookup_targets(draft: MappingDraft) -> set[tuple[str, str]]:
    own = (override.row for form in draft.forms for override in form.rows)
    rows = (*(row for each in draft.objects for row in each.rows), *own)
    return {
        (row.lookup.sobject_name, row.lookup.by_field)
        for row in rows
        if row.lookup and row.field_name and needs_asking(row.lookup)
    }


def _calls(parts: int) -> int:
    return -(-parts // MAX_QUERY_PARTS)
