"""A Salesforce id that comes along with an inquiry: read, checked, and kept out of old hashes."""

from dataclasses import replace

import pytest

from core.mapping.checks.issues import IssueKind, Severity
from core.mapping.checks.whole_draft import check_draft
from core.mapping.diff.phrases import match_keys_words
from core.mapping.files.serialize import content_hash, from_content, to_content
from core.mapping.files.yaml_file import from_yaml, to_yaml
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceField,
    SourceKind,
    SourceRecord,
)
from core.mapping.stored_ids import carrying_ids, read_stored_id
from tests.preview.org import LEAD

OUGHT = replace(LEAD, key_prefix="00Q")
SHORT, LONG = "00Q5f000005hR7O", "00Q5f000005hR7OEAU"
BY_ID = MatchKey(field_names=("Id",), id_source="lead.crm_reference_id")
DRAFT = MappingDraft(
    objects=(
        ObjectMapping(
            sobject_name="Lead",
            match_keys=(
                MatchKey(field_names=("Halda_ID__c",)),
                MatchKey(field_names=("Email", "LastName")),
            ),
            rows=(
                FieldRow(
                    row_id="a",
                    source=RowSource(kind=SourceKind.FIELD, text="lead.email"),
                    field_name="Email",
                ),
            ),
        ),
    )
)
WITH_ID = replace(DRAFT, objects=(replace(DRAFT.person, match_keys=(BY_ID,)),))


@pytest.mark.parametrize("text", [SHORT, LONG, f" {LONG}\n"], ids=["short", "long", "spaced"])
def test_id_is_read_in_eighteen_characters(text: str) -> None:
    assert read_stored_id(text, OUGHT).value == LONG


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("00Q5f000005hR7OEAX", "no Salesforce id"),
        ("00Q5f000005hR7", "no Salesforce id"),
        ("ava@example.edu", "no Salesforce id"),
        ("0035f000005hR7O", "another object than Lead"),
    ],
    ids=["mistyped", "short of one", "something else", "a contact's"],
)
def test_text_that_is_no_id_of_the_object_is_refused_without_repeating_it(
    text: str, why: str
) -> None:
    found = read_stored_id(text, OUGHT)

    assert found.value == ""
    assert why in found.problem
    assert text not in found.problem


def test_mapping_without_the_setting_keeps_the_hash_it_was_signed_with() -> None:
    signed = "a016829114a72b450bcf2797868ac5e1c148dbaddddfb3df6e115186f33017ab"

    assert content_hash(DRAFT) == signed
    assert content_hash(WITH_ID) != signed


def test_setting_comes_back_from_store_and_file() -> None:
    assert from_content(to_content(WITH_ID)) == WITH_ID
    assert from_yaml(to_yaml(WITH_ID)) == WITH_ID
    assert match_keys_words(WITH_ID.person.match_keys) == "Id in lead.crm_reference_id"


def test_check_counts_inquiries_whose_stored_id_is_none() -> None:
    sample = [
        SourceRecord(row_number=number, values={"lead.crm_reference_id": text})
        for number, text in enumerate(("", SHORT, "nonsense", "0035f000005hR7O"), start=1)
    ]

    issues = check_draft(WITH_ID, {"Lead": OUGHT}, sample=sample, fields=())

    told = [each.issue for each in issues]
    (found,) = [each for each in told if each.kind is IssueKind.STORED_ID_WRONG]
    assert (found.severity, found.affected_count, found.first_row_number) == (Severity.HOLDS, 2, 3)
    assert not [each for each in told if each.kind is IssueKind.MATCH_KEY_UNMAPPED]


def test_source_fields_with_ids_are_found_by_example_or_sample() -> None:
    fields = [
        SourceField(key="lead.crm_reference_id", label="CRM", group="Lead", example=SHORT),
        SourceField(key="answer.sf", label="Answer", group="Answers"),
        SourceField(key="lead.email", label="Email", group="Lead", example="a@example.edu"),
    ]
    sample = [SourceRecord(row_number=1, values={"answer.sf": LONG, "lead.email": "b@c.edu"})]

    assert list(carrying_ids(fields, sample, OUGHT)) == ["lead.crm_reference_id", "answer.sf"]
