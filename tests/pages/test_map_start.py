"""The first question of an account, what one form does otherwise, and the mapping as files."""

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.files.yaml_file import to_yaml
from core.mapping.model import OrgShape, WriteRule
from core.store.mappings import discard_draft, load_draft
from tests.pages.conftest import LAKESIDE, connection_id_of, labelled, words
from tests.pages.mapping_desk import (
    EMAIL_ROW,
    choose,
    choose_row,
    click,
    edited,
    edited_row,
    open_desk,
)

FORM = "leadform_78"
OF_FORM = f"person.{FORM}."


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def forget_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in an account that has no version yet."""
    monkeypatch.setattr("core.ui.mapping.draft.load_mapping", lambda *_: None)


def test_likely_shape_is_told_with_its_evidence(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_mapping(monkeypatch)

    page = open_desk()

    told = words(page)
    assert "It looks like **Contact first**" in told
    assert "hed" in told


def form_view(page: AppTest) -> AppTest:
    return choose(page, "mapping.form", FORM)


def test_form_has_its_own_rule_until_it_is_reset(console: Console, lakeside: str) -> None:
    page = choose_row(form_view(open_desk()), EMAIL_ROW)
    page = choose(page, f"mapping.rule.{OF_FORM}{EMAIL_ROW}", WriteRule.CREATE_ONLY)

    draft = edited(console, lakeside)
    assert edited_row(console, lakeside, EMAIL_ROW).write_rule is WriteRule.NEVER_BLANK_OUT
    assert draft.forms[0].form_name == "Undergraduate RFI"
    assert draft.forms[0].rows[0].row.write_rule is WriteRule.CREATE_ONLY

    click(page, f"mapping.reset.{OF_FORM}{EMAIL_ROW}")
    assert edited(console, lakeside).forms == ()


def test_default_is_untouched_by_a_target_taken_off_for_one_form(
    console: Console, lakeside: str
) -> None:
    page = choose_row(form_view(open_desk()), EMAIL_ROW)

    page = choose(page, f"mapping.target.{OF_FORM}{EMAIL_ROW}", None)

    assert edited_row(console, lakeside, EMAIL_ROW).field_name == "Email"
    assert edited(console, lakeside).forms[0].rows[0].row.field_name == ""
    assert "An edit here changes this form only" in words(page)


def upload(page: AppTest, text: str) -> AppTest:
    uploader = labelled(page.get("file_uploader"), "Import a file")
    uploader.upload("palmer.yaml", text.encode(), "application/yaml")
    return page.run()


def test_exported_mapping_comes_back_whole(console: Console, lakeside: str) -> None:
    before = edited(console, lakeside)
    page = choose(choose_row(open_desk(), EMAIL_ROW), f"mapping.target.{EMAIL_ROW}", None)

    page = click(upload(page, to_yaml(before)), "mapping.yaml.take")

    assert edited(console, lakeside) == before
    stored = load_draft(console.store, lakeside)
    assert stored is not None
    assert stored.origin == "imported from palmer.yaml"
    discard_draft(
        console.store,
        connection_id=lakeside,
        expected_revision=stored.revision,
        operator="Ines",
    )


def test_file_with_an_error_names_line_and_reason_and_changes_nothing(
    console: Console, lakeside: str
) -> None:
    before = edited(console, lakeside)
    text = to_yaml(before).replace("write_rule:", "write_rules:", 1)

    page = upload(open_desk(), text)

    assert "was not taken" in page.error[0].value
    problems = page.dataframe("mapping.yaml.problems").value
    assert problems["Line"].iloc[0] > 1
    assert "write_rule" in str(problems["What is wrong"].iloc[0])
    assert edited(console, lakeside) == before


def test_other_shape_may_be_chosen(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    forget_mapping(monkeypatch)

    page = open_desk()

    radio = page.radio("mapping.shape")
    assert radio.value is OrgShape.CONTACT_FIRST
    assert len(radio.options) > 2
