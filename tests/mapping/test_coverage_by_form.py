"""Every AI Form is judged: what one form leaves undecided is open, whatever the others do."""

from dataclasses import replace

import pytest

from core.errors import MappingProblem
from core.mapping.collected import collect
from core.mapping.coverage import require_settled
from core.mapping.covering import coverage
from core.mapping.editing.forms import with_form_row
from core.mapping.editing.not_sent import leave_out
from core.mapping.model import FormOverride, MappingDraft, RowSource, SourceField, SourceKind
from tests.mapping.fields import make_mapping, make_record, make_row

FIELDS = tuple(
    SourceField(key=key, label=key.rpartition(".")[2], group="Person")
    for key in ("lead.email", "lead.phone", "answer.pet")
)
NURSING = FormOverride(form_id="f1", form_name="Nursing: apply")
RFI = FormOverride(form_id="f2", form_name="RFI")
EMAIL, PHONE = make_row("lead.email", "Email"), make_row("lead.phone", "Phone")
PET = make_row("answer.pet", "Description")
NAMES = {"form__name": "Nursing: apply", "submission__form_id": "f1"}
SAMPLE = [
    make_record(**NAMES, lead__email="a@example.edu", lead__phone="555", answer__pet="cat"),
    make_record(**NAMES, lead__email="b@example.edu", lead__phone="556", answer__pet=""),
    make_record(submission__form_id="f2", lead__email="c@example.edu", lead__phone=" "),
]


def judged(draft: MappingDraft, *, sample=SAMPLE):
    return coverage(draft, FIELDS, collect(sample))


def still_open(draft: MappingDraft, *, sample=SAMPLE) -> dict[str, list[str]]:
    return {
        scope.form_name: [line.key for line in lines]
        for scope, lines in judged(draft, sample=sample).open_by_scope()
    }


def test_the_forms_of_the_load_and_of_the_mapping_are_judged_after_the_default():
    draft = with_form_row(make_mapping(EMAIL), FormOverride(form_id="f9"), "person", PHONE)

    assert [each.form_id for each in judged(draft).scopes] == ["", "f1", "f2", "f9"]


def test_what_the_default_leaves_open_is_named_there_and_not_again_by_each_form():
    assert still_open(make_mapping(EMAIL, PET)) == {"Default for all AI Forms": ["lead.phone"]}


def test_a_row_taken_off_for_one_form_is_open_for_that_form_only():
    draft = with_form_row(
        make_mapping(EMAIL, PHONE, PET), NURSING, "person", replace(PHONE, field_name="")
    )

    assert still_open(draft) == {"Nursing: apply": ["lead.phone"]}
    assert not judged(draft).is_complete


def test_a_reason_said_for_the_form_settles_what_it_takes_off():
    draft = with_form_row(
        make_mapping(EMAIL, PHONE, PET), NURSING, "person", replace(PHONE, field_name="")
    )

    draft = leave_out(draft, ["lead.phone"], "Not asked for by Nursing", NURSING)

    assert judged(draft).is_complete
    assert draft.not_sent == ()


def test_a_reason_said_for_one_form_settles_no_other():
    draft = leave_out(make_mapping(EMAIL, PET), ["lead.phone"], "Not wanted", RFI)

    assert still_open(draft) == {"Default for all AI Forms": ["lead.phone"]}
    assert judged(draft).scope("f2").open_lines == ()


def test_a_reason_of_the_default_holds_for_every_form_that_maps_nothing_else():
    draft = leave_out(make_mapping(EMAIL, PET), ["lead.phone"], "Not wanted")

    assert judged(draft).is_complete


def test_a_form_s_own_question_is_settled_by_the_form_s_own_row():
    draft = with_form_row(make_mapping(EMAIL, PHONE), NURSING, "person", PET)

    assert judged(draft).is_complete
    assert judged(draft).scope("f1").totals == "3 of 3 values mapped; 0 of 2 records affected"


def test_a_question_that_another_form_asks_too_is_open_for_the_default():
    draft = with_form_row(make_mapping(EMAIL, PHONE), NURSING, "person", PET)
    asked_by_both = [*SAMPLE, make_record(submission__form_id="f2", answer__pet="dog")]

    assert still_open(draft, sample=asked_by_both) == {"Default for all AI Forms": ["answer.pet"]}


def test_a_form_that_no_inquiry_came_from_is_judged_by_what_is_collected():
    unseen = FormOverride(form_id="f9", form_name="Summer")
    draft = with_form_row(
        make_mapping(EMAIL, PHONE, PET), unseen, "person", replace(EMAIL, field_name="")
    )

    assert still_open(draft) == {"Summer": ["lead.email"]}


def test_a_template_of_all_answers_maps_every_form_question():
    answers = make_row(
        "x", "Description", source=RowSource(kind=SourceKind.TEMPLATE, text="{answer.*}")
    )

    assert judged(make_mapping(EMAIL, PHONE, answers)).is_complete


def test_records_are_affected_where_they_carry_a_value_nobody_decided_on():
    reach = judged(make_mapping(EMAIL))

    assert reach.totals == "1 of 3 values mapped; 2 of 3 records affected"
    assert reach.scope("f2").totals == "1 of 2 values mapped; 0 of 1 records affected"


def test_records_of_no_form_go_by_the_default():
    reach = judged(make_mapping(EMAIL, PET), sample=[make_record(lead__phone="555")])

    assert reach.totals == "0 of 1 values mapped; 1 of 1 records affected"


def test_sign_off_is_refused_with_every_form_and_its_fields():
    draft = with_form_row(
        make_mapping(EMAIL, PHONE), NURSING, "person", replace(EMAIL, field_name="")
    )

    with pytest.raises(MappingProblem) as refused:
        require_settled(judged(draft))

    assert "Default for all AI Forms: pet; Nursing: apply: email." in refused.value.message
    assert "why it is not sent" in refused.value.advice


def test_a_settled_mapping_is_not_refused():
    require_settled(judged(make_mapping(EMAIL, PHONE, PET)))


def test_a_form_with_reasons_only_stays_until_the_last_is_taken_back():
    draft = leave_out(make_mapping(EMAIL), ["lead.phone"], "Not wanted", NURSING)
    assert [each.form_id for each in draft.forms] == ["f1"]

    assert leave_out(draft, ["lead.phone"], "", NURSING).forms == ()
