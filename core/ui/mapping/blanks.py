"""What a row does where Halda has nothing, and what any typed value would become."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.mapping.blanks import blank_table
from core.mapping.decide import Action, Decision
from core.mapping.model import FieldRow, SourceKind
from core.mapping.simulate import Simulation, Situation, edge_values, simulate, values_for
from core.mapping.sources import source_keys
from core.mapping.transforms import KIND_LABELS
from core.ui.mapping.data import MappingDesk
from core.ui.messages import escaped

_ACTION_WORDS = {
    Action.SEND: "sends",
    Action.CLEAR: "clears the field",
    Action.KEEP: "leaves it alone",
    Action.SAME: "leaves it alone",
    Action.SKIP: "sends nothing",
}


def draw_blanks(desk: MappingDesk, row: FieldRow) -> None:
    """Draw the blank/null table of the chosen rules."""
    lines = blank_table(row, desk.describe, desk.settings)
    if not lines:
        st.caption("A constant and the id of an earlier record are never blank.")
        return
    st.caption("What happens where Halda has nothing, with the rules chosen above.")
    told = [
        {
            "Halda has": line.sent,
            **{
                each.held: "holds the inquiry" if line.is_held else _decided(each.decision)
                for each in line.situations
            },
        }
        for line in lines
    ]
    st.dataframe(
        pd.DataFrame(told),
        hide_index=True,
        alt="What the row does where Halda has nothing, by what Salesforce holds",
    )


def draw_trial(desk: MappingDesk, row: FieldRow) -> None:
    """Type a value or pick an edge case; every step and each outcome is shown."""
    field = desk.describe.field(row.field_name)
    if row.source.kind in (SourceKind.CONSTANT, SourceKind.PARENT) or field is None:
        _draw_outcome(row, simulate(row, desk.describe, {}, desk.settings))
        return
    edges = {each.why: each.text for each in edge_values(field)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input("Try a value", key=f"mapping.try.{desk.scope}{row.row_id}", live=True)
        picked = st.selectbox(
            "or an edge case",
            list(edges),
            index=None,
            format_func=lambda why: _edge_words(why, edges),
            placeholder="blank, #N/A, too long …",
            key=f"mapping.edge.{desk.scope}{row.row_id}",
            disabled=bool(typed),
        )
    if not typed and picked is None:
        return
    text = typed or (edges[picked] if picked else None)
    values = values_for(row, text)
    if row.source.kind is SourceKind.TEMPLATE and text is not None:
        values = dict.fromkeys(source_keys(row.source), text)
    _draw_outcome(row, simulate(row, desk.describe, values, desk.settings))


def _edge_words(why: str, edges: dict[str, str | None]) -> str:
    text = edges[why]
    if text is None or not text.strip():
        return why
    return f"{why}: {text[:40]}{'…' if len(text) > 40 else ''}"


def _draw_outcome(row: FieldRow, done: Simulation) -> None:
    names = [_step_name(step.name) for step in done.steps]
    told = [
        f"{name}: {'(nothing sent)' if step.text is None else repr(step.text)}"
        for name, step in zip(names, done.steps, strict=True)
    ]
    st.text("\n".join(told))
    is_held = done.cell.is_blocked
    if not is_held and not done.cell.is_absent:
        st.markdown(f"**Would send** {escaped(repr(done.cell.value))}")
    if done.cell.note:
        st.caption(escaped(done.cell.note))
    for problem in done.cell.problems:
        st.text(f"{'✗' if problem.blocks else '⚠'} {problem.message} {problem.advice}")
    if row.source.kind is not SourceKind.PARENT:
        _draw_situations(done.situations, is_held=is_held)


def _draw_situations(situations: Sequence[Situation], *, is_held: bool) -> None:
    told = [
        {
            "If": each.held,
            "then this row": "holds the inquiry" if is_held else _decided(each.decision),
            "because": "" if is_held else each.decision.reason,
        }
        for each in situations
    ]
    st.dataframe(
        pd.DataFrame(told),
        hide_index=True,
        alt="Outcome by what Salesforce holds already",
    )


def _decided(decision: Decision) -> str:
    words = _ACTION_WORDS[decision.action]
    return f"{words} {decision.value!r}" if decision.action is Action.SEND else words


def _step_name(name: str) -> str:
    known = {kind.value: label for kind, label in KIND_LABELS.items()}
    return known.get(name, name)
