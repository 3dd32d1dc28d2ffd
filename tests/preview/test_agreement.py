"""The org itself judges a preview: what it planned is written by this test, then planned again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import httpx2
import pytest

from core.connect.snapshots import load_describe
from core.halda.sample import sample_records
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
    WriteRule,
)
from core.mapping.problems import ProblemKind
from core.preview.holds import HoldKind
from core.preview.plan import Outcome
from core.preview.references import referred_object, referred_row
from core.preview.running.estimate import estimate_calls
from core.preview.runs import RowView, RunView, page_rows
from core.store.engine import Store
from tests.connect.conftest import ACCOUNT_ID
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import (
    harbor_objects,
    lakeside_objects,
    marlow_objects,
    palmer_draft,
)
from tests.preview.university import University, connect
from tests.store.engines import sqlite_settings

_CALLBACK = f"http://127.0.0.1:8501/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"
SHAPES = (
    ("lakeside", lakeside_objects()),
    ("marlow", marlow_objects()),
    ("harbor", harbor_objects()),
)
_ROOT = "/services/data/v66.0"
Make = Callable[[str], University]


@pytest.fixture
def make_fresh(tmp_path: Path) -> Iterator[Make]:
    """A university on an org of the test's own, whose records may be changed."""
    settings = sqlite_settings(tmp_path / "home")
    with DemoOrgProcess(callback_urls=(_CALLBACK,)) as org:
        store = Store.open(settings)
        made: list[University] = []

        def make(app: str) -> University:
            made.append(connect(store, settings, org, app))
            return made[-1]

        yield make
        for university in made:
            university.runner.close()
        store.close()


def client_of(university: University) -> httpx2.Client:
    """The test's own way into the org."""
    token = university.desk.org.tokens(university.app)
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    return httpx2.Client(base_url=token["instance_url"], headers=headers)


def push(university: University, rows: list[RowView]) -> dict[int, set[str]]:
    """Write each inquiry in one composite of its own, payloads as planned.

    Return the error codes of the inquiries that the org refused, which are then not written at all.
    """
    refusals: dict[int, set[str]] = {}
    made: dict[tuple[int, str], str] = {}
    with client_of(university) as client:
        for inquiry in in_order(rows):
            parts = [to_part(row, made) for row in inquiry]
            body = {"allOrNone": True, "compositeRequest": parts}
            answer = client.post(f"{_ROOT}/composite", json=body).json()["compositeResponse"]
            codes = {
                part["body"][0]["errorCode"]
                for part in answer
                if part["httpStatusCode"] not in (201, 204)
            }
            if codes:
                refusals[inquiry[0].row_number] = codes - {"PROCESSING_HALTED"}
                continue
            for row, part in zip(inquiry, answer, strict=True):
                if part["body"]:
                    made[row.row_number, row.object_id] = part["body"]["id"]
    return refusals


def in_order(rows: list[RowView]) -> list[list[RowView]]:
    """Whole inquiries, each after those that it is applied after."""
    left = {number: list(found) for number, found in groupby(rows, lambda row: row.row_number)}
    ordered = []
    while left:
        ready = [n for n, own in left.items() if not {row.after_row for row in own} & left.keys()]
        ordered += [left.pop(number) for number in ready]
    return ordered


def to_part(row: RowView, made: dict[tuple[int, str], str]) -> dict[str, object]:
    record_id = row.matched_id or made.get((row.made_by_row, row.object_id), "")
    url = f"{_ROOT}/sobjects/{row.sobject_name}"
    body = {
        name: made[earlier, referred_object(value)] if (earlier := referred_row(value)) else value
        for name, value in row.payload.items()
    }
    return {
        "method": "PATCH" if record_id else "POST",
        "url": f"{url}/{record_id}" if record_id else url,
        "referenceId": row.object_id,
        "body": body,
    }


def last_words(rows: list[RowView]) -> list[SourceRecord]:
    """The inquiries that no later one about the same person changes again."""
    followed = {row.after_row for row in rows}
    return [each for each in sample_records() if each.row_number not in followed]


def acting_rows(university: University, run_id: str) -> list[RowView]:
    rows, _ = page_rows(university.store, run_id, limit=1_000)
    return [row for row in rows if row.outcome in (Outcome.CREATE, Outcome.UPDATE)]


def moved_again(university: University, run: RunView, rows: list[RowView]) -> set[object]:
    """What a later preview would still do with records that were written before."""
    later, _ = page_rows(university.store, run.run_id, limit=1_000)
    written = {(row.row_number, row.object_id) for row in rows}
    return {
        (row.row_number, row.object_id, row.outcome.value, row.reason)
        for row in later
        if (row.row_number, row.object_id) in written and row.outcome is not Outcome.UNCHANGED
    }


