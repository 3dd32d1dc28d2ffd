"""What a reviewer broke once: choices that wander, loads that are mixed up, values that leak."""

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.preview.exports.masking import masked
from core.store.inquiries import list_batches
from tests.pages.conftest import LAKESIDE, PALMER, labelled, open_page, words


def test_after_a_load_the_new_inquiries_are_the_chosen_ones(console: Console) -> None:
    page = open_page("preview", account_id=PALMER.account_id)
    labelled(page.text_area, "Or paste a webhook payload").set_value(
        "event=inquiry.created&id=inq_1&first_name=Ada&last_name=Byron&email=a@example.edu"
    )

    page = labelled(page.button, "Load this payload").click().run()

    newest = list_batches(console.store, PALMER.account_id)[0]
    assert newest.name == "Pasted payload"
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
