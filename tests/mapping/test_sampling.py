"""The sample of an edit leaves out inquiries, never a field."""

from core.mapping.sampling import choose_sample
from tests.mapping.fields import make_record


def numbers(records, size):
    return [each.row_number for each in choose_sample(records, size)]


def test_the_first_inquiries_are_the_sample():
    records = [make_record(number, lead__email="a@example.edu") for number in range(5)]

    assert numbers(records, 2) == [0, 1]


def test_a_field_that_only_a_late_inquiry_fills_is_in_the_sample():
    records = [make_record(number, lead__email="a@example.edu") for number in range(5)]
    records[3] = make_record(3, answer__pet="cat")
    records[4] = make_record(4, answer__pet="dog", lead__email="")

    assert numbers(records, 2) == [0, 1, 3]


def test_what_another_form_filled_is_new_for_a_form():
    records = [
        make_record(0, form__id="a", answer__pet="cat"),
        make_record(1, form__id="a", answer__pet="dog"),
        make_record(2, form__id="b", answer__pet="cat"),
    ]

    assert numbers(records, 1) == [0, 2]
