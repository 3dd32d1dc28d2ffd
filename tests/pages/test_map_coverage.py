"""Coverage on the mapping page: each AI Form is judged, and what is open is a click away."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.editing.forms import with_form_row
from core.mapping.model import FormOverride
from core.store.mappings import state_of
from tests.pages.conftest import LAKESIDE, connection_id_of, words
from tests.pages.mapping_desk import (
    EMAIL_ROW,
    choose,
    click,
    decide_everything,
    edit_whole_elsewhere,
    edited,
    open_desk,
    open_fields,
)

FORM = FormOverride(form_id="leadform_91", form_name="Summer school")
EMAIL = "lead.email"


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


@pytest.fixture
def page(console: Console, lakeside: str) -> AppTest:
    """Everything is decided but the e-mail, which one form does not send and gives no reason."""
    decide_everything(open_desk())
    draft = edited(console, lakeside)
    row = next(row for row in draft.person.rows if row.row_id == EMAIL_ROW)
    changed = with_form_row(draft, FORM, "person", replace(row, field_name=""))
    edit_whole_elsewhere(console, lakeside, changed)
    return open_desk()


def test_what_one_form_leaves_open_keeps_the_sign_off_back_by_form_and_field(
    console: Console, lakeside: str, page: AppTest
) -> None:
    assert "with something open" in page.expander("mapping.by_form").label
    [meter] = page.get("progress")
    assert "problems hold single inquiries" in str(meter.proto.text)

    page = click(page, "mapping.sign_off")

    assert open_fields(page, "dialog", FORM.form_id) == ["Email"]
    assert "Summer school" in words(page)
    assert state_of(console.store, lakeside).signed is None


def test_an_open_field_is_a_click_away_and_a_reason_for_its_form_settles_it(
    console: Console, lakeside: str, page: AppTest
) -> None:
    page = page.button_group(f"mapping.jump.page.{FORM.form_id}").set_value(EMAIL).run()

    assert page.selectbox("mapping.form").value == FORM.form_id
    assert page.session_state["mapping.chosen"] == EMAIL_ROW

    page = choose(page, f"mapping.reason.{FORM.form_id}.{EMAIL}", "The university does not need it")

    told = edited(console, lakeside).forms[0].not_sent
    assert [each.source_key for each in told] == [EMAIL]
    assert "nothing is open" in page.expander("mapping.by_form").label
