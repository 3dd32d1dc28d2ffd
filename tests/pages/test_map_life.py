"""The life of a mapping on its page: kept edits, undo, two people, versions, sign-off, live."""

import pytest

from core.console import Console
from core.halda.schema import answer_field
from core.mapping.model import NotSent, Operation, SourceRecord
from core.store.inquiries import (
    delete_batch,
    list_batches,
    load_records,
    remember_fields,
    save_batch,
)
from core.store.mappings import load_draft, load_mapping, state_of
from tests.pages.conftest import LAKESIDE, connection_id_of, words
from tests.pages.mapping_desk import (
    EMAIL_ROW,
    SAVE,
    choose,
    choose_row,
    click,
    decide_everything,
    edit_elsewhere,
    edited,
    open_desk,
    open_fields,
)


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def newest_number(console: Console, connection_id: str) -> int:
    saved = load_mapping(console.store, connection_id)
    assert saved is not None
    return saved.number


def test_edit_is_kept_at_once_and_a_fresh_browser_shows_it(console: Console, lakeside: str) -> None:
    choose(open_desk(), "mapping.operation", Operation.UPDATE)

    stored = load_draft(console.store, lakeside)
    assert stored is not None
    assert stored.draft.person.operation is Operation.UPDATE
    assert stored.saved_by == "Ines"
    page = open_desk()
    assert page.selectbox("mapping.operation").value is Operation.UPDATE
    assert "Unsaved changes since v1" in words(page)


def test_edits_are_saved_as_a_new_version_with_a_note(console: Console, lakeside: str) -> None:
    page = choose(open_desk(), "mapping.operation", Operation.UPDATE)
    page.text_input("mapping.note").set_value("as agreed on the call")

    page = click(page, SAVE)

    saved = load_mapping(console.store, lakeside)
    assert saved is not None
    assert (saved.number, saved.note, saved.saved_by) == (2, "as agreed on the call", "Ines")
    assert load_draft(console.store, lakeside) is None
    assert page.button(SAVE).disabled


def test_undo_brings_the_state_before_each_edit_back(console: Console, lakeside: str) -> None:
    before = edited(console, lakeside)
    page = choose(open_desk(), "mapping.operation", Operation.UPDATE)
    page = choose_row(page, EMAIL_ROW)
    page = choose(page, f"mapping.target.{EMAIL_ROW}", None)

    page = click(page, "mapping.undo")
    assert page.selectbox(f"mapping.target.{EMAIL_ROW}").value == "Email"
    click(page, "mapping.undo")

    assert edited(console, lakeside) == before


@pytest.mark.parametrize(
    ("button", "kept"),
    [("mapping.theirs", Operation.INSERT), ("mapping.mine", Operation.UPDATE)],
)
def test_second_of_two_people_is_told_and_chooses(
    console: Console, lakeside: str, button: str, kept: Operation
) -> None:
    page = open_desk()
    edit_elsewhere(console, lakeside, operation=Operation.INSERT)

    page = choose(page, "mapping.operation", Operation.UPDATE)

    assert "Somebody else changed this mapping" in page.error[0].value
    assert "Omar" in words(page)
    assert edited(console, lakeside).person.operation is Operation.INSERT
    assert page.button(key=SAVE).disabled
    assert not [each for each in page.button if each.key == "mapping.sign_off"]

    page = click(page, button)

    assert not page.error
    assert edited(console, lakeside).person.operation is kept


def test_version_is_never_saved_of_edits_that_nobody_here_saw(
    console: Console, lakeside: str
) -> None:
    page = choose(open_desk(), "mapping.operation", Operation.UPDATE)
    edit_elsewhere(console, lakeside, operation=Operation.INSERT)

    page = click(page, SAVE)

    assert "Omar edited this mapping" in page.error[0].value.replace("\\", "")
    assert newest_number(console, lakeside) == 1
    assert page.selectbox("mapping.operation").value is Operation.INSERT


def test_edits_of_another_person_are_seen_at_the_next_look(console: Console, lakeside: str) -> None:
    page = open_desk()
    edit_elsewhere(console, lakeside, operation=Operation.INSERT)

    page.run()

    assert page.selectbox("mapping.operation").value is Operation.INSERT
    assert "by Omar" in words(page)


def test_undo_and_redo_reach_over_a_saved_version(console: Console, lakeside: str) -> None:
    before = edited(console, lakeside)
    page = click(choose(open_desk(), "mapping.operation", Operation.UPDATE), SAVE)
    saved = edited(console, lakeside)

    page = click(page, "mapping.undo")
    assert edited(console, lakeside) == before
    page = click(page, "mapping.redo")

    assert edited(console, lakeside) == saved
    assert page.button("mapping.redo").disabled


def test_version_that_was_brought_back_is_undone(console: Console, lakeside: str) -> None:
    page = click(choose(open_desk(), "mapping.operation", Operation.UPDATE), SAVE)
    newest = edited(console, lakeside)

    page = click(click(page, "mapping.back.1"), SAVE)
    click(page, "mapping.undo")

    assert edited(console, lakeside) == newest


