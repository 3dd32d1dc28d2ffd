"""What a preview will cost the org in API calls, told before it starts. Pure."""

from core.mapping.lookups import needs_asking
from core.mapping.model import MappingDraft
from core.preview.keys import ROWS_PER_PART
from core.salesforce.composite import MAX_QUERY_PARTS


def estimate_calls(draft: MappingDraft, record_count: int) -> int:
    """Return about how many calls this many inquiries take at most.

    Fields that are known already cost nothing, inquiries that share a key or have a new person
    less; only keys that find several records each cost more.
    """
    parts = -(-record_count // ROWS_PER_PART)
    matching = sum(_calls(len(each.match_keys) * parts) for each in draft.objects)
    targets = _lookup_targets(draft)
    described = {each.sobject_name for each in draft.objects} | {name for name, _ in targets}
    return len(described) + _calls(len(targets)) + matching


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
