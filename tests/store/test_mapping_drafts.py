"""The draft under edit on both engines: kept, shared, never overwritten by somebody unseen."""

import threading

import pytest

from core.errors import EditConflict, NotFound
from core.store.audit import list_events
from core.store.engine import Store
from core.store.mappings import (
    StoredDraft,
    discard_draft,
    list_versions,
    load_draft,
    load_version,
    restore_version,
    save_draft,
    save_mapping,
)
from tests.store.engines import seed_connection
from tests.store.test_mappings import make_draft, save


def keep(store: Store, connection_id: str, **changes: object) -> StoredDraft:
    values = {
        "draft": make_draft(),
        "based_on": 0,
        "expected_revision": 0,
        "operator": "Ines",
        **changes,
    }
    return save_draft(store, connection_id=connection_id, **values)  # type: ignore[arg-type]  the changes of a test


def test_draft_comes_back_after_a_reload_with_who_and_how_often(store: Store) -> None:
    connection_id = seed_connection(store)
    keep(store, connection_id)

    kept = keep(store, connection_id, draft=make_draft("A__c"), expected_revision=1)

    assert load_draft(store, connection_id) == kept
    assert (kept.draft, kept.revision, kept.saved_by) == (make_draft("A__c"), 2, "Ines")


def test_edit_over_somebody_elses_edit_is_refused_naming_them(store: Store) -> None:
    connection_id = seed_connection(store)
    keep(store, connection_id)
    theirs = keep(
        store, connection_id, draft=make_draft("A__c"), expected_revision=1, operator="Omar"
    )

    with pytest.raises(EditConflict, match="Omar edited this mapping") as caught:
        keep(store, connection_id, draft=make_draft("B__c"), expected_revision=1)

    assert "Omar" in caught.value.detail
    assert load_draft(store, connection_id) == theirs


def test_edit_over_ones_own_other_window_is_refused_too(store: Store) -> None:
    connection_id = seed_connection(store)
    keep(store, connection_id)

    with pytest.raises(EditConflict, match="You edited this mapping in another window"):
        keep(store, connection_id, draft=make_draft("B__c"))


def test_keeping_the_same_content_again_is_no_new_revision(store: Store) -> None:
    connection_id = seed_connection(store)
    kept = keep(store, connection_id)

    assert keep(store, connection_id, operator="Omar") == kept


def test_edit_on_a_version_that_is_no_longer_the_newest_is_refused(store: Store) -> None:
    connection_id = seed_connection(store)
    save(store, connection_id)

    with pytest.raises(EditConflict, match="saved version 1"):
        keep(store, connection_id, draft=make_draft("B__c"))


def test_saving_the_draft_as_a_version_ends_it_and_hands_on_its_origin(store: Store) -> None:
    connection_id = seed_connection(store)
    kept = keep(store, connection_id, origin="copied from sandbox version 5")

    saved = save(store, connection_id, expected_revision=kept.revision)

    assert load_draft(store, connection_id) is None
    assert saved.origin == "copied from sandbox version 5"
    assert list_versions(store, connection_id)[0].origin == saved.origin


def test_saving_a_version_never_drops_edits_of_somebody_unseen(store: Store) -> None:
    connection_id = seed_connection(store)
    keep(store, connection_id)
    theirs = keep(
        store, connection_id, draft=make_draft("A__c"), expected_revision=1, operator="Omar"
    )

    for seen in (0, 1):
        with pytest.raises(EditConflict, match="Omar"):
            save(store, connection_id, expected_revision=seen)

    assert load_draft(store, connection_id) == theirs
    assert list_versions(store, connection_id) == []


def test_page_of_an_ended_draft_cannot_overwrite_the_next_one(store: Store) -> None:
    connection_id = seed_connection(store)
    old = keep(store, connection_id)
    discard_draft(
        store, connection_id=connection_id, expected_revision=old.revision, operator="Omar"
    )
    keep(store, connection_id, draft=make_draft("A__c"), operator="Omar")

    with pytest.raises(EditConflict, match="Omar"):
        keep(store, connection_id, draft=make_draft("B__c"), expected_revision=old.revision)


def test_edit_after_a_discard_by_somebody_else_is_told(store: Store) -> None:
    connection_id = seed_connection(store)
    keep(store, connection_id)
    discard_draft(store, connection_id=connection_id, expected_revision=1, operator="Omar")

    with pytest.raises(EditConflict, match="Omar saved or discarded"):
        keep(store, connection_id, draft=make_draft("B__c"), expected_revision=1)


def test_only_the_draft_that_was_seen_is_discarded(store: Store) -> None:
    connection_id = seed_connection(store)
    kept = keep(store, connection_id)

    with pytest.raises(EditConflict):
        discard_draft(store, connection_id=connection_id, expected_revision=7, operator="Ines")

    assert load_draft(store, connection_id) == kept


def test_discarding_twice_is_one_discard(store: Store) -> None:
    connection_id = seed_connection(store)
    keep(store, connection_id)

    for _ in range(2):
        discard_draft(store, connection_id=connection_id, expected_revision=1, operator="Ines")

    assert load_draft(store, connection_id) is None
    actions = [each.action for each in list_events(store, "acct1")]
    assert actions == ["mapping.draft_discarded", "mapping.draft_begun"]


def test_restored_version_becomes_a_draft_and_then_a_new_version(store: Store) -> None:
    connection_id = seed_connection(store)
    first = save(store, connection_id)
    save(store, connection_id, draft=make_draft("A__c"), based_on=1)

    kept = restore_version(
        store, connection_id=connection_id, number=1, expected_revision=0, operator="Omar"
    )
    saved = save_mapping(
        store,
        connection_id=connection_id,
        draft=kept.draft,
        based_on=kept.based_on,
        expected_revision=kept.revision,
        operator="Omar",
    )

    assert (saved.number, saved.draft) == (3, first.draft)
    assert saved.origin == "restored from version 1"
    assert load_version(store, first.version_id) == first


def test_unknown_version_cannot_be_restored(store: Store) -> None:
    connection_id = seed_connection(store)

    with pytest.raises(NotFound, match="no version 4"):
        restore_version(
            store, connection_id=connection_id, number=4, expected_revision=0, operator="Ines"
        )


def test_audit_tells_who_began_and_who_went_on_not_every_edit(store: Store) -> None:
    connection_id = seed_connection(store)
    keep(store, connection_id)
    keep(store, connection_id, draft=make_draft("A__c"), expected_revision=1)
    keep(store, connection_id, draft=make_draft("B__c"), expected_revision=2, operator="Omar")

    events = [(each.action, each.operator) for each in reversed(list_events(store, "acct1"))]
    assert events == [("mapping.draft_begun", "Ines"), ("mapping.draft_continued", "Omar")]


def test_of_two_people_editing_at_once_one_wins_and_the_other_is_told(store: Store) -> None:
    connection_id = seed_connection(store)
    start = threading.Barrier(2)
    outcomes: list[StoredDraft | EditConflict] = []

    def edit(operator: str) -> None:
        start.wait()
        try:
            outcomes.append(
                keep(store, connection_id, draft=make_draft(f"{operator}__c"), operator=operator)
            )
        except EditConflict as conflict:
            outcomes.append(conflict)

    threads = [threading.Thread(target=edit, args=(name,)) for name in ("Ines", "Omar")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    [winner] = [each for each in outcomes if isinstance(each, StoredDraft)]
    [conflict] = [each for each in outcomes if isinstance(each, EditConflict)]
    assert winner.saved_by in str(conflict)
    assert load_draft(store, connection_id) == winner
