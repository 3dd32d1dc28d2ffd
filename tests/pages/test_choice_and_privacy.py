"""What a reviewer broke once: choices that wander, loads that are mixed up, values that leak."""

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.model import SourceRecord
from core.preview.exports.masking import masked
from core.store.inquiries import list_batches, save_batch
from core.store.mappings import load_mapping
from core.ui.tables import _height_of
from tests.pages.conftest import LAKESIDE, PALMER, connection_id_of, labelled, open_page, words


def load(console: Console, name: str) -> str:
    """Load one inquiry of this person; the file's name is always the same."""
    record = SourceRecord(row_number=1, values={"lead.first_name": name, "lead.last_name": "Lee"})
    batch = save_batch(
        console.store,
        account_id=LAKESIDE.account_id,
        name="same.csv",
        kind="csv",
        records=[record],
        operator="Ines",
    )
    return batch.batch_id


def preview(console: Console, name: str) -> str:
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    mapping = load_mapping(console.store, connection_id)
    assert mapping is not None
    run_id = console.runner.start(
        connection_id=connection_id,
        mapping_version_id=mapping.version_id,
        batch_id=load(console, name),
        operator="Ines",
    )
    return console.runner.wait(run_id, 60).run_id


def test_after_a_load_the_new_inquiries_are_the_chosen_ones(console: Console) -> None:
    page = open_page("preview", account_id=PALMER.account_id)
    labelled(page.text_area, "Or paste a webhook payload").set_value(
        "event=inquiry.created&id=inq_1&first_name=Ada&last_name=Byron&email=a@example.edu"
    )

    page = labelled(page.button, "Load this payload").click().run()

    newest = list_batches(console.store, PALMER.account_id)[0]
    assert newest.name == "Pasted payload"
    assert "No Lead Profile ID in it" in words(page.run())  # stays after the toast is gone
    assert labelled(page.selectbox, "Inquiries").value == newest.batch_id


@pytest.mark.parametrize("key", ["app_setup", "field_mapping", "preview"])
def test_an_unknown_account_never_opens_another_one(console: Console, key: str) -> None:
    page = open_page(key, account_id="nope")

    assert "not on the board" in words(page)
    assert not any(box.label == "Account" for box in page.selectbox)


def test_a_conflict_stays_with_its_own_account(console: Console) -> None:
    page = open_page("field_mapping", account_id=LAKESIDE.account_id)
    page.session_state["mapping.conflict.of-another-connection"] = "somebody"

    page = page.run()

    assert "Somebody saved this mapping before you" not in words(page)


@pytest.mark.parametrize("value", ["", "a", "Ava", "x" * 300])
def test_a_masked_value_never_shows_more_than_its_first_letter(value: str) -> None:
    shown = masked(value)

    assert shown.replace("•", "") in {"", value[:1] if len(value) > 1 else ""}
    assert len(shown) <= 7


def test_a_shared_screen_hides_the_orgs_values_in_the_reasons(console: Console) -> None:
    page = open_page("preview", account_id=LAKESIDE.account_id)
    page.toggle("preview.changes").set_value(False).run()
    page = page.toggle("desk.screen_share").set_value(True).run()

    cells = [str(cell) for frame in page.dataframe for cell in frame.value.to_numpy().ravel()]

    assert any("•••" in cell for cell in cells)
    assert not any("555 0142" in cell or "555-5555" in cell for cell in cells)


def test_a_chosen_row_stays_chosen_when_a_search_moves_it() -> None:
    def script() -> None:
        import streamlit as st

        from core.ui.tables import _followed

        ids = tuple(st.session_state["ids"])
        position = st.session_state["position"]
        st.session_state["found"] = _followed("t", position, ids)

    page = AppTest.from_function(script)
    page.session_state["ids"], page.session_state["position"] = ["a", "b", "c"], None
    page.run()
    page.session_state["position"] = 2
    assert page.run().session_state["found"] == 2

    page.session_state["ids"] = ["x", "c", "y"]

    assert page.run().session_state["found"] == 1
    page.session_state["ids"] = ["x", "y", "z"]
    assert page.run().session_state["found"] is None


def test_every_choice_of_an_account_counts_not_only_every_second(console: Console) -> None:
    page = open_page("app_setup", account_id=PALMER.account_id)

    for account in (LAKESIDE, PALMER, LAKESIDE):
        page = labelled(page.selectbox, "Account").set_value(account.account_id).run()

        assert labelled(page.selectbox, "Account").value == account.account_id
        assert account.account_id in page.query_params["account_id"]


def test_every_choice_of_a_preview_counts_not_only_every_second(console: Console) -> None:
    runs = [preview(console, name) for name in ("Ann", "Bob")]
    page = open_page("preview", account_id=LAKESIDE.account_id)

    for run_id in (*runs, runs[0]):
        page = labelled(page.selectbox, "Previews").set_value(run_id).run()

        assert run_id in page.query_params["run"]
        assert labelled(page.selectbox, "Previews").value == run_id


def test_two_loads_of_one_name_read_differently(console: Console) -> None:
    for name in ("Ann", "Bob", "Cyd"):
        load(console, name)

    page = open_page("preview", account_id=LAKESIDE.account_id)

    choices = labelled(page.selectbox, "Inquiries").options
    assert len(choices) == 4
    assert len(set(choices)) == 4


def test_a_list_of_people_is_another_one_while_the_screen_is_shared(console: Console) -> None:
    page = open_page("preview", account_id=LAKESIDE.account_id)
    shown = labelled(page.selectbox, "Inquiry (")
    page = shown.set_value(2).run()

    page = page.toggle("desk.screen_share").set_value(True).run()

    hidden = labelled(page.selectbox, "Inquiry (")
    assert hidden.id != shown.id  # the same one would go on showing the name in the browser
    assert hidden.value == 2
    assert all("•" in each for each in hidden.options)


def test_a_short_table_has_no_empty_lines_and_a_long_one_keeps_its_height() -> None:
    assert _height_of(3, 300) == "auto"
    assert _height_of(300, 300) == 300
    assert _height_of(300, None) == "auto"
