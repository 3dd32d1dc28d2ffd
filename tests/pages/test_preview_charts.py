"""The preview's charts: legible on light and dark, and never by colour alone."""

import json

import pytest

from core.console import Console
from core.ui.preview.charts import OUTCOME_COLOURS, PARTY_COLOURS, legend_columns
from tests.pages.conftest import LAKESIDE, connection_id_of
from tests.pages.test_preview import preview, show
from tests.preview.mappings import lakeside_objects

BACKGROUNDS = ("#ffffff", "#0e1117")  # Streamlit's own, light and dark
NEEDED = 3.0  # https://www.w3.org/TR/WCAG22/#non-text-contrast


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_every_colour_stands_out_on_light_and_dark(background: str) -> None:
    for colour in {*OUTCOME_COLOURS.values(), *PARTY_COLOURS.values()}:
        lighter, darker = sorted((luminance(colour), luminance(background)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= NEEDED, colour


def test_charts_tell_in_words_and_numbers_what_their_colours_tell(console: Console) -> None:
    lakeside = connection_id_of(console, LAKESIDE.account_id)
    run = preview(console, lakeside, lakeside_objects())

    page = show(run)

    flow, holds = (each.proto for each in page.get("vega_lite_chart"))
    assert f"Held {run.counts['held']}" in flow.alt
    assert "Our mapping " in holds.alt
    assert "Lookup not found · mapping (" in holds.alt
    assert json.loads(holds.spec)["mark"]["type"] == "bar"
    by_form = next(each.value for each in page.table if "Source" in each.value)
    assert by_form["Inquiries"].astype(int).sum() == run.record_count
    reasons = next(each.value for each in page.table if "Reason" in each.value)
    assert all(reasons["Who acts"])

    page.toggle(key="desk.screen_share").set_value(True).run()

    hidden = next(each.value for each in page.table if "Source" in each.value)
    assert not set(hidden["Source"]) & (set(by_form["Source"]) - {"(not told)"})
    assert len(set(hidden["Source"])) == len(by_form)


def test_a_legend_of_long_words_stands_one_below_the_other() -> None:
    assert legend_columns(["Create 31", "Unchanged 1", "Held 7"]) == 2
    assert legend_columns(["Your data 1", "The university's admin 4"]) == 1
