"""Matching by a Salesforce id that came along with the inquiry."""

from dataclasses import replace

import pytest

from core.mapping.model import MappingDraft, MatchKey, SourceRecord
from core.preview.holds import HoldKind
from core.preview.matching.matches import Match
from core.preview.runs import page_rows
from core.salesforce.composite import Record
from tests.preview.mappings import palmer_draft
from tests.preview.org import LEAD, Answers, make_draft, make_record, match_all
from tests.preview.university import University

AVA, MEI = "00Q5f000005hR7OEAU", "00Q5f000005hR7PEAU"
BY_ID = MatchKey(field_names=("Id",), id_source="lead.crm_reference_id")
DRAFT = replace(
    make_draft(("Halda_ID__c",), ("Email",)),
    match_keys=(
        MatchKey(field_names=("Halda_ID__c",)),
        BY_ID,
        MatchKey(field_names=("Email",)),
    ),
)
OUGHT = replace(LEAD, key_prefix="00Q")


def match(stored_id: str, *records: Record, **values: str) -> Match:
    source = SourceRecord(
        row_number=1,
        values={
            "lead.lead_profile_uid": "h1",
            "lead.email": "ava@example.edu",
            "lead.crm_reference_id": stored_id,
            **values,
        },
    )
    (found,) = match_all(DRAFT, [source], Answers(*records), OUGHT)
    return found


def kind(found: Match) -> HoldKind | None:
    return found.hold.kind if found.hold else None


@pytest.mark.parametrize("stored", [AVA, AVA[:15]], ids=["18 characters", "15 characters"])
def test_record_is_found_by_the_stored_id(stored: str) -> None:
    found = match(stored, make_record(AVA, Email="old@example.edu"))

    assert (found.record_id, found.matched_by, kind(found)) == (AVA, "Id", None)


def test_stored_id_comes_after_the_halda_id_and_before_the_address() -> None:
    by_address = make_record(MEI, Email="ava@example.edu")

    first = match(MEI, make_record(AVA, Halda_ID__c="h1"), by_address)
    second = match(AVA, make_record(AVA), by_address)

    assert (first.record_id, first.matched_by) == (AVA, "Halda_ID__c")
    assert (second.record_id, second.matched_by) == (AVA, "Id")


@pytest.mark.parametrize("stored", ["nonsense", "0035f000005hR7O", f"{AVA[:17]}X"])
def test_stored_id_that_is_none_holds_by_its_own_name(stored: str) -> None:
    found = match(stored, make_record(AVA, Email="ava@example.edu"))

    assert (found.record_id, kind(found)) == ("", HoldKind.STORED_ID)
    assert found.hold is not None
    assert stored not in found.hold.reason


def test_stored_id_that_is_none_does_not_matter_where_an_earlier_key_finds_the_record() -> None:
    found = match("nonsense", make_record(AVA, Halda_ID__c="h1"))

    assert (found.record_id, kind(found)) == (AVA, None)


def test_blank_stored_id_leaves_the_matter_to_the_next_key() -> None:
    found = match("", make_record(AVA, Email="ava@example.edu"))

    assert (found.record_id, found.matched_by) == (AVA, "Email")


def test_record_of_the_stored_id_with_another_halda_id_is_held() -> None:
    assert kind(match(AVA, make_record(AVA, Halda_ID__c="h2"))) is HoldKind.DIFFERENT_ID


def test_stored_id_of_a_deleted_record_is_told() -> None:
    assert kind(match(AVA, make_record(AVA, IsDeleted=True))) is HoldKind.DELETED


def test_stored_id_of_a_merged_record_leads_on_to_the_one_that_stayed() -> None:
    gone = make_record(AVA, IsDeleted=True, MasterRecordId=MEI)

    assert match(AVA, gone, make_record(MEI)).record_id == MEI


def test_org_is_asked_for_stored_ids_with_the_other_keys(palmer: University) -> None:
    draft = palmer_draft()
    by_id = MappingDraft(objects=(replace(draft, match_keys=(BY_ID,)),))
    run = palmer.preview(MappingDraft(objects=(draft,)))
    known = next(row for row in page_rows(palmer.store, run.run_id)[0] if row.matched_id)
    values = {
        "lead.first_name": "Ava",
        "lead.last_name": "Lopez",
        "lead.email": "other@example.edu",
        "lead.phone": "+18015550100",
        "lead.crm_reference_id": known.matched_id[:15],
    }

    again = palmer.preview(by_id, [SourceRecord(row_number=1, values=values)])

    (row,), _ = page_rows(palmer.store, again.run_id)
    assert row.matched_id == known.matched_id
    assert again.api_calls <= run.api_calls
