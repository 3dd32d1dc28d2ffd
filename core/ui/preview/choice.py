"""The controls above a preview's list: which inquiries it shows, in which order, and how much."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.mapping.model import MappingDraft
from core.preview.exports.words import object_words, problem_words
from core.preview.plan import Outcome
from core.preview.reading.choosing import CHANGES, Choice, Sort
from core.preview.reading.counts import ProblemCount
from core.preview.reading.parties import Party
from core.preview.runs import RunView
from core.ui.formats import sentence_case
from core.ui.preview.words import LOOK
from core.ui.tables import search_box

_CHANGES = "changes"
_SHOWS: dict[str, tuple[str, tuple[Outcome, ...]]] = {
    _CHANGES: ("Changes", CHANGES),
    **{each.value: (LOOK[each][0], (each,)) for each in Outcome},
}
_SORTS: dict[str, tuple[Sort, bool]] = {
    "Row": (Sort.ROW, False),
    "Row, last first": (Sort.ROW, True),
    "Person A–Z": (Sort.PERSON, False),
    "Person Z–A": (Sort.PERSON, True),
    "Held first": (Sort.OUTCOME, False),
    "Unchanged first": (Sort.OUTCOME, True),
    "Why held": (Sort.REASON, False),
}


@dataclass(frozen=True, slots=True)
class ListView:
    """What the list shows; `only_changes` leaves out fields that stay as they are."""

    choice: Choice
    order: tuple[Sort, bool]
    only_changes: bool


def draw_choice(run: RunView, draft: MappingDraft, problems: Sequence[ProblemCount]) -> ListView:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.segmented_control(
            "Show", list(_SHOWS), format_func=lambda each: _SHOWS[each][0], key="preview.outcome"
        )
        search = search_box("Search person, reason or id", key="preview.search")
        sort = st.selectbox("Sort by", list(_SORTS), key="preview.sort", width=170)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = _choose_reason(run, problems)
        party = _choose_party(run, problems)
        object_id = _choose_object(run, draft)
        only_changes = st.toggle("Only fields that change", value=True, key="preview.changes")
    choice = Choice(
        outcomes=_SHOWS[shown][1] if shown else (),
        problem_kind=kind or "",
        party=party,
        object_id=object_id or "",
        search=search,
    )
    return ListView(choice, _SORTS[sort or "Row"], only_changes)


def _choose_reason(run: RunView, problems: Sequence[ProblemCount]) -> str | None:
    by_kind = {each.kind: problem_words(each) for each in problems}
    return st.selectbox(
        "Reason",
        list(by_kind),
        index=None,
        format_func=by_kind.__getitem__,
        placeholder="Any",
        key=f"preview.reason.{run.run_id}",
    )


def _choose_party(run: RunView, problems: Sequence[ProblemCount]) -> Party | None:
    found = {each.party for each in problems if each.party}
    return st.selectbox(
        "Who acts",
        [each for each in Party if each in found],
        index=None,
        format_func=sentence_case,
        placeholder="Anybody",
        key=f"preview.party.{run.run_id}",
        width=220,
    )


def _choose_object(run: RunView, draft: MappingDraft) -> str | None:
    if len(draft.objects) < 2:
        return None
    names = {each.object_id: object_words(each.sobject_name) for each in draft.objects}
    return st.selectbox(
        "Object",
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder="Any",
        key=f"preview.object.{run.run_id}",
        width=180,
    )
