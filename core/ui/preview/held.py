"""Why records of a preview are held, whose move it is, and the list to send to each party."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from core.preview.exports.party_list import export_party_csv, export_party_xlsx, list_file_name
from core.preview.exports.words import object_words, problem_words
from core.preview.holds import HoldKind
from core.preview.reading.counts import Effect, ProblemCount
from core.preview.reading.parties import TO_DO, Party
from core.preview.runs import RunView
from core.ui import state
from core.ui.formats import count, count_inquiries, number, sentence_case
from core.ui.place import Place
from core.ui.preview.words import XLSX

_WAITS = (HoldKind.WAITS_FOR_PARENT,)
_FORMS = (("CSV", export_party_csv, "csv", "text/csv"), ("Excel", export_party_xlsx, "xlsx", XLSX))


def draw_held(
    place: Place, run: RunView, problems: Sequence[ProblemCount], parties: Mapping[Party, int]
) -> None:
    """Draw the reasons by party, what each has to do, and the warnings apart from them."""
    holds = [each for each in problems if each.effect is Effect.HOLDS]
    causes = [each for each in holds if each.name not in _WAITS]
    if holds:
        with st.expander(f"Why records are held ({len(causes)})", expanded=True):
            by_party = sorted(causes, key=lambda each: list(Party).index(each.party or Party.DATA))
            st.table([{"Held because": problem_words(e), **counted(e)} for e in by_party])
            if waiting := sum(each.count for each in holds if each not in causes):
                st.caption(f"{count(waiting, 'more record')} wait until their person is free.")
            _draw_blocks([each for each in problems if each.effect is Effect.BLOCKS])
            _draw_lists(place, run, parties)
    warnings = [each for each in problems if each.effect is Effect.WARNS]
    if warnings:
        with st.expander(f"Warnings: sent all the same ({len(warnings)})"):
            st.table([{"Warning": problem_words(each), **counted(each)} for each in warnings])


def counted(problem: ProblemCount) -> dict[str, str]:
    acts = {"Who acts": sentence_case(problem.party)} if problem.party else {}
    return {
        "Object": object_words(problem.sobject_name),
        **acts,
        "Records": number(problem.count),
    }


def _draw_blocks(blocks: Sequence[ProblemCount]) -> None:
    if blocks:
        st.caption("Values of held records that cannot be sent as they are")
        st.table([{"Value": problem_words(each), **counted(each)} for each in blocks])


def _draw_lists(place: Place, run: RunView, counts: Mapping[Party, int]) -> None:
    st.caption("Lists to send: only what is wrong, one line a record, with what to do")
    for party, inquiries in counts.items():
        with st.container(horizontal=True, vertical_alignment="center"):
            told = f"{sentence_case(party)} · {count_inquiries(inquiries)}. {TO_DO[party]}"
            st.text(told, width="stretch")
            if party is not Party.NOBODY:
                _draw_buttons(place, run, party)


def _draw_buttons(place: Place, run: RunView, party: Party) -> None:
    is_masked = state.is_screen_shared()
    for label, export, suffix, mime in _FORMS:
        st.download_button(
            f"{label} (values hidden)" if is_masked else label,
            # made when it is clicked, and told to the audit trail then
            partial(
                export,
                place.console.store,
                run.run_id,
                party,
                operator=place.operator.name,
                is_masked=is_masked,
            ),
            file_name=list_file_name(run, party, suffix, is_masked=is_masked),
            mime=mime,
            icon=":material/download:",
            help=f"The held records for {party}",
            on_click="ignore",
            key=f"preview.list.{party.name}.{suffix}",
        )
