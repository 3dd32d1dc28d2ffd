"""The first question of an account: how its org keeps an inquiry; one click makes the mapping."""

import streamlit as st

from core.connect.snapshots import get_describe, list_sobjects
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.describe import SobjectSummary
from core.mapping.model import MappingDraft, OrgShape
from core.mapping.suggestions.org_shapes import SHAPE_MEANING, SHAPE_WORDS, detect_shapes
from core.mapping.suggestions.templates import start_mapping, template_objects
from core.store.inquiries import list_batches, list_fields, load_records
from core.ui.mapping import draft as editing
from core.ui.mapping.copying import draw_copy
from core.ui.mapping.data import SAMPLE_SIZE
from core.ui.messages import escaped
from core.ui.place import Place

_OTHER = "other"
_ALWAYS = (OrgShape.LEAD_FIRST, OrgShape.CONTACT_FIRST)


def draw_start(place: Place) -> None:
    """No mapping yet: show what the org looks like and offer the starting mapping for it."""
    with st.spinner("Looking at the org's objects …"):
        summaries = list_sobjects(place.context, place.connection_id).summaries
    guesses = {each.shape: each for each in detect_shapes(summaries)}
    usable = [
        shape
        for shape, guess in guesses.items()
        if template_objects(shape, summaries) and (guess.evidence or shape in _ALWAYS)
    ]
    likely = next((shape for shape in usable if guesses[shape].is_likely), None)
    st.subheader("How does this org keep an inquiry?", anchor=False)
    if likely is not None:
        seen = ", ".join(guesses[likely].evidence)
        st.success(
            f"It looks like **{escaped(SHAPE_WORDS[likely])}**."
            + (f" Seen in the org: {escaped(seen)}." if seen else ""),
            icon=":material/travel_explore:",
        )
    options: list[OrgShape | str] = [*usable, _OTHER]
    chosen = st.radio(
        "The mapping starts with",
        options,
        index=options.index(likely) if likely is not None else 0,
        format_func=_option_words,
        captions=[_caption(each, summaries) for each in options],
        key="mapping.shape",
    )
    names = _names(chosen, summaries)
    draw_copy(place)
    if st.button(
        "Start the mapping",
        type="primary",
        icon=":material/auto_awesome:",
        disabled=not names,
        key="mapping.start",
    ):
        shape = chosen if isinstance(chosen, OrgShape) else None
        with st.spinner("Reading the fields and looking for matches …"):
            editing.change(place, _started(place, shape, names))
        st.rerun()


def _option_words(option: OrgShape | str) -> str:
    return SHAPE_WORDS[option] if isinstance(option, OrgShape) else "Another object"


def _caption(option: OrgShape | str, summaries: tuple[SobjectSummary, ...]) -> str:
    if not isinstance(option, OrgShape):
        return "Choose any object that can be created."
    names = ", ".join(template_objects(option, summaries))
    return escaped(f"{SHAPE_MEANING[option]} Objects: {names}.")


def _names(chosen: OrgShape | str | None, summaries: tuple[SobjectSummary, ...]) -> tuple[str, ...]:
    if isinstance(chosen, OrgShape):
        return template_objects(chosen, summaries)
    names = [each.name for each in summaries if each.createable]
    name = st.selectbox(
        "Which object is an inquiry in this org?", names, index=None, key="mapping.first_object"
    )
    return (name,) if name else ()


def _started(place: Place, shape: OrgShape | None, names: tuple[str, ...]) -> MappingDraft:
    store = place.console.store
    describes = [get_describe(place.context, place.connection_id, name).describe for name in names]
    batches = list_batches(store, place.account.account_id)
    sample = load_records(store, batches[0].batch_id, SAMPLE_SIZE) if batches else []
    fields = (*CANONICAL_FIELDS, *list_fields(store, place.account.account_id))
    return start_mapping(shape, describes, fields, sample)
