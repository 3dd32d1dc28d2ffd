"""What becomes of the inquiries, by source and by reason: charts, each with the same as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.halda.schema import field_for_key
from core.preview.counts import Effect, ProblemCount
from core.preview.flow import FLOW_KEYS, NOT_TOLD, SourceFlow, source_flow
from core.preview.parties import Party
from core.preview.plan import Outcome
from core.preview.runs import RunView
from core.preview.words import object_words, problem_words
from core.store.engine import Store
from core.ui.formats import number, sentence_case
from core.ui.place import Place
from core.ui.preview_words import LOOK, hidden

# Each stands out on the light and on the dark background; words beside them tell the same.
OUTCOME_COLOURS = {
    Outcome.CREATE: "#2e8b57",
    Outcome.UPDATE: "#3b7dd8",
    Outcome.UNCHANGED: "#7a8088",
    Outcome.HELD: "#d9730d",
}
PARTY_COLOURS = {
    Party.DATA: "#3b7dd8",
    Party.MAPPING: "#9a63d3",
    Party.ADMIN: "#d9730d",
    Party.SALESFORCE: "#2e8b57",
    Party.NOBODY: "#7a8088",
}
_BAR, _FRAME = 34, 90  # pixels
_MOST_REASONS = 12


def draw_charts(place: Place, run: RunView, problems: Sequence[ProblemCount]) -> None:
    """Draw both side by side where the window is wide enough, one below the other else."""
    with st.container(horizontal=True):
        with st.container(width=560):
            _draw_flow(place, run)
        holds = [each for each in problems if each.effect is Effect.HOLDS]
        if holds:
            with st.container(width=560):
                _draw_holds(holds)


def _draw_flow(place: Place, run: RunView) -> None:
    key = st.selectbox(
        "What becomes of the inquiries, by",
        FLOW_KEYS,
        format_func=lambda each: field.label if (field := field_for_key(each)) else each,
        key="preview.flow",
    )
    flows = _flow_of(place.console.store, run.run_id, key or FLOW_KEYS[0])
    names = shown_names([each.source for each in flows])
    totals = {each: sum(flow.counts[each] for flow in flows) for each in Outcome}
    series = {each: f"{LOOK[each][0]} {number(totals[each])}" for each in Outcome if totals[each]}
    data = [
        {"Source": name, **{title: flow.counts[each] for each, title in series.items()}}
        for name, flow in zip(names, flows, strict=True)
    ]
    _draw_bars(data, "Source", {title: OUTCOME_COLOURS[each] for each, title in series.items()})
    _draw_table([_flow_line(name, each) for name, each in zip(names, flows, strict=True)])


@st.cache_data(scope="session", max_entries=16, show_spinner=False)
def _flow_of(_store: Store, run_id: str, key: str) -> list[SourceFlow]:
    """A finished preview never changes, and counting 100,000 inquiries takes half a second."""
    return source_flow(_store, run_id, key)


def shown_names(sources: Sequence[str]) -> list[str]:
    """Return the sources as the screen may show them, each still a name of its own."""
    seen: Counter[str] = Counter()
    names = []
    for source in sources:
        text = source if source == NOT_TOLD else hidden(source)
        seen[text] += 1
        names.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return names


def _flow_line(name: str, flow: SourceFlow) -> dict[str, str]:
    counts = {LOOK[each][0]: number(flow.counts[each]) for each in Outcome}
    return {"Source": name, "Inquiries": number(flow.total), **counts}


def _draw_holds(holds: Sequence[ProblemCount]) -> None:
    shown = list(holds)[:_MOST_REASONS]
    totals: Counter[Party] = Counter()
    for each in shown:
        totals[each.party or Party.DATA] += each.count
    series = {
        each: f"{sentence_case(each)} {number(totals[each])}" for each in Party if totals[each]
    }
    data = [
        {
            "Reason": hold_name(each),
            **{title: each.count * (each.party is party) for party, title in series.items()},
        }
        for each in shown
    ]
    st.text("Held records by reason, with who acts")
    _draw_bars(data, "Reason", {title: PARTY_COLOURS[each] for each, title in series.items()})
    _draw_table(
        [
            {
                "Reason": problem_words(each),
                "Object": object_words(each.sobject_name),
                "Who acts": sentence_case(each.party or ""),
                "Records": number(each.count),
            }
            for each in holds
        ]
    )


def hold_name(each: ProblemCount) -> str:
    """One bar's name, which tells by itself what its colour tells."""
    return f"{object_words(each.sobject_name)}: {problem_words(each)} · {each.party or ''}"


def _draw_bars(data: list[dict[str, Any]], first: str, colours: Mapping[str, str]) -> None:
    if not data:
        return
    st.bar_chart(
        pd.DataFrame(data),
        x=first,
        y=list(colours),
        x_label="",
        y_label="",
        color=list(colours.values()),
        horizontal=True,
        sort=False,
        stack=True,
        height=_FRAME + _BAR * len(data),
        alt=f"Bars by {first.lower()}: {', '.join(colours)}. The table below has the numbers.",
    )


def _draw_table(lines: list[dict[str, str]]) -> None:
    with st.expander("The same as a table", icon=":material/table:"):
        st.table(lines)
