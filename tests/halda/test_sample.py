"""The stored sample reads back as itself in every shape."""

import pytest

from core.halda.intake import IntakeKind, read_inquiries
from core.halda.sample import sample_csv, sample_json, sample_records, webhook_form, webhook_json

PAYLOAD_KEYS = {
    "submission.event", "submission.id", "submission.submitted_at", "lead.first_name",
    "lead.last_name", "lead.email", "lead.phone", "interest.program", "interest.term",
}  # fmt: skip


def test_the_sample_holds_about_forty_inquiries_with_the_known_people():
    by_email = {record.values["lead.email"]: record.values for record in sample_records()}

    assert len(sample_records()) >= 40
    assert by_email["noah.baker@example.edu"]["interest.term"] == "Fall 2027"
    assert sample_records()[0].values["lead.lead_profile_uid"] == "clx2v8k1r000408jm2q7b1c9e"


def test_the_json_export_reads_back_exactly():
    intake = read_inquiries(sample_json().encode(), file_name="sample.json")

    assert intake.records == sample_records()


def test_the_csv_export_reads_back_with_blanks_for_what_was_not_sent():
    intake = read_inquiries(sample_csv().encode(), file_name="sample.csv")

    for read, given in zip(intake.records, sample_records(), strict=True):
        assert {k: v for k, v in read.values.items() if v or k in given.values} == given.values


@pytest.mark.parametrize("record", sample_records(), ids=lambda record: str(record.row_number))
def test_each_inquiry_survives_both_webhooks(record):
    expected = {key: text for key, text in record.values.items() if key in PAYLOAD_KEYS}

    as_json = read_inquiries(webhook_json(record.values).encode())
    as_form = read_inquiries(webhook_form(record.values).encode())

    assert as_json.kind is IntakeKind.WEBHOOK_JSON
    assert as_form.kind is IntakeKind.WEBHOOK_FORM
    for intake in (as_json, as_form):
        values = intake.records[0].values
        assert {key: text for key, text in values.items() if key in PAYLOAD_KEYS} == expected
