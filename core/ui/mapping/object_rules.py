"""How one object is written: operation, record type, match keys, and when at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import streamlit as st
from phonenumbers import SUPPORTED_REGIONS

from core.mapping.conversions import can_take_over, with_only_converted
from core.mapping.diff.phrases import OPERATION_WORDS, match_key_words
from core.mapping.editing.rows import with_match_keys, with_operation
from core.mapping.model import MatchKey, ObjectMapping, Operation
from core.mapping.stored_ids import ID_FIELD, carrying_ids
from core.mapping.suggestions.suggest import suggest_match_keys
from core.ui.formats import sentence_case
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.edit import alter_draft, alter_object
from core.ui.place import Place


def draw_object_rules(place: Place, desk: MappingDesk) -> None:
    if desk.form is not None:
        st.caption("All forms share these. Choose the default above to change them.")
        return
    _draw_operation(place, desk)
    _draw_record_type(place, desk)
    _draw_match_keys(place, desk)
    _draw_only_with(place, desk)
    _draw_only_converted(place, desk)


def draw_mapping_rules(place: Place, desk: MappingDesk) -> None:
    """What all objects share: the country of bare phone numbers, the zone of bare times."""
    if desk.form is not None:
        return
    st.markdown("**The whole mapping**")
    with st.container(horizontal=True):
        for part, label, options in (
            ("default_country", "Country of phone numbers without one", sorted(SUPPORTED_REGIONS)),
            ("time_zone", "Time zone of times without one", _zones()),
        ):
            _draw_shared(place, desk, part=part, label=label, options=options)


@cache
def _zones() -> list[str]:
    """Every IANA name; finding them walks the disk."""
    return sorted(available_timezones())


def _draw_shared(
    place: Place, desk: MappingDesk, *, part: str, label: str, options: list[str]
) -> None:
    key = f"mapping.{part}"
    value = str(getattr(desk.whole, part))
    st.session_state[key] = value

    def take() -> None:
        chosen = {part: st.session_state[key]}
        alter_draft(place, desk, lambda draft: replace(draft, **chosen))

    st.selectbox(label, list(dict.fromkeys([value, *options])), key=key, on_change=take)


def _draw_operation(place: Place, desk: MappingDesk) -> None:
    key = f"mapping.{desk.scope}operation"
    st.session_state[key] = desk.draft.operation
    st.selectbox(
        "Operation",
        list(Operation),
        format_func=lambda each: sentence_case(OPERATION_WORDS[each]),
        key=key,
        on_change=lambda: _alter(place, desk, key, with_operation),
    )


def _draw_record_type(place: Place, desk: MappingDesk) -> None:
    names = {
        each.developer_name: each.name
        for each in desk.describe.record_types
        if each.active and each.available and not each.is_master
    }
    chosen = desk.draft.record_type
    if not names and not chosen:
        return
    key = f"mapping.{desk.scope}record_type"
    st.session_state[key] = chosen
    st.selectbox(
        "Record type",
        list(dict.fromkeys(["", *names, chosen])),
        format_func=lambda each: (
            f"{names[each]} · {each}"
            if each in names
            else f"{each} (not open to the connected user)"
            if each
            else "The connected user's default"
        ),
        key=key,
        help="Kept by its DeveloperName: ids differ between sandbox and production.",
        on_change=lambda: _alter(
            place, desk, key, lambda live, name: replace(live, record_type=name)
        ),
    )


def _draw_match_keys(place: Place, desk: MappingDesk) -> None:
    chosen = {match_key_words(each): each for each in desk.draft.match_keys}
    offered = {match_key_words(each): each for each in _offered_keys(desk)}
    key = f"mapping.{desk.scope}keys"
    st.session_state[key] = list(chosen)
    st.multiselect(
        "Match keys, in this order",
        list(chosen | offered),
        key=key,
        help="The first key that finds exactly one record decides; several records are held. "
        "“Id in …” is a Salesforce id that comes along with the inquiry.",
        on_change=lambda: _alter(
            place,
            desk,
            key,
            lambda live, words: with_match_keys(live, [(chosen | offered)[each] for each in words]),
        ),
    )
    mapped = [row.field_name for row in desk.draft.rows if row.field_name]
    with st.form(f"mapping.{desk.scope}compound", border=False, clear_on_submit=True):
        names = st.multiselect(
            "Further key of several fields that are mapped here", list(dict.fromkeys(mapped))
        )
        if st.form_submit_button("Add this key") and names:
            keys = [*desk.draft.match_keys, MatchKey(field_names=tuple(names))]
            alter_object(place, desk, lambda live: with_match_keys(live, keys))
            st.rerun()


def _offered_keys(desk: MappingDesk) -> Iterator[MatchKey]:
    yield from suggest_match_keys(desk.describe)
    for field in desk.describe.fields:
        if (field.external_id or field.id_lookup or field.unique) and field.type != "id":
            yield MatchKey(field_names=(field.name,))
    for source_key in carrying_ids(desk.fields, desk.sample, desk.describe):
        yield MatchKey(field_names=(ID_FIELD,), id_source=source_key)


def _draw_only_with(place: Place, desk: MappingDesk) -> None:
    key = f"mapping.{desk.scope}only_with"
    st.session_state[key] = list(desk.draft.only_with)
    st.multiselect(
        "Only where the inquiry has one of",
        list(dict.fromkeys([*desk.draft.only_with, *desk.labels])),
        format_func=lambda each: f"{desk.labels.get(each, each)} · {each}",
        key=key,
        help="An inquiry with none of these filled makes no such record. Empty: always.",
        on_change=lambda: _alter(
            place, desk, key, lambda live, keys: replace(live, only_with=tuple(keys))
        ),
    )


def _draw_only_converted(place: Place, desk: MappingDesk) -> None:
    """Offered where a lead of this mapping may have become this contact."""
    if not (desk.draft.only_converted or can_take_over(desk.whole, desk.draft)):
        return
    key = f"mapping.{desk.scope}only_converted"
    st.session_state[key] = desk.draft.only_converted
    st.checkbox(
        "Only for leads that were converted",
        key=key,
        help="Salesforce lets nobody change a converted lead. With this, the contact that it "
        "became is updated instead; no contact is ever made, and no match key is needed.",
        on_change=lambda: _alter(place, desk, key, with_only_converted),
    )


def _alter(
    place: Place, desk: MappingDesk, key: str, alter: Callable[[ObjectMapping, Any], ObjectMapping]
) -> None:
    value = st.session_state[key]
    alter_object(place, desk, lambda live: alter(live, value))
