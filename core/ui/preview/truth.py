"""Whether a finished plan still holds: a second look at the org, and a second plan beside it."""

import streamlit as st

from core.preview.exports.words import OUTCOME_WORDS, object_words
from core.preview.reading.compare_plans import Move, PlanComparison, PlanSide, compare_plans
from core.preview.reading.recheck import Recheck, Staleness, StaleRow, recheck_plan
from core.preview.runs import RunView, list_runs
from core.ui.formats import count, local_time, number
from core.ui.place import Place
from core.ui.preview.words import hidden, run_words, value_words
from core.ui.tables import count_and_download, table

_NOT_IN_IT = "not in it"
_SHOWN = 1_000  # lines that travel to the browser
_KEPT = "preview.recheck"  # the answer of one run, until another run is looked over
_STALE = {
    Staleness.CHANGED: "Saved by somebody since",
    Staleness.GONE: "Gone: deleted, merged, or hidden from the connected user",
}


def draw_recheck(place: Place, run: RunView) -> None:
    """A button that asks the org again, and which rows are stale."""
    with st.expander("Is this plan still true?", icon=":material/fact_check:"):
        st.caption(
            "Asks the org when each record of the plan was last saved, and whether its fields are "
            "described as before. Records to be created are not looked for again: preview anew "
            "and compare for that."
        )
        if st.button("Check now", key="preview.recheck.start", icon=":material/refresh:"):
            with st.spinner("Asking the org …"):
                found = recheck_plan(place.console.connect, run.run_id)
            st.session_state[_KEPT] = (run.run_id, found)
        of_run, found = st.session_state.get(_KEPT, ("", None))
        if of_run == run.run_id and found is not None:
            _draw_found(found)


def _draw_true(checked: int) -> None:
    if checked:
        words = f"Still true: {count(checked, 'record')} as the plan read them."
        st.success(words, icon=":material/check_circle:")
        return
    st.info(
        "There is no record to look over: this plan changes none that is in the org. Its fields "
        "are described as before. Preview anew and compare to see what it would create now.",
        icon=":material/info:",
    )


def _draw_found(found: Recheck) -> None:
    if found.is_true:
        _draw_true(found.checked)
        return
    st.warning(" ".join(_moved_words(found)), icon=":material/warning:")
    if not found.stale:
        return
    lines = [_stale_line(each) for each in found.stale]
    count_and_download(lines, found.checked, noun="records stale", file="stale-rows.csv")
    table(
        lines,
        key="preview.recheck.rows",
        empty="No record is stale.",
        alt="Planned records that are no longer as the plan read them",
    )


def _moved_words(found: Recheck) -> list[str]:
    if not found.is_same_org:
        return [
            "The connection is signed in to another org now, so this plan must not be used.",
            "Preview again.",
        ]
    said = []
    if found.stale:
        said.append(f"{number(len(found.stale))} of {count(found.checked, 'record')} moved.")
    if found.changed_objects:
        names = ", ".join(map(object_words, found.changed_objects))
        said.append(f"The org describes {names} otherwise now.")
    if found.newer_version:
        said.append(f"The mapping has a newer version, {found.newer_version}.")
    return [*said, "Preview again to see what would happen now."]


def _stale_line(each: StaleRow) -> dict[str, str | int]:
    return {
        "#": each.row_number,
        "Person": hidden(each.person),
        "Object": object_words(each.sobject_name),
        "Planned": OUTCOME_WORDS[each.outcome],
        "Record": each.matched_id,
        "What happened": _STALE[each.staleness],
        "Last saved": each.modified_at,
    }


def draw_comparison(place: Place, run: RunView) -> None:
    """Another finished preview to hold beside this one, and what moved between the two."""
    others = [
        each
        for each in list_runs(place.console.store, place.connection_id)
        if each.is_finished and each.run_id != run.run_id
    ]
    with st.expander("Compare with another preview", icon=":material/compare_arrows:"):
        if not others:
            st.caption("There is no other finished preview of this connection yet.")
            return
        by_id = {each.run_id: each for each in others}
        chosen = st.selectbox(
            "Compare with",
            list(by_id),
            index=None,
            format_func=lambda run_id: run_words(by_id[run_id]),
            placeholder="Choose a preview",
            key=f"preview.compare.{run.run_id}",
        )
        if not chosen:
            return
        older, newer = sorted((by_id[chosen], run), key=lambda each: each.started_at)
        with st.spinner("Comparing …"):
            found = compare_plans(place.console.store, older.run_id, newer.run_id)
        _draw_moves(found, older, newer)


def _draw_moves(found: PlanComparison, older: RunView, newer: RunView) -> None:
    told = f"{local_time(older.started_at)} → {local_time(newer.started_at)}"
    if not found.moves:
        st.success(
            f"{told}: both would send the same for {count(found.same, 'record')}.",
            icon=":material/check_circle:",
        )
        return
    st.text(f"{told}: {count(len(found.moves), 'record')} moved, {number(found.same)} are alike.")
    st.table(
        [
            {"Before": _turn_word(old), "After": _turn_word(new), "Records": number(records)}
            for (old, new), records in sorted(found.turns.items())
        ]
    )
    lines = [_move_line(each) for each in found.moves]
    count_and_download(lines, found.same + len(lines), noun="records moved", file="moved.csv")
    table(
        lines[:_SHOWN],
        key=f"preview.compare.rows.{older.run_id}.{newer.run_id}",
        empty="Nothing moved.",
        alt="Records on which the two plans differ",
    )
    if len(lines) > _SHOWN:
        st.caption(f"The first {number(_SHOWN)} of them; the CSV has all.")


def _turn_word(outcome: str) -> str:
    return next((OUTCOME_WORDS[each] for each in OUTCOME_WORDS if each == outcome), outcome)


def _move_line(move: Move) -> dict[str, str | int]:
    side = move.after or move.before
    assert side is not None
    return {
        "#": side.row_number,
        "Person": hidden(move.person),
        "Object": object_words(move.sobject_name),
        "Before": _side_words(move.before),
        "After": _side_words(move.after),
        "What differs": _difference_words(move),
    }


def _side_words(side: PlanSide | None) -> str:
    if side is None:
        return _NOT_IN_IT
    return " ".join(filter(None, (OUTCOME_WORDS[side.outcome], side.matched_id)))


def _difference_words(move: Move) -> str:
    return "; ".join(
        f"{name}: {_sent_words(move.before, name)} → {_sent_words(move.after, name)}"
        for name in move.fields
    )


def _sent_words(side: PlanSide | None, field_name: str) -> str:
    if side is None or field_name not in side.payload:
        return "(not sent)"
    return value_words(side.payload[field_name]) or "(blank)"
