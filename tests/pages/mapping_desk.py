"""A specialist's hands on the mapping page, and what the store holds afterwards."""

from dataclasses import replace

import pandas as pd
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.editing.rows import with_object
from core.mapping.model import FieldRow, MappingDraft, ObjectMapping
from core.store.mappings import load_draft, load_mapping, save_draft
from tests.pages.conftest import LAKESIDE, open_page

SAVE = "mapping.save"
EMAIL_ROW, PROGRAM_ROW = "field:lead.email", "field:interest.program"


def open_desk(account_id: str = LAKESIDE.account_id) -> AppTest:
    page = open_page("field_mapping", account_id=account_id, environment="demo")
    assert not page.exception
    return page


def choose_row(page: AppTest, row_id: str, section: str = "") -> AppTest:
    """Open a row's panel, also one that the first view of the table does not list."""
    page.session_state["mapping.chosen"] = row_id
    page.run()
    if section:
        page.button_group("mapping.section").set_value(section).run()
    return page


def choose(page: AppTest, key: str, value: object) -> AppTest:
    page.selectbox(key).set_value(value).run()
    assert not page.exception
    return page


def click(page: AppTest, key: str) -> AppTest:
    page.button(key).click().run()
    assert not page.exception
    return page


def decide_everything(page: AppTest) -> AppTest:
    """Give all open fields a reason, as on a call."""
    form = next(box for box in page.selectbox if box.label.startswith("are not sent"))
    form.set_value("The university does not need it")
    button = next(each for each in page.button if each.label == "Mark as not sent")
    return button.click().run()


def open_fields(page: AppTest, place: str, form_id: str = "") -> list[str]:
    """The fields that are offered to jump to, of one form or of the default."""
    return list(page.button_group(f"mapping.jump.{place}.{form_id}").options)


def frame_with(page: AppTest, column: str) -> pd.DataFrame:
    """The table that has this column."""
    frames = [each.value for each in page.dataframe]
    return next(frame for frame in frames if column in frame.columns)


def edited(console: Console, connection_id: str) -> MappingDraft:
    """What is being edited: the kept edits, else the newest version."""
    stored = load_draft(console.store, connection_id)
    if stored is not None:
        return stored.draft
    saved = load_mapping(console.store, connection_id)
    assert saved is not None
    return saved.draft


def edited_row(console: Console, connection_id: str, row_id: str) -> FieldRow:
    rows = edited(console, connection_id).person.rows
    return next(row for row in rows if row.row_id == row_id)


def edit_elsewhere(console: Console, connection_id: str, **changed: object) -> None:
    """Another person changes the person's object on another machine."""
    draft = edited(console, connection_id)
    person: ObjectMapping = replace(draft.person, **changed)  # type: ignore[arg-type]  # by name
    edit_whole_elsewhere(console, connection_id, with_object(draft, person))


def edit_whole_elsewhere(console: Console, connection_id: str, draft: MappingDraft) -> None:
    """Another person puts this in place of what is being edited."""
    stored = load_draft(console.store, connection_id)
    saved = load_mapping(console.store, connection_id)
    save_draft(
        console.store,
        connection_id=connection_id,
        draft=draft,
        based_on=saved.number if saved else 0,
        expected_revision=stored.revision if stored else 0,
        operator="Omar",
    )
