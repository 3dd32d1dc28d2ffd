"""Under each version lie the describes of its time, each content once."""

import zlib

from sqlalchemy import event
from sqlmodel import select

from core.mapping.model import Lookup, MappingDraft, ObjectMapping
from core.store.engine import Store
from core.store.mappings import list_versions, load_basis, state_of
from core.store.tables import DescribeSnapshot, KeptDescribe
from tests.mapping.fields import make_row
from tests.store.engines import seed_connection
from tests.store.test_mappings import make_draft, save


def describe(store: Store, connection_id: str, name: str, body: bytes, fingerprint: str) -> None:
    with store.write() as session:
        statement = select(DescribeSnapshot).where(
            DescribeSnapshot.connection_id == connection_id, DescribeSnapshot.sobject_name == name
        )
        now = store.now(session)
        row = session.exec(statement).first() or DescribeSnapshot(
            connection_id=connection_id,
            sobject_name=name,
            body=b"",
            fingerprint="",
            fetched_at=now,
            checked_at=now,
        )
        row.body, row.fingerprint = zlib.compress(body), fingerprint
        session.add(row)


def kept(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.exec(select(KeptDescribe.fingerprint)))


def test_version_keeps_what_the_org_looked_like_when_it_was_saved(store: Store) -> None:
    connection_id = seed_connection(store)
    describe(store, connection_id, "Lead", b'{"first": 1}', "f1")
    first = save(store, connection_id)
    describe(store, connection_id, "Lead", b'{"second": 2}', "f2")
    second = save(store, connection_id, draft=make_draft("A__c"), based_on=1)

    assert load_basis(store, first.version_id) == {"Lead": ("f1", b'{"first": 1}')}
    assert load_basis(store, second.version_id) == {"Lead": ("f2", b'{"second": 2}')}


def test_same_describe_is_kept_once_however_many_versions_stand_on_it(store: Store) -> None:
    connection_id = seed_connection(store)
    describe(store, connection_id, "Lead", b"{}", "f1")
    save(store, connection_id)
    save(store, connection_id, draft=make_draft("A__c"), based_on=1)

    assert kept(store) == ["f1"]


def test_objects_looked_up_are_kept_and_others_are_not(store: Store) -> None:
    connection_id = seed_connection(store)
    for name in ("Lead", "Campaign", "Contact"):
        describe(store, connection_id, name, b"{}", name)
    row = make_row("q", "Campaign__c", lookup=Lookup(sobject_name="Campaign", by_field="Name"))
    draft = MappingDraft(objects=(ObjectMapping(sobject_name="Lead", rows=(row,)),))

    version = save(store, connection_id, draft=draft)

    assert set(load_basis(store, version.version_id)) == {"Lead", "Campaign"}


def test_version_of_an_org_that_was_never_described_has_no_basis(store: Store) -> None:
    assert load_basis(store, save(store, seed_connection(store)).version_id) == {}


def test_lists_of_versions_do_not_read_their_content(store: Store) -> None:
    connection_id = seed_connection(store)
    save(store, connection_id)
    save(store, connection_id, draft=make_draft("A__c"), based_on=1)
    seen: list[str] = []
    with store.read() as session:
        bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", lambda *each: seen.append(each[2]))

    list_versions(store, connection_id)
    listed = list(seen)
    state_of(store, connection_id)

    assert listed
    assert not any("mapping_version.content," in each for each in listed)
    assert sum("mapping_version.content," in each for each in seen) == 1  # the newest
