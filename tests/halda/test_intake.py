"""Files and payloads to inquiries: columns recognised, text untouched, bad input named."""

import json
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.halda import intake, reading
from core.halda.intake import IntakeKind, read_inquiries
from core.halda.schema import CANONICAL_FIELDS, answer_field

WEBHOOK = {
    "event": "inquiry.created",
    "id": "inq_1",
    "student": {
        "first_name": "Ava",
        "last_name": "Lopez",
        "email": "ava.lopez@example.edu",
        "phone": "+1-555-555-5555",
    },
    "interest": {"program": "MBA", "term": "Fall 2026"},
    "metadata": {"source": "Halda Widget", "timestamp": "2025-10-13T15:45:22Z"},
}
FORM = (
    "event=inquiry.created&id=inq_102948&timestamp=2025-10-13T15%3A45%3A22Z&first_name=Ava"
    "&last_name=L%C3%B3pez&email=ava%2Bmba%40example.edu&phone=555-0100&program=MBA"
    "&term=Fall+2026&form_id=leadform_78"
)


def read(text, file_name="inquiries.csv", **options):
    return read_inquiries(text.encode(), file_name=file_name, **options)


def values(text, file_name="inquiries.csv", **options):
    return [dict(record.values) for record in read(text, file_name, **options).records]


