"""Records that were deleted, merged or converted: followed where that is certain, else held."""

import pytest

from core.errors import WhoActs
from core.mapping.model import MappingDraft, Operation, SourceRecord
from core.preview.holds import HoldKind
from core.preview.matching.matches import Match
from core.preview.planning.match import Matcher
from core.preview.runs import page_rows
from core.salesforce.composite import Record
from tests.preview.mappings import palmer_draft
from tests.preview.org import (
    LEAD,
    Answers,
    apply_all,
    make_draft,
    make_record,
    make_source,
    match_all,
)
from tests.preview.university import University

KEYS = (("Halda_ID__c",), ("Email",))


def match(*records: Record, operation: Operation = Operation.UPSERT, **values: str) -> Match:
    draft = make_draft(*KEYS, operation=operation)
    sources = [make_source(**{"Halda_ID__c": "h1", "Email": "ava@example.edu", **values})]
    (found,) = match_all(draft, sources, Answers(*records))
    return found


def kind(found: Match) -> HoldKind | None:
    return found.hold.kind if found.hold else None


def merged(into: str, **values: object) -> Record:
    gone = {"Halda_ID__c": "h1", "IsDeleted": True, "MasterRecordId": into}
    return make_record("00Q9", **{**gone, **values})


def test_a_deleted_record_holds_the_inquiry_and_is_named() -> None:
    found = match(make_record("00Q1", Halda_ID__c="h1", IsDeleted=True))

    assert kind(found) is HoldKind.DELETED
    assert found.hold is not None
    assert found.hold.who_acts is WhoActs.UNIVERSITY_ADMIN
    assert [(each.record_id, each.note) for each in found.candidates] == [("00Q1", "deleted")]


def test_a_live_record_of_a_later_key_is_taken_and_the_deleted_one_told() -> None:
    found = match(
        make_record("00Q1", Halda_ID__c="h1", IsDeleted=True),
        make_record("00Q2", Email="ava@example.edu"),
    )

    assert (found.record_id, found.matched_by, kind(found)) == ("00Q2", "Email", None)
    assert found.note == "A record with this Halda_ID__c was deleted in Salesforce."


def test_a_live_record_hides_a_deleted_one_of_the_same_id() -> None:
    found = match(
        make_record("00Q1", Halda_ID__c="h1", IsDeleted=True),
        make_record("00Q2", Halda_ID__c="h1"),
    )

    assert (found.record_id, found.note) == ("00Q2", "")


def test_an_insert_does_not_mind_a_deleted_record() -> None:
    found = match(make_record("00Q1", Halda_ID__c="h1", IsDeleted=True), operation=Operation.INSERT)

    assert (found.record_id, kind(found)) == ("", None)


def test_a_merged_record_leads_on_to_the_one_that_stayed() -> None:
    found = match(merged("00Q2"), make_record("00Q2", Email="other@example.edu"))

    assert (found.record_id, kind(found)) == ("00Q2", None)
    assert found.matched_by == "Halda_ID__c of a record merged into it"
    assert "merged into this one" in found.note


def test_records_merged_one_into_another_are_followed_to_the_end() -> None:
    between = make_record("00Q8", IsDeleted=True, MasterRecordId="00Q2")

    assert match(merged("00Q8"), between, make_record("00Q2")).record_id == "00Q2"


def test_records_merged_in_a_circle_end_nowhere() -> None:
    found = match(merged("00Q8"), make_record("00Q8", IsDeleted=True, MasterRecordId="00Q9"))

    assert kind(found) is HoldKind.DELETED


def test_a_merge_into_a_record_with_another_id_is_held_with_that_record() -> None:
    found = match(merged("00Q2"), make_record("00Q2", Halda_ID__c="h2", Name="Ava Lopez"))

    assert (found.record_id, kind(found)) == ("", HoldKind.MERGED)
    assert [(each.record_id, each.name) for each in found.candidates] == [("00Q2", "Ava Lopez")]


def test_only_keys_that_identify_ask_for_deleted_records() -> None:
    draft, answers = make_draft(*KEYS), Answers()
    sources = [make_source(Halda_ID__c="h1", Email="ava@example.edu")]

    Matcher(draft, LEAD).look_for(apply_all(draft, sources), answers)

    assert answers.asked_with_deleted == [True, False]


def test_a_converted_lead_names_the_contact_it_became() -> None:
    found = match(
        make_record("00Q1", Halda_ID__c="h1", IsConverted=True, ConvertedContactId="003A")
    )

    assert kind(found) is HoldKind.CONVERTED_LEAD
    (contact,) = found.candidates
    assert (contact.record_id, contact.sobject_name) == ("003A", "Contact")


@pytest.mark.parametrize("visible", [True, False], ids=["visible", "hidden"])
def test_a_hidden_contact_is_not_promised(visible: bool) -> None:
    contact = "003A" if visible else None
    found = match(
        make_record("00Q1", Halda_ID__c="h1", IsConverted=True, ConvertedContactId=contact)
    )

    assert found.hold is not None
    assert ("contact below" in found.hold.reason) is visible


def test_the_demo_org_tells_what_was_deleted_and_converted(palmer: University) -> None:
    values = {
        "lead.first_name": "Liam",
        "lead.last_name": "Ortiz",
        "lead.email": "liam.ortiz@example.edu",
        "lead.phone": "+18015550100",
    }
    draft = MappingDraft(objects=(palmer_draft(),))

    run = palmer.preview(draft, [SourceRecord(row_number=1, values=values)])

    (row,), _ = page_rows(palmer.store, run.run_id)
    assert row.hold_kind == HoldKind.CONVERTED_LEAD
    assert [each.record_id[:3] for each in row.candidates] == ["003"]
