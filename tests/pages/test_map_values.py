"""The value map editor: counts, suggested pairs, edits in the table, the translation file."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.files.translation import read_translation
from core.mapping.model import UnmappedPolicy, ValueMap
from core.ui.mapping.translation import merged
from core.ui.mapping.value_grid import LEAVE_BLANK, ValueLine, edited_pairs
from tests.pages.conftest import LAKESIDE, connection_id_of, labelled, words
from tests.pages.mapping_desk import (
    PROGRAM_ROW,
    choose,
    choose_row,
    click,
    edited_row,
    frame_with,
    open_desk,
)

COUNTRY_ROW = "field:lead.country"


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def open_map(row_id: str, target: str = "") -> AppTest:
    page = choose_row(open_desk(), row_id)
    if target:
        page = choose(page, f"mapping.target.{row_id}", target)
    page.button_group("mapping.section").set_value("Value map").run()
    return click(page, f"mapping.start_map.{row_id}")


def pairs(console: Console, connection_id: str, row_id: str) -> dict[str, str]:
    value_map = edited_row(console, connection_id, row_id).value_map
    assert value_map is not None
    return dict(value_map.pairs)


def generation(page: AppTest, row_id: str) -> int:
    """How often the table was drawn anew; the browser forgets its edits only then."""
    drawn: int = page.session_state[f"mapping.value_base.{row_id}"].generation
    return drawn


def set_cell(page: AppTest, row_id: str, position: int, text: str | None) -> AppTest:
    """Edit a cell as the browser does, which sends all edits since the table was drawn."""
    base = page.session_state[f"mapping.value_base.{row_id}"]
    told = page.session_state.get(f"mapping.values.{row_id}.{base.generation}") or {}
    edits = {**told.get("edited_rows", {}), position: {"Send as": text}}
    state = page._tree.get_widget_states()
    editor = next(each for each in page.dataframe if "Send as" in each.value.columns)
    state.widgets.add(
        id=editor.proto.id,
        string_value=json.dumps({"edited_rows": edits, "added_rows": [], "deleted_rows": []}),
    )
    return page._run(state)


def test_map_starts_with_the_sure_pairs_and_counts_what_is_open(
    console: Console, lakeside: str
) -> None:
    page = open_map(COUNTRY_ROW, "hed__Citizenship__c")

    found = pairs(console, lakeside, COUNTRY_ROW)
    assert found["Côte d'Ivoire"] == "Côte d'Ivoire"
    assert "USA" not in found
    assert "values mapped" in words(page)
    lines = frame_with(page, "Send as")
    assert lines["Send as"].isna().tolist() == sorted(lines["Send as"].isna(), reverse=True)


def test_edited_cells_become_pairs_and_keep_their_place(console: Console, lakeside: str) -> None:
    page = open_map(PROGRAM_ROW)
    sources = frame_with(page, "Send as")["Halda's value"].tolist()

    page = set_cell(page, PROGRAM_ROW, 0, "BUS")
    page = set_cell(page, PROGRAM_ROW, 1, LEAVE_BLANK)

    assert pairs(console, lakeside, PROGRAM_ROW) == {sources[0]: "BUS", sources[1]: ""}
    assert frame_with(page, "Send as")["Halda's value"].tolist() == sources
    assert generation(page, PROGRAM_ROW) == 1
    assert "2 of 7 values mapped" in words(page)


def test_undo_of_a_pair_is_seen_in_the_table(console: Console, lakeside: str) -> None:
    page = set_cell(open_map(PROGRAM_ROW), PROGRAM_ROW, 0, "BUS")

    page = click(page, "mapping.undo")

    assert pairs(console, lakeside, PROGRAM_ROW) == {}
    assert generation(page, PROGRAM_ROW) == 2
    assert frame_with(page, "Send as")["Send as"].isna().all()


def test_value_that_the_table_never_offered_is_not_taken() -> None:
    lines = [ValueLine("MBA", 3, None)]

    taken = edited_pairs(ValueMap(), lines, {0: {"Send as": "Hacked"}}, frozenset({"BUS"}))

    assert taken.pairs == ()


def test_emptied_cell_takes_the_pair_off() -> None:
    lines = [ValueLine("MBA", 3, "BUS")]
    before = ValueMap(pairs=(("MBA", "BUS"),))

    assert edited_pairs(before, lines, {0: {"Send as": None}}, None).pairs == ()


def test_values_outside_the_map_follow_the_policy(console: Console, lakeside: str) -> None:
    page = open_map(PROGRAM_ROW)
    page = choose(page, f"mapping.unmapped.{PROGRAM_ROW}", UnmappedPolicy.USE_DEFAULT)
    page.text_input(f"mapping.default.{PROGRAM_ROW}").set_value("Undeclared").run()

    value_map = edited_row(console, lakeside, PROGRAM_ROW).value_map

    assert value_map is not None
    assert (value_map.unmapped, value_map.default) == (UnmappedPolicy.USE_DEFAULT, "Undeclared")


def test_coming_value_is_listed_before_any_inquiry_has_it(console: Console, lakeside: str) -> None:
    page = open_map(PROGRAM_ROW)
    page.text_input(f"mapping.add_value.{PROGRAM_ROW}").set_value("Aviation").run()

    assert "Aviation" in pairs(console, lakeside, PROGRAM_ROW)
    lines = frame_with(page, "Send as").set_index("Halda's value")
    assert lines.loc["Aviation", "Records"] == 0


def upload(page: AppTest, content: bytes) -> AppTest:
    labelled(page.get("file_uploader"), "Filled in").upload("t.csv", content, "text/csv")
    return page.run()


def test_translation_file_comes_back_filled_in(console: Console, lakeside: str) -> None:
    content = b"source value,records,send as,send blank\nMBA,7,BUS-MBA,\nNursing,8,,yes\n"

    page = upload(open_map(PROGRAM_ROW), content)
    click(page, f"mapping.translation.take.{PROGRAM_ROW}")

    assert pairs(console, lakeside, PROGRAM_ROW) == {"MBA": "BUS-MBA", "Nursing": ""}


def test_partial_translation_file_leaves_the_other_pairs_alone() -> None:
    kept = ValueMap(pairs=(("USA", "US"), ("Mexico", "MX")))
    read = read_translation(b"source value,records,send as,send blank\nusa,1,United States,\n")

    assert merged(kept, read).pairs == (("Mexico", "MX"), ("usa", "United States"))


def test_wrong_translation_file_changes_nothing_and_names_the_line(
    console: Console, lakeside: str
) -> None:
    content = b"source value,records,send as,send blank\nMBA,7,A,\nMBA,7,B,\n"

    page = upload(open_map(PROGRAM_ROW), content)

    assert "was not taken" in page.error[0].value
    assert "Line 3" in words(page)
    assert pairs(console, lakeside, PROGRAM_ROW) == {}


def test_removed_map_sends_values_as_they_are(console: Console, lakeside: str) -> None:
    page = open_map(PROGRAM_ROW)

    click(page, f"mapping.unmap.{PROGRAM_ROW}")

    assert edited_row(console, lakeside, PROGRAM_ROW).value_map is None


def test_shared_screen_masks_answers_but_not_choices(console: Console) -> None:
    page = open_map("field:lead.first_name")
    page = labelled(page.toggle, "Screen share").set_value(True).run()
    assert all("•" in text for text in frame_with(page, "Send as")["Halda's value"])

    page = choose_row(page, PROGRAM_ROW)
    page = click(page, f"mapping.start_map.{PROGRAM_ROW}")
    assert "MBA" in frame_with(page, "Send as")["Halda's value"].tolist()