@given(content=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@example(content=b"[" * 100_000)
@example(content=b'{"a": ' * 30 + b"1" + b"}" * 30)
@example(content=b'"unclosed')
@example(content=b"a,b\n1\n")
@example(content=b"\xef\xbb\xbf")
@example(content=b'[{"a":"\\ud800"}]')
@example(content=b'[{"a":NaN}]')
@example(content=b'[{"answers":[{"question_key":[],"value":{}}]}]')
@example(content=b"a=%ff&b=1")
def test_any_bytes_are_read_or_refused_in_words(content):
    for file_name in ("", "x.csv", "x.json"):
        try:
            records = read_inquiries(content, file_name=file_name).records
        except InvalidInput:
            continue
        assert records
        assert json.dumps([dict(each.values) for each in records], ensure_ascii=False).encode()


@pytest.mark.parametrize("field", CANONICAL_FIELDS, ids=lambda field: field.key)
def test_every_field_is_recognised_by_its_key(field):
    assert values(f"{field.key}\nx\n") == [{field.key: "x"}]


def test_every_field_is_recognised_by_its_label():
    odd = [f.key for f in CANONICAL_FIELDS if values(f"{f.label}\nx\n") != [{f.key: "x"}]]

    assert odd == []


@pytest.mark.parametrize(
    ("column", "key"),
    [
        ("First Name", "lead.first_name"),
        ("first_name", "lead.first_name"),
        ("Email Address", "lead.email"),
        ("E-Mail", "lead.email"),
        ("Zip", "lead.postal_code"),
        ("Program of Interest", "interest.program"),
        ("Timestamp", "submission.submitted_at"),
        ("utm_source", "visit.utm_source"),
        ("Halda ID", "lead.lead_profile_uid"),
        ("氏名", "answer.氏名"),
        ("???", "answer.column_1"),
    ],
)
def test_usual_headers_are_recognised_and_others_kept(column, key):
    assert values(f"{column}\nx\n") == [{key: "x"}]


def test_text_is_untouched():
    cells = ["004812", "N/A", " spaced ", "=1+1", "1e5", "O'Brien \\ x", "#N/A", "", "a;b"]
    line = ",".join(cells)
    header = ",".join(f"q{number}" for number in range(len(cells)))

    assert list(values(f"{header}\n{line}\n")[0].values()) == cells


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_the_delimiter_is_found(delimiter):
    text = f"email{delimiter}term\na@b.example{delimiter}Fall 2026\n"

    assert values(text) == [{"lead.email": "a@b.example", "interest.term": "Fall 2026"}]


def test_quoted_values_keep_separators_quotes_and_lines():
    assert values('email,note\na@b.example,"x, ""y""\nz"\n')[0]["answer.note"] == 'x, "y"\nz'


def test_unknown_columns_are_kept_and_reported():
    intake = read("email,What matters most?\na@b.example,Cost\n")

    assert intake.unknown_columns == ("What matters most?",)
    assert intake.fields_seen[1].key == "answer.what_matters_most"
    assert intake.fields_seen[1].label == "What matters most?"


def test_known_form_questions_are_found_by_label_and_not_reported():
    known = [answer_field("q7", "What matters most?")]

    intake = read("email,what matters most\na@b.example,Cost\n", known=known)

    assert intake.records[0].values["answer.q7"] == "Cost"
    assert intake.unknown_columns == ()


def test_two_columns_for_one_field_are_both_kept():
    assert values("Email Address,lead.email\na,b\n") == [
        {"answer.email_address": "a", "lead.email": "b"}
    ]


def test_the_json_webhook_maps_faithfully():
    intake = read(json.dumps(WEBHOOK), "payload.json")

    assert intake.kind is IntakeKind.WEBHOOK_JSON
    assert intake.records[0].values == {
        "submission.event": "inquiry.created",
        "submission.id": "inq_1",
        "lead.first_name": "Ava",
        "lead.last_name": "Lopez",
        "lead.email": "ava.lopez@example.edu",
        "lead.phone": "+1-555-555-5555",
        "interest.program": "MBA",
        "interest.term": "Fall 2026",
        "submission.source": "Halda Widget",
        "submission.submitted_at": "2025-10-13T15:45:22Z",
    }
    assert intake.unknown_columns == ()
    assert "No Lead Profile ID" in intake.notes[0]


def test_the_url_encoded_webhook_maps_faithfully():
    intake = read(FORM, "")

    assert intake.kind is IntakeKind.WEBHOOK_FORM
    assert intake.records[0].values == {
        "submission.event": "inquiry.created",
        "submission.id": "inq_102948",
        "submission.submitted_at": "2025-10-13T15:45:22Z",
        "lead.first_name": "Ava",
        "lead.last_name": "López",
        "lead.email": "ava+mba@example.edu",
        "lead.phone": "555-0100",
        "interest.program": "MBA",
        "interest.term": "Fall 2026",
        "submission.form_id": "leadform_78",
    }


def test_missing_null_and_blank_in_json():
    rows = values('[{"email": "", "sms_opt_in": null}, {"phone": "1"}]', "x.json")

    assert rows == [{"lead.email": ""}, {"lead.phone": "1"}]


def test_json_numbers_booleans_and_lists_become_their_text():
    text = '{"gpa": 3.750, "sat": 12345678901234567890, "first_generation": true, "race": ["A"]}'

    assert values(text, "x.json") == [
        {
            "edu.gpa": "3.750",
            "edu.sat": "12345678901234567890",
            "lead.first_generation": "true",
            "lead.race": "A",
        }
    ]


def test_form_answers_of_a_payload_become_questions():
    payload = WEBHOOK | {"answers": [{"question_key": "goal", "value": ["Cost", "Location"]}]}

    assert values(json.dumps(payload), "x.json")[0]["answer.goal"] == "Cost;Location"


@pytest.mark.parametrize(
    ("content", "file_name", "words"),
    [
        (b"", "a.csv", "empty"),
        (b" \n ", "a.csv", "empty"),
        (b'""\n" "\n', "a.csv", "empty"),
        (b"email,term\n", "a.csv", "no inquiry"),
        (b"PK\x03\x04rest", "a.csv", "Excel workbook"),
        (b"\xff\xfea\x00", "a.csv", "UTF-16"),
        (b"email\ncaf\xe9@x.example\n", "a.csv", r"byte 10 \(line 2\)"),
        (b"email\n\x00\n", "a.csv", "NUL"),
        (b"email,Email\na,b\n", "a.csv", "appear twice: email"),
        (b"email,\na,b\n", "a.csv", "Column 2 has no name"),
        (b"email,term\na,b\nc\n", "a.csv", "Line 3 has 1 values where the header has 2"),
        (b'email,term\na,"b\n', "a.csv", "quotation mark"),
        (b'{"email": \n oops}', "a.json", "line 2, column 2"),
        (b'{"email": "a", "email": "b"}', "a.json", "twice"),
        (b'[{"email": "\\ud83d"}]', "a.json", "broken character"),
        (b"[1, 2]", "a.json", "not an inquiry"),
        (b"email\na\n", "a.xlsx", r"type \.xlsx"),
        (b"a=%ff&b=1", "", "URL-encoded"),
    ],
)
def test_bad_input_is_named(content, file_name, words):
    with pytest.raises(InvalidInput, match=words) as caught:
        read_inquiries(content, file_name=file_name)

    assert caught.value.advice


@pytest.mark.parametrize(
    ("limit", "value", "text"),
    [
        ("MAX_BYTES", 5, "email\na@b.example\n"),
        ("MAX_ROWS", 1, "email\na\nb\n"),
        ("MAX_COLUMNS", 1, "email,term\na,b\n"),
        ("MAX_CELL", 3, "email\nlonger\n"),
        ("MAX_VALUES", 3, "email,term\na,b\nc,d\n"),
        ("MAX_VALUES", 1, '[{"email": "a", "term": "b"}]'),
    ],
)
def test_limits_are_said(monkeypatch, limit, value, text):
    for module in (reading, intake):
        monkeypatch.setattr(module, limit, value, raising=module is reading)

    with pytest.raises(InvalidInput, match=r"limit|more than"):
        read(text)


def test_objects_inside_a_list_are_kept_whole():
    text = '{"email": "a@b.example", "visits": [{"page": "/mba", "count": 2}]}'

    assert json.loads(values(text, "x.json")[0]["answer.visits"]) == [
        {"page": "/mba", "count": "2"}
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read_and_stay_inside_values(end):
    text = (
        f'\n \nemail,goals{end}a@b.example,"one{end}two\u2028three\x0bfour"{end}{end}c@d.example,x'
    )

    assert values(text) == [
        {"lead.email": "a@b.example", "answer.goals": f"one{end}two\u2028three\x0bfour"},
        {"lead.email": "c@d.example", "answer.goals": "x"},
    ]


def test_one_file_may_hold_a_hundred_thousand_inquiries():
    text = "email\n" + "".join(f"p{number}@b.example\n" for number in range(100_000))

    assert len(read(text).records) == 100_000
    with pytest.raises(InvalidInput, match="more than 100,000 inquiries"):
        read(text + "one@more.example\n")


def test_large_file_is_read_in_a_few_times_its_size():
    names = ",".join(f"question {number}" for number in range(30))
    line = ",".join([f"{'x' * 20}%d", *(f"Fall {number}" for number in range(29))])
    content = "\n".join([names, *(line % number for number in range(4_000))]).encode()

    tracemalloc.start()
    found = read_inquiries(content, file_name="large.csv")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(found.records) == 4_000
    assert peak < 7 * len(content)


@pytest.mark.parametrize(
    "answer", ["ava@example.edu", "2008-04-17", "4/17/2008", "+1 (801) 555-0100", " +18015550100 "]
)
def test_a_file_without_column_names_is_refused_and_says_none_of_its_answers(answer: str) -> None:
    content = f"Ava,Lopez,{answer}\nNora,Quinn,x\n".encode()

    with pytest.raises(InvalidInput) as caught:
        read_inquiries(content, file_name="people.csv")

    assert "column 3" in caught.value.message
    assert answer.strip() not in caught.value.message + caught.value.advice


@pytest.mark.parametrize(
    "name", ["Email (you@school.edu)", "2026", "Fall 2026", "+ guest", "1/2", "801 555"]
)
def test_a_question_that_only_resembles_an_answer_stays_a_column(name: str) -> None:
    intake = read_inquiries(f"{name},Email\nx,ava@example.edu\n".encode(), file_name="a.csv")

    assert len(intake.fields_seen) == 2
