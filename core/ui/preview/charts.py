"""What becomes of the inquiries, by source and by reason: charts, each with the same as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.halda.schema import field_for_key
from core.preview.exports.words import object_words, problem_words
from core.preview.plan import Outcome
from core.preview.reading.counts import Effect, ProblemCount
from core.preview.reading.flow import FLOW_KEYS, NOT_TOLD, SourceFlow, source_flow
from core.preview.reading.parties import Party
from core.preview.runs import RunView
from core.store.engine import Store
from core.ui.formats import number, sentence_case
from core.ui.place import Place
from core.ui.preview.words import LOOK, hidden

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
_SHORT = {
    Party.DATA: "data",
    Party.MAPPING: "mapping",
    Party.ADMIN: "admin",
    Party.SALESFORCE: "Salesforce",
    Party.NOBODY: "waits",
}
_BAR, _FRAME, _LABEL, _LEGEND_LINE = 30, 110, 230, 22  # pixels
_TITLE = 14  # characters of a legend's title, two of which fit beside each other in half a page
_MOST_REASONS = 12


def draw_charts(place: Place, run: RunView, problems: Sequence[ProblemCount]) -> None:
    """Draw both side by side where the window is wide enough, one below the other else."""
    holds = [each for each in problems if each.effect is Effect.HOLDS]
    parts = st.columns(2 if holds else 1)
    with parts[0]:
        _draw_flow(place, run)
    if holds:
        with parts[1]:
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
    bars = [
        Bar(name, title, flow.counts[each])
        for name, flow in zip(names, flows, strict=True)
        for each, title in series.items()
    ]
    _draw_bars(bars, {title: OUTCOME_COLOURS[each] for each, title in series.items()}, "Sources")
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
    totals: Counter[Party] = Counter()
    for each in holds:
        totals[each.party or Party.DATA] += each.count
    found = [each for each in Party if totals[each]]
    series = {each: f"{sentence_case(each)} {number(totals[each])}" for each in found}
    st.caption("Held records by reason, with who acts")
    _draw_bars(
        [Bar(name, series[party], records) for name, party, records in hold_bars(holds)],
        {title: PARTY_COLOURS[each] for each, title in series.items()},
        "Reasons",
    )
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


def hold_bars(holds: Sequence[ProblemCount]) -> list[tuple[str, Party, int]]:
    """Return the largest reasons over all objects, each with a name that tells who acts as well."""
    counts: Counter[tuple[str, Party]] = Counter()
    for each in holds:
        counts[each.name, each.party or Party.DATA] += each.count
    return [
        (_hold_name(name, party, records), party, records)
        for (name, party), records in counts.most_common(_MOST_REASONS)
    ]


def _hold_name(name: str, party: Party, records: int) -> str:
    words = sentence_case(name.replace("_", " "))
    return f"{words} · {_SHORT[party]} ({number(records)})"


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of one bar."""

    name: str
    series: str
    count: int


def _draw_bars(bars: Sequence[Bar], colours: Mapping[str, str], what: str) -> None:
    """Parts stand in a bar in the order of the legend; nothing is fetched to draw them."""
    if not bars:
        return
    places = {title: place for place, title in enumerate(colours)}
    rows = [
        {
            "name": each.name,
            "series": each.series,
            "count": each.count,
            "place": places[each.series],
        }
        for each in bars
    ]
    names = list(dict.fromkeys(each.name for each in bars))
    columns = legend_columns(list(colours))
    legend_lines = -(-len(colours) // columns)
    st.vega_lite_chart(
        pd.DataFrame(rows),
        {
            "mark": {"type": "bar", "tooltip": True},
            "encoding": {
                "y": _axis("name", "nominal", sort=names, labelLimit=_LABEL),
                "x": _axis("count", "quantitative", tickMinStep=1, format=",d"),
                "order": {"field": "place", "type": "quantitative"},
                "color": {
                    "field": "series",
                    "type": "nominal",
                    "scale": {"domain": list(colours), "range": list(colours.values())},
                    "legend": {
                        "title": None,
                        "orient": "bottom",
                        "columns": columns,
                        "labelLimit": 0,
                    },
                },
            },
        },
        height=_FRAME + _BAR * len(names) + _LEGEND_LINE * legend_lines,
        alt=f"{what}, largest first: {', '.join(names)}. In all: {', '.join(colours)}.",
    )


def legend_columns(titles: Sequence[str]) -> int:
    """A legend is cut off at the chart's edge, and it says in words what the colours say."""
    return 2 if max(map(len, titles)) <= _TITLE else 1


def _axis(field: str, kind: str, *, sort: list[str] | None = None, **axis: Any) -> dict[str, Any]:
    ordered = {"sort": sort} if sort else {}
    return {"field": field, "type": kind, "title": None, "axis": axis, **ordered}


def _draw_table(lines: list[dict[str, str]]) -> None:
    with st.expander("The same as a table", icon=":material/table:"):
        st.table(lines)
