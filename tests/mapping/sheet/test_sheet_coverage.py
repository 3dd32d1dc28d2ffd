"""Coverage on the sign-off sheet: a line for the default and each form, in both of its shapes."""

from dataclasses import replace

from core.mapping.collected import collect
from core.mapping.covering import coverage
from core.mapping.editing.not_sent import leave_out
from core.mapping.model import FormOverride, SourceField
from core.mapping.sheet import SignOffSheet, build_sheet, to_html, to_workbook
from tests.mapping.fields import LEAD, make_mapping, make_record, make_row
from tests.mapping.sheet.test_sheet import FACTS, html_cells, workbook_lines

NURSING = FormOverride(form_id="f1", form_name="Nursing")
FIELDS = (
    SourceField(key="lead.email", label="E-mail", group="Person"),
    SourceField(key="lead.phone", label="Phone", group="Person"),
)
SAMPLE = [
    make_record(submission__form_id="f1", form__name="Nursing", lead__phone="555"),
    make_record(submission__form_id="f2", lead__email="a@example.edu", lead__phone="556"),
]


def sheet() -> SignOffSheet:
    draft = leave_out(
        make_mapping(make_row("lead.email", "Email")), ["lead.phone"], "Not asked for", NURSING
    )
    reach = coverage(draft, FIELDS, collect(SAMPLE))
    facts = replace(FACTS, coverage=reach, load_name="october.csv")
    return build_sheet(draft, facts, {"Lead": LEAD}, {"lead.phone": "Phone"})


def test_each_form_has_its_line_and_what_is_open_is_named_once():
    section = next(each for each in sheet().sections if each.name == "Coverage")

    assert section.lines == (
        ("Default for all AI Forms", "2", "1 of 2", "0", "1", "1", "Phone"),
        ("Nursing (f1)", "1", "0 of 1", "1", "0", "0", ""),
        ("f2 (f2)", "1", "1 of 2", "0", "1", "1", ""),
    )
    assert "1 of 2 values mapped; 1 of 2 records affected" in section.told
    assert "october.csv" in section.told


def test_totals_and_a_form_s_own_reason_are_on_page_and_workbook():
    reason = ("Nursing (f1)", "Phone", "lead.phone", "Not asked for")

    for lines in (html_cells(to_html(sheet())).lines, workbook_lines(to_workbook(sheet()))):
        assert reason in lines
        [(_, totals)] = [line for line in lines if line[:1] == ("Coverage",)]
        assert totals.startswith("1 of 2 values mapped; 1 of 2 records affected")