@pytest.mark.parametrize("app", ["palmer", "lakeside"])
def test_org_takes_what_was_planned_and_then_nothing_is_left(make_fresh: Make, app: str) -> None:
    university = make_fresh(app)
    acting = acting_rows(university, university.preview().run_id)

    refusals = push(university, acting)
    again = university.preview(records=last_words(acting))

    assert len(acting) > 30
    assert refusals == {}
    assert any(row.made_by_row for row in acting)
    assert moved_again(university, again, acting) == set()


@pytest.mark.parametrize(("app", "draft"), SHAPES, ids=[app for app, _ in SHAPES])
def test_person_and_children_are_written_as_planned_and_found_again(
    make_fresh: Make, app: str, draft: MappingDraft
) -> None:
    university = make_fresh(app)
    run = university.preview(draft)
    acting = acting_rows(university, run.run_id)

    refusals = push(university, acting)
    again = university.preview(draft, last_words(acting))

    assert run.error_message == again.error_message == ""
    assert set().union(*refusals.values()) <= {"FIELD_CUSTOM_VALIDATION_EXCEPTION"}
    assert len(refusals) <= 1
    counts = Counter(row.object_id for row in acting)
    assert all(counts[each.object_id] > 15 for each in draft.objects), counts
    taken = [row for row in acting if row.row_number not in refusals]
    assert moved_again(university, again, taken) == set()


def test_child_of_new_person_points_at_the_record_that_the_push_made(make_fresh: Make) -> None:
    university = make_fresh("lakeside")
    acting = acting_rows(university, university.preview(lakeside_objects()).run_id)
    new = next(row for row in acting if row.object_id == "person" and not row.matched_id)
    child = next(
        row for row in acting if row.row_number == new.row_number and row.object_index == 1
    )
    push(university, acting)

    query = (
        "SELECT hed__Contact__r.Email, hed__Account__r.Name, hed__Role__c FROM hed__Affiliation__c "
        f"WHERE hed__Contact__r.Email = '{new.payload['Email']}'"
    )
    with client_of(university) as client:
        (record,) = client.get(f"{_ROOT}/query", params={"q": query}).json()["records"]

    assert child.payload["hed__Contact__c"] == "@{person.id}"
    assert record["hed__Role__c"] == "Prospect"


@pytest.mark.parametrize(("app", "draft"), SHAPES, ids=[app for app, _ in SHAPES])
def test_preview_of_several_objects_writes_nothing_and_costs_no_more_than_told(
    make_university: Make, app: str, draft: MappingDraft
) -> None:
    university = make_university(app)
    before = university.desk.org.records_hash(app)

    run = university.preview(draft)

    context, connection_id = university.desk.context, university.desk.connection_id
    views = (load_describe(context, connection_id, each.sobject_name) for each in draft.objects)
    known = {view.describe.name: view.describe for view in views if view}
    assert run.is_finished
    assert university.desk.org.records_hash(app) == before
    assert run.api_calls <= estimate_calls(draft, run.record_count, known)


def only_by_id(draft: ObjectMapping) -> ObjectMapping:
    """The mapping that knows people by Halda's id alone, so that it would make many anew."""
    return replace(draft, match_keys=(MatchKey(field_names=("Halda_ID__c",)),))


def test_org_stops_exactly_the_records_that_were_warned_of(make_fresh: Make) -> None:
    palmer = make_fresh("palmer")
    run = palmer.preview(only_by_id(palmer_draft()))
    acting = acting_rows(palmer, run.run_id)
    warned = {
        row.row_number
        for row in acting
        if any(each.kind is ProblemKind.LIKELY_DUPLICATE for each in row.problems)
    }

    refusals = push(palmer, acting)

    assert len(warned) > 2
    assert refusals == {number: {"DUPLICATES_DETECTED"} for number in warned}


def test_org_refuses_the_records_that_were_held_for_its_duplicate_rule(make_fresh: Make) -> None:
    marlow = make_fresh("marlow")
    draft = only_by_id(marlow_objects().person)
    run = marlow.preview(draft)
    rows, _ = page_rows(marlow.store, run.run_id, limit=1_000)
    held = [row for row in rows if row.hold_kind == HoldKind.DUPLICATE_RULE]
    as_new = [
        replace(row, outcome=Outcome.CREATE, payload={c.field_name: c.value for c in row.cells})
        for row in held
        if not row.matched_id
    ]

    refusals = push(marlow, as_new)

    assert len(as_new) > 2
    assert refusals == {row.row_number: {"DUPLICATES_DETECTED"} for row in as_new}
    assert all(row.candidates for row in held)


