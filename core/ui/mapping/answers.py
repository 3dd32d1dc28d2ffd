"""What the org answered to the mapping's lookups in this session: asked on request, then kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from core.errors import ConsoleError
from core.mapping.files.serialize import content_hash
from core.mapping.lookups import ResolvedLookups
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.running.lookup_check import ask_for_lookups
from core.ui.place import Place

_KEPT = "mapping.lookup_answers"


@dataclass(frozen=True, slots=True)
class LookupAnswers:
    """The answers so far, with what tells one state of them from another; `told` if it failed."""

    resolved: ResolvedLookups = field(default_factory=ResolvedLookups)
    stamp: str = ""
    told: str = ""


def known_answers(place: Place) -> LookupAnswers:
    """Return what was answered for this connection; nothing before the first question."""
    connection_id, answers = st.session_state.get(_KEPT, ("", LookupAnswers()))
    return answers if connection_id == place.connection_id else LookupAnswers()


def forget_answers() -> None:
    """Have the next question go to the org, whose records may have changed."""
    st.session_state.pop(_KEPT, None)


def ask_org(
    place: Place, draft: MappingDraft, records: Sequence[SourceRecord], load: str
) -> LookupAnswers:
    """Ask about every lookup of these inquiries; `load` names them.

    The same mapping and load are asked once in a session, until `forget_answers`.
    """
    stamp = f"{content_hash(draft)}|{load}"
    known = known_answers(place)
    if known.stamp == stamp:
        return known
    try:
        with st.spinner("Asking the org for related records …"):
            resolved = ask_for_lookups(place.context, place.connection_id, draft, records)
        answers = LookupAnswers(resolved, stamp)
    except ConsoleError as error:
        answers = LookupAnswers(known.resolved, stamp, f"{error.message} {error.advice}")
    st.session_state[_KEPT] = (place.connection_id, answers)
    return answers
