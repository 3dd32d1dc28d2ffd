"""What a preview costs the org in API calls: told before, and against what was left."""

import streamlit as st

from core.connect.snapshots import load_describe
from core.mapping.model import MappingDraft
from core.preview.running.budget import CallBudget, last_budget
from core.preview.running.estimate import estimate_calls
from core.ui.formats import ago, count, number
from core.ui.messages import escaped
from core.ui.place import Place


def estimate_of(place: Place, draft: MappingDraft, record_count: int) -> int:
    """The estimate by what is known of the org's objects; never calls it."""
    names = {each.sobject_name for each in draft.objects}
    views = (load_describe(place.context, place.connection_id, name) for name in names)
    known = {view.describe.name: view.describe for view in views if view}
    return estimate_calls(draft, record_count, known)


def draw_cost(place: Place, draft: MappingDraft, record_count: int) -> None:
    """Draw what the next preview takes; a warning where the org has fewer calls left."""
    calls = estimate_of(place, draft, record_count)
    budget = last_budget(place.console.store, place.connection_id)
    if budget and budget.is_short_of(calls):
        st.warning(escaped(short_words(calls, budget)), icon=":material/data_alert:")
    else:
        st.caption(cost_words(calls, budget))


def cost_words(calls: int, budget: CallBudget | None) -> str:
    """What it takes of the org's daily calls, against what was left."""
    left = f" {number(budget.left)} were left {ago(budget.told_at)}." if budget else ""
    return f"Takes about {count(calls, 'API call')} and writes nothing.{left}"


def short_words(calls: int, budget: CallBudget) -> str:
    """What would happen, who acts and what to do instead."""
    return (
        f"This preview takes about {count(calls, 'API call')}, and {ago(budget.told_at)} only "
        f"{number(budget.left)} of the org's {number(budget.allowed)} for 24 hours were left, for "
        "all its integrations together. It would stop when they are used up, keep what it has read "
        "and could go on later. Better: preview fewer inquiries now, or wait until older calls are "
        "a day old. The university's admin can see which integration calls so often in "
        "Setup > System Overview."
    )