def put(university: University, **values: str) -> None:
    """Enter a contact as somebody in the org would, whatever its duplicate rule asks back."""
    with client_of(university) as client:
        headers = {"Sforce-Duplicate-Rule-Header": "allowSave=true"}
        answer = client.post(f"{_ROOT}/sobjects/Contact", json=values, headers=headers)
        assert answer.status_code == 201, answer.text


def zoe(**values: str) -> SourceRecord:
    named = {"lead.last_name": "Quux", "lead.first_name": "Zoe", "lead.phone": "555-0100"}
    return SourceRecord(row_number=1, values={**named, "lead.lead_profile_uid": "z2", **values})


def contact_draft(email_field: str, rule: WriteRule = WriteRule.NEVER_BLANK_OUT) -> ObjectMapping:
    """Known by Halda's id alone; the e-mail goes to the field named, by the rule."""
    sources = {"Halda_ID__c": "lead.lead_profile_uid", "FirstName": "lead.first_name",
               "LastName": "lead.last_name", email_field: "lead.email"}  # fmt: skip
    rows = tuple(
        FieldRow(
            row_id=name,
            source=RowSource(kind=SourceKind.FIELD, text=source),
            field_name=name,
            write_rule=rule if name == email_field else WriteRule.NEVER_BLANK_OUT,
        )
        for name, source in sources.items()
    )
    return only_by_id(ObjectMapping(sobject_name="Contact", rows=rows))


def test_address_that_is_kept_counts_for_the_orgs_duplicate_rule(make_fresh: Make) -> None:
    marlow = make_fresh("marlow")
    kept = {"FirstName": "Zoe", "Email": "zoe@example.edu"}
    put(marlow, **kept, LastName="Quux", Halda_ID__c="z1")
    put(marlow, **kept, LastName="Before", Halda_ID__c="z2")
    inquiry = zoe(**{"lead.email": "other@example.edu"})

    run = marlow.preview(contact_draft("Email", WriteRule.IF_BLANK), [inquiry])
    (row,), _ = page_rows(marlow.store, run.run_id)
    refusals = push(marlow, [replace(row, outcome=Outcome.UPDATE, payload={"LastName": "Quux"})])

    assert row.hold_kind == HoldKind.DUPLICATE_RULE
    assert refusals == {1: {"DUPLICATES_DETECTED"}}


def test_address_that_eda_copies_or_puts_back_counts_for_the_duplicate_rule(
    make_fresh: Make,
) -> None:
    lakeside = make_fresh("lakeside")
    put(lakeside, LastName="Quux", Email="zoe@example.edu", Halda_ID__c="z1")
    put(lakeside, LastName="Quux", Email="own@example.edu", Halda_ID__c="z2")
    inquiry = zoe(**{"lead.email": "zoe@example.edu"})
    told: dict[str, tuple[bool, dict[int, set[str]]]] = {}

    for name in ("Email", "hed__AlternateEmail__c"):
        run = lakeside.preview(contact_draft(name), [inquiry])
        (row,), _ = page_rows(lakeside.store, run.run_id)
        is_warned = any(each.kind is ProblemKind.LIKELY_DUPLICATE for each in row.problems)
        told[name] = is_warned, push(lakeside, [row])

    # the package puts the preferred address back into Email, and copies a new preferred one there
    assert told == {
        "Email": (False, {}),
        "hed__AlternateEmail__c": (True, {1: {"DUPLICATES_DETECTED"}}),
    }


def test_person_is_found_again_by_the_address_that_eda_copies(make_fresh: Make) -> None:
    lakeside = make_fresh("lakeside")
    put(lakeside, LastName="Quux", Email="own@example.edu", Halda_ID__c="z2")
    draft = contact_draft("hed__AlternateEmail__c")
    own = FieldRow(
        row_id="Email",
        source=RowSource(kind=SourceKind.FIELD, text="lead.secondary_email"),
        field_name="Email",
        write_rule=WriteRule.CREATE_ONLY,
    )
    keys = (*draft.match_keys, MatchKey(field_names=("Email",)))
    later = {"lead.lead_profile_uid": "", "lead.secondary_email": "new@example.edu"}
    inquiries = [
        zoe(**{"lead.email": "new@example.edu"}),
        replace(zoe(**later, **{"lead.email": "new@example.edu"}), row_number=2),
    ]

    run = lakeside.preview(replace(draft, match_keys=keys, rows=(*draft.rows, own)), inquiries)
    rows, _ = page_rows(lakeside.store, run.run_id)
    refusals = push(lakeside, acting_rows(lakeside, run.run_id))

    assert [(row.outcome, row.matched_by) for row in rows] == [
        (Outcome.UPDATE, "Halda ID"),
        (Outcome.UNCHANGED, "Email"),
    ]
    assert refusals == {}
