"""What a preview costs the org in API calls: told before, and against what was left."""

from core.connect.snapshots import load_describe
from core.mapping.model import MappingDraft
from core.preview.estimate import estimate_calls
from core.preview.runs import latest_run
from core.ui.formats import ago, count, number
from core.ui.place import Place


def estimate_of(place: Place, draft: MappingDraft, record_count: int) -> int:
    """The estimate by what is known of the org's objects; never calls it."""
    names = {each.sobject_name for each in draft.objects}
    views = (load_describe(place.context, place.connection_id, name) for name in names)
    known = {view.describe.name: view.describe for view in views if view}
    return estimate_calls(draft, record_count, known)


def cost_words(place: Place, draft: MappingDraft, record_count: int) -> str:
    """What the next preview takes of the org's daily calls, against what was left."""
    last = latest_run(place.console.store, place.connection_id)
    left = ""
    if last and last.api_usage:
        used, allowed = last.api_usage
        left = f" {number(allowed - used)} were left {ago(last.started_at)}."
    calls = count(estimate_of(place, draft, record_count), "API call")
    return f"Takes about {calls} and writes nothing.{left}"