def test_edit_after_an_undo_ends_what_could_be_done_again(console: Console) -> None:
    page = click(choose(open_desk(), "mapping.operation", Operation.UPDATE), "mapping.undo")

    page = choose(page, "mapping.operation", Operation.INSERT)

    assert page.button("mapping.redo").disabled


def test_old_version_is_brought_back_and_its_origin_is_told(
    console: Console, lakeside: str
) -> None:
    first = edited(console, lakeside)
    page = click(choose(open_desk(), "mapping.operation", Operation.UPDATE), SAVE)

    click(click(page, "mapping.back.1"), SAVE)

    saved = load_mapping(console.store, lakeside)
    assert saved is not None
    assert saved.draft == first
    assert (saved.number, saved.origin) == (3, "restored from version 1")


def test_versions_are_compared_field_by_field(console: Console, lakeside: str) -> None:
    page = choose(open_desk(), "mapping.operation", Operation.UPDATE)

    shown = page.dataframe("mapping.diff").value

    assert len(shown) == 1
    assert "update" in str(shown.iloc[0]["After"])


def test_sign_off_is_refused_while_a_collected_field_is_undecided(
    console: Console, lakeside: str
) -> None:
    page = click(open_desk(), "mapping.sign_off")

    assert "without a decision" in words(page)
    assert state_of(console.store, lakeside).signed is None


def test_signed_off_version_goes_live_and_an_edit_is_an_unsigned_change(
    console: Console, lakeside: str
) -> None:
    page = click(decide_everything(open_desk()), "mapping.sign_off")
    page.text_input("mapping.customer").set_value("Dana Reyes")

    page = click(page, "mapping.sign_off.do")

    signed = state_of(console.store, lakeside).signed
    assert signed is not None
    assert signed.sign_off is not None
    assert (signed.info.number, signed.sign_off.customer_name) == (2, "Dana Reyes")

    page = click(click(page, "mapping.go_live"), "mapping.go_live.do")
    live = state_of(console.store, lakeside).live
    assert live is not None
    assert live.info.number == 2

    page = choose(page, "mapping.operation", Operation.UPDATE)
    assert state_of(console.store, lakeside).has_unsigned_changes
    assert "Unsigned changes" in words(page)


def test_sign_off_without_a_name_says_what_to_do(console: Console, lakeside: str) -> None:
    page = click(decide_everything(open_desk()), "mapping.sign_off")

    page = click(page, "mapping.sign_off.do")

    assert "needs the customer's name" in page.error[0].value.replace("\\", "")
    assert state_of(console.store, lakeside).signed is None


def test_reason_for_a_whole_group_settles_the_coverage(console: Console, lakeside: str) -> None:
    decide_everything(open_desk())

    not_sent = edited(console, lakeside).not_sent
    assert (
        NotSent(source_key="lead.parent_first_name", reason="The university does not need it")
        in not_sent
    )


def load(console: Console, count: int, *late: SourceRecord) -> None:
    """Put a newer load in place: the same inquiry again and again, then the late ones."""
    first = load_records(
        console.store, list_batches(console.store, LAKESIDE.account_id)[0].batch_id
    )
    records = [
        *(SourceRecord(row_number=number, values=first[0].values) for number in range(1, count)),
        *late,
    ]
    save_batch(
        console.store,
        account_id=LAKESIDE.account_id,
        name="Big load",
        kind="csv",
        records=records,
        operator="Ines",
    )


def test_sign_off_without_inquiries_is_refused(console: Console, lakeside: str) -> None:
    for batch in list_batches(console.store, LAKESIDE.account_id):
        delete_batch(console.store, batch_id=batch.batch_id, operator="Ines", with_previews=True)

    page = click(open_desk(), "mapping.sign_off")

    assert "nobody can tell what is collected" in words(page)
    assert state_of(console.store, lakeside).signed is None


def test_field_that_only_a_late_inquiry_carries_keeps_the_sign_off_back(
    console: Console, lakeside: str
) -> None:
    decide_everything(open_desk())
    late = {"answer.pet": "cat"}
    load(console, 300, SourceRecord(row_number=300, values=late))
    remember_fields(console.store, LAKESIDE.account_id, [answer_field("pet", "Pet")])

    page = click(open_desk(), "mapping.sign_off")

    assert open_fields(page, "dialog") == ["Pet"]


def test_load_of_one_row_leaves_what_other_loads_carry_open(
    console: Console, lakeside: str
) -> None:
    before = open_desk().get("progress")[0].proto.text
    load(console, 2)

    page = open_desk()

    assert "over all loads" in words(page)
    collected = page.get("progress")[0].proto.text.partition(";")[0]
    assert collected == before.partition(";")[0]


def test_sign_off_checks_every_inquiry_of_the_load(console: Console, lakeside: str) -> None:
    late = {"submission.form_id": "leadform_78", "lead.last_name": "L" * 81}
    load(console, 300, SourceRecord(row_number=300, values=late))
    page = decide_everything(open_desk())
    assert "200 of its 300 inquiries" in words(page)

    page = click(page, "mapping.sign_off")

    assert "300 inquiries of Big load" in words(page)
    assert "81 characters" in words(page)
