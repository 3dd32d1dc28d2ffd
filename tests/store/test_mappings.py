"""Saved mappings on both engines: versions, conflicts, nothing lost."""

import threading

import pytest

from core.errors import EditConflict, NotFound
from core.mapping.model import FieldRow, MappingDraft, ObjectMapping, RowSource, SourceKind
from core.store.audit import list_events, verify_chain
from core.store.engine import Store
from core.store.mappings import (
    SavedMapping,
    list_versions,
    load_mapping,
    load_version,
    save_mapping,
)
from tests.store.engines import seed_connection


def make_draft(field_name: str = "Email") -> MappingDraft:
    source = RowSource(kind=SourceKind.FIELD, text="lead.email")
    row = FieldRow(row_id="r1", source=source, field_name=field_name)
    return MappingDraft(objects=(ObjectMapping(sobject_name="Lead", rows=(row,)),))


def save(store: Store, connection_id: str, **changes: object) -> SavedMapping:
    values = {"draft": make_draft(), "based_on": 0, "operator": "Ines", **changes}
    return save_mapping(store, connection_id=connection_id, **values)  # type: ignore[arg-type]  the changes of a test


def test_saved_mapping_comes_back_as_it_was(store: Store) -> None:
    connection_id = seed_connection(store)

    saved = save(store, connection_id, note=" agreed on the call ")

    assert load_mapping(store, connection_id) == saved
    assert load_version(store, saved.version_id) == saved
    assert (saved.number, saved.saved_by, saved.note) == (1, "Ines", "agreed on the call")
    assert saved.draft == make_draft()


def test_every_change_makes_a_version_and_old_ones_stay(store: Store) -> None:
    connection_id = seed_connection(store)

    first = save(store, connection_id)
    save(store, connection_id, draft=make_draft("Work_Email__c"), based_on=1)

    assert [each.number for each in list_versions(store, connection_id)] == [2, 1]
    assert load_version(store, first.version_id).draft == make_draft()


def test_saving_the_same_again_makes_no_version(store: Store) -> None:
    connection_id = seed_connection(store)
    first = save(store, connection_id)

    again = save(store, connection_id, based_on=1, operator="Omar")

    assert again == first
    assert len(list_versions(store, connection_id)) == 1


def test_save_on_an_old_version_is_refused_with_who_and_when(store: Store) -> None:
    connection_id = seed_connection(store)
    save(store, connection_id)
    theirs = save(store, connection_id, draft=make_draft("A__c"), based_on=1, operator="Omar")

    with pytest.raises(EditConflict) as caught:
        save(store, connection_id, draft=make_draft("B__c"), based_on=1)

    assert "Omar" in str(caught.value)
    assert f"{theirs.saved_at:%Y-%m-%d %H:%M} UTC" in caught.value.detail
    assert load_mapping(store, connection_id) == theirs


def test_of_two_people_saving_at_once_one_wins_and_the_other_is_told(store: Store) -> None:
    connection_id = seed_connection(store)
    start = threading.Barrier(2)
    outcomes: dict[str, SavedMapping | EditConflict] = {}

    def edit(operator: str) -> None:
        start.wait()
        try:
            outcomes[operator] = save(
                store, connection_id, draft=make_draft(f"{operator}__c"), operator=operator
            )
        except EditConflict as conflict:
            outcomes[operator] = conflict

    threads = [threading.Thread(target=edit, args=(name,)) for name in ("Ines", "Omar")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    [winner] = [each for each in outcomes.values() if isinstance(each, SavedMapping)]
    [conflict] = [each for each in outcomes.values() if isinstance(each, EditConflict)]
    assert winner.saved_by in str(conflict)
    assert load_mapping(store, connection_id) == winner


def test_no_mapping_yet_is_none_and_unknown_ids_are_not_found(store: Store) -> None:
    connection_id = seed_connection(store)

    assert load_mapping(store, connection_id) is None
    with pytest.raises(NotFound):
        load_version(store, "no such version")
    with pytest.raises(NotFound):
        save(store, "no such connection")


def test_save_is_audited_once_and_a_refused_one_is_not(store: Store) -> None:
    connection_id = seed_connection(store)
    save(store, connection_id)
    with pytest.raises(EditConflict):
        save(store, connection_id, draft=make_draft("B__c"), based_on=7)

    [event] = list_events(store, "acct1")
    assert (event.action, event.operator, event.detail["version"]) == ("mapping.saved", "Ines", "1")
    with store.read() as session:
        assert verify_chain(session) is None
