"""One row on the mapping page: target, rules, steps, lookup, further targets, trying a value."""

import json
from dataclasses import replace

import pytest

from core.console import Console
from core.mapping.model import (
    LookupPolicy,
    Newer,
    NullRule,
    SourceKind,
    TransformKind,
    WriteRule,
)
from core.preview.exports.masking import masked
from tests.pages.conftest import LAKESIDE, connection_id_of, labelled, words
from tests.pages.mapping_desk import (
    EMAIL_ROW,
    PROGRAM_ROW,
    choose,
    choose_row,
    click,
    edited,
    edited_row,
    frame_with,
    open_desk,
)

PHONE_ROW = "field:lead.phone"


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def test_rules_of_a_row_are_chosen(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), EMAIL_ROW)
    page = choose(page, f"mapping.rule.{EMAIL_ROW}", WriteRule.ONLY_IF_NEWER)
    page = choose(page, f"mapping.newer_theirs.{EMAIL_ROW}", "CreatedDate")
    page = choose(page, f"mapping.null.{EMAIL_ROW}", NullRule.USE_TEXT)
    page.text_input(f"mapping.null_text.{EMAIL_ROW}").set_value("none@example.edu").run()

    row = edited_row(console, lakeside, EMAIL_ROW)

    assert row.newer == Newer(field_name="CreatedDate")
    assert (row.null_rule, row.null_text) == (NullRule.USE_TEXT, "none@example.edu")


def test_steps_are_added_set_moved_and_removed(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), PHONE_ROW)
    page = choose(page, f"mapping.add_step.{PHONE_ROW}", TransformKind.PHONE)
    page = choose(page, f"mapping.add_step.{PHONE_ROW}", TransformKind.TRIM)
    page.text_input(f"mapping.option.{PHONE_ROW}.0.phone.country").set_value("MX").run()
    page = click(page, f"mapping.move.{PHONE_ROW}.1.-1")

    steps = edited_row(console, lakeside, PHONE_ROW).transforms
    assert [step.kind for step in steps] == [TransformKind.TRIM, TransformKind.PHONE]
    assert steps[1].option("country") == "MX"
    assert "default country MX" in words(page)

    click(page, f"mapping.unstep.{PHONE_ROW}.0")
    assert [s.kind for s in edited_row(console, lakeside, PHONE_ROW).transforms] == ["phone"]


def test_step_shows_samples_before_and_after(console: Console) -> None:
    page = choose_row(open_desk(), PHONE_ROW)
    page = choose(page, f"mapping.add_step.{PHONE_ROW}", TransformKind.PHONE)

    examples = frame_with(page, "From Halda")

    assert next(iter(examples.columns)) == "From Halda"
    assert any(str(text).startswith("+1") for text in examples["Would send"])


def test_wrong_option_is_told_at_the_step(console: Console) -> None:
    page = choose_row(open_desk(), EMAIL_ROW)
    page = choose(page, f"mapping.add_step.{EMAIL_ROW}", TransformKind.TRUNCATE)

    assert "Characters to keep: a whole number" in words(page)


def test_value_is_tried_and_every_outcome_told(console: Console) -> None:
    page = choose_row(open_desk(), EMAIL_ROW, "Try a value")
    page.text_input(f"mapping.try.{EMAIL_ROW}").set_value("ava@example.edu").run()

    outcome = frame_with(page, "because")

    assert "Would send" in words(page)
    assert list(outcome["If"]) == ["New record", "Salesforce is blank", "Salesforce has a value"]


def test_edge_case_is_picked_from_the_list(console: Console) -> None:
    page = choose_row(open_desk(), "field:lead.last_name", "Try a value")
    key = "mapping.edge.field:lead.last_name"
    longest = next(each for each in page.selectbox(key).options if "too long" in each)

    page = choose(page, key, longest.split(":")[0])

    assert "holds the inquiry" in str(frame_with(page, "because"))


def test_blank_table_follows_the_rules(console: Console) -> None:
    page = choose_row(open_desk(), EMAIL_ROW, "Blanks")
    assert "clears" not in str(frame_with(page, "Halda has"))

    page = choose(page, f"mapping.rule.{EMAIL_ROW}", WriteRule.ALWAYS)
    assert "clears the field" in str(frame_with(page, "Halda has").to_numpy().tolist())


def test_source_is_sent_to_one_more_field_and_taken_off(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), EMAIL_ROW, "More")
    page = choose(page, f"mapping.also.{EMAIL_ROW}", "Description")

    rows = [r for r in edited(console, lakeside).person.rows if r.source.text == "lead.email"]
    assert [row.field_name for row in rows] == ["Email", "Description"]

    page = choose_row(page, rows[1].row_id)
    click(page, f"mapping.remove.{rows[1].row_id}")
    left = [r for r in edited(console, lakeside).person.rows if r.source.text == "lead.email"]
    assert [row.field_name for row in left] == ["Email"]


def test_constant_is_added_and_becomes_a_template(console: Console, lakeside: str) -> None:
    page = open_desk()
    labelled(page.text_input, "Value, template or id").set_value("Halda")
    labelled(page.selectbox, "Salesforce field").set_value("Description")
    page = next(each for each in page.button if each.label == "Add").click().run()
    row = next(r for r in edited(console, lakeside).person.rows if r.field_name == "Description")
    assert (row.source.kind, row.source.text) == (SourceKind.CONSTANT, "Halda")

    page = choose_row(page, row.row_id)
    page = choose(page, f"mapping.kind.{row.row_id}", SourceKind.TEMPLATE)
    page = choose(page, f"mapping.insert.{row.row_id}", "lead.first_name")

    assert edited_row(console, lakeside, row.row_id).source.text == "Halda {lead.first_name}"
    assert "First inquiry: Halda" in words(page)


def test_lookup_is_set_where_the_target_is_a_reference(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), PROGRAM_ROW)
    page = choose(page, f"mapping.target.{PROGRAM_ROW}", "AccountId")
    page = choose(page, f"mapping.lookup.by_field.{PROGRAM_ROW}", "Name")
    choose(page, f"mapping.lookup.not_found.{PROGRAM_ROW}", "blank")

    lookup = edited_row(console, lakeside, PROGRAM_ROW).lookup

    assert lookup is not None
    assert (lookup.sobject_name, lookup.by_field) == ("Account", "Name")
    assert lookup.not_found is LookupPolicy.BLANK


def test_target_of_another_field_forgets_the_lookup(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), PROGRAM_ROW)
    page = choose(page, f"mapping.target.{PROGRAM_ROW}", "AccountId")
    page = choose(page, f"mapping.lookup.by_field.{PROGRAM_ROW}", "Name")

    choose(page, f"mapping.target.{PROGRAM_ROW}", "Description")

    assert edited_row(console, lakeside, PROGRAM_ROW).lookup is None


def test_note_and_next_row(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), EMAIL_ROW, "More")
    page.text_area(f"mapping.note.{EMAIL_ROW}").set_value("as in the old CRM").run()
    assert edited_row(console, lakeside, EMAIL_ROW).note == "as in the old CRM"

    page = click(page, "mapping.step.1")

    assert page.selectbox("mapping.row").value == PHONE_ROW


def test_two_widgets_that_report_at_once_both_count(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), EMAIL_ROW, "More")
    page.text_area(f"mapping.note.{EMAIL_ROW}").set_value("noted")
    page.selectbox(f"mapping.rule.{EMAIL_ROW}").set_value(WriteRule.ALWAYS)

    page.run()

    row = edited_row(console, lakeside, EMAIL_ROW)
    assert (row.note, row.write_rule) == ("noted", WriteRule.ALWAYS)


def test_row_that_is_not_sent_carries_the_reason(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), "field:lead.parent_first_name")
    choose(page, "mapping.reason.lead.parent_first_name", "Kept in Halda only")

    not_sent = edited(console, lakeside).not_sent

    assert [each.source_key for each in not_sent] == ["lead.parent_first_name"]
    assert not_sent[0].reason == "Kept in Halda only"


def test_shared_screen_masks_the_samples_of_a_row(console: Console) -> None:
    page = choose_row(open_desk(), EMAIL_ROW)
    shown = str(frame_with(page, "From Halda")["From Halda"].iloc[0])
    assert "@" in shown

    page = labelled(page.toggle, "Screen share").set_value(True).run()

    tables = " ".join(str(frame.value.to_numpy().tolist()) for frame in page.dataframe)
    assert shown not in tables + words(page)
    assert masked(shown) in tables


def test_org_texts_are_never_read_as_markdown(console: Console, lakeside: str) -> None:
    page = choose_row(open_desk(), EMAIL_ROW, "More")
    page.text_area(f"mapping.note.{EMAIL_ROW}").set_value("**bold** [x](http://x)").run()
    assert replace(edited_row(console, lakeside, EMAIL_ROW)).note == "**bold** [x](http://x)"
    assert not any("[x](http://x)" in each.value for each in page.markdown)


def test_one_click_takes_every_sure_suggestion(console: Console, lakeside: str) -> None:
    before = edited(console, lakeside).person
    page = open_desk()
    for row_id in (EMAIL_ROW, PHONE_ROW):
        page = choose(choose_row(page, row_id), f"mapping.target.{row_id}", None)

    page = click(page, "mapping.take_all")

    after = edited(console, lakeside).person
    assert {row.field_name for row in after.rows} == {row.field_name for row in before.rows}
    assert page.button("mapping.take_all").disabled


def test_suggestion_below_the_line_is_taken_at_its_row(console: Console, lakeside: str) -> None:
    row_id = "field:lead.ethnicity"
    page = choose_row(open_desk(), row_id)
    assert "look before taking it" in words(page)

    click(page, f"mapping.accept.{row_id}")

    assert edited_row(console, lakeside, row_id).field_name == "hed__Ethnicity__c"


def test_open_view_keeps_the_row_that_was_just_mapped(console: Console, lakeside: str) -> None:
    row_id = "field:lead.parent_first_name"
    page = open_desk()
    page.button_group("mapping.view").set_value("Open").run()
    page = choose_row(page, row_id)

    page = choose(page, f"mapping.target.{row_id}", "Description")

    assert page.selectbox(f"mapping.target.{row_id}").value == "Description"
    assert edited_row(console, lakeside, row_id).field_name == "Description"


def test_table_tells_source_sample_target_rule_and_problem_in_this_order(console: Console) -> None:
    page = open_desk()

    table = next(each for each in page.dataframe if "Problem" in each.value.columns)
    shown = json.loads(table.proto.columns)
    widths = [shown[name]["width"] for name in table.proto.column_order]

    assert list(table.proto.column_order) == [
        *("State", "Halda field", "Sample", "Salesforce field", "Rule", "Problem")
    ]
    assert sum(widths) < 820 - 40, "a screen of 1280 pixels, less the boxes to choose a row"


def test_problem_begins_with_how_many_inquiries_it_concerns(console: Console) -> None:
    problems = frame_with(open_desk(), "Problem").set_index("Halda field")["Problem"]

    assert problems["Last name"].startswith("1 · 92 characters")
