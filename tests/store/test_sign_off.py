"""Signing off, going live and what is unsigned, on both engines."""

import pytest
from sqlalchemy import text

from core.errors import EditConflict, InvalidInput, MappingProblem, NotAllowed, NotFound, WhoActs
from core.store.audit import list_events, verify_chain
from core.store.engine import Store
from core.store.mappings import (
    MappingState,
    SavedMapping,
    SignOff,
    VersionState,
    discard_draft,
    go_live,
    list_sign_offs,
    save_draft,
    sign_off,
    stage_of,
    state_of,
    stop_live,
    withdraw_sign_off,
)
from tests.store.engines import seed_connection
from tests.store.test_mappings import make_draft, save


def sign(store: Store, version: SavedMapping, customer: str = "Dana Cole") -> SignOff:
    return sign_off(
        store,
        version_id=version.version_id,
        customer_name=customer,
        note=" on the call ",
        operator="Ines",
    )


def states(store: Store, connection_id: str) -> dict[int, VersionState]:
    return {
        each.info.number: each.state for each in reversed(state_of(store, connection_id).versions)
    }


def stage(store: Store, connection_id: str) -> VersionState | None:
    with store.read() as session:
        return stage_of(session, connection_id)


def test_sign_off_keeps_who_for_whom_when_and_which_hash(store: Store) -> None:
    version = save(store, seed_connection(store))

    signed = sign(store, version, customer="  Dana   Cole ")

    assert (signed.customer_name, signed.signed_by, signed.note) == (
        "Dana Cole",
        "Ines",
        "on the call",
    )
    assert signed.content_hash == version.content_hash
    assert signed.number == 1


def test_signing_off_twice_is_one_sign_off(store: Store) -> None:
    connection_id = seed_connection(store)
    version = save(store, connection_id)

    first, second = sign(store, version), sign(store, version)

    assert first == second
    assert list_sign_offs(store, connection_id) == [first]
    actions = [each.action for each in list_events(store, "acct1")]
    assert actions == ["mapping.signed_off", "mapping.saved"]


def test_signing_off_for_another_customer_needs_a_withdrawal_first(store: Store) -> None:
    version = save(store, seed_connection(store))
    sign(store, version)

    with pytest.raises(InvalidInput, match="Dana Cole"):
        sign(store, version, customer="Sam Reed")


def test_sign_off_without_a_name_is_refused(store: Store) -> None:
    version = save(store, seed_connection(store))

    with pytest.raises(InvalidInput, match="customer's name"):
        sign(store, version, customer="  ")


def test_sign_off_of_an_older_version_is_refused_and_says_who_saved_the_newer(
    store: Store,
) -> None:
    connection_id = seed_connection(store)
    old = save(store, connection_id)
    save(store, connection_id, draft=make_draft("A__c"), based_on=1, operator="Omar")

    with pytest.raises(EditConflict, match="Omar saved version 2"):
        sign(store, old)


def test_content_changed_behind_the_console_cannot_be_signed_off(store: Store) -> None:
    version = save(store, seed_connection(store))
    change_behind(store)

    with pytest.raises(MappingProblem, match="is not what was saved") as caught:
        sign(store, version)

    assert caught.value.who_acts is WhoActs.HALDA_SUPPORT


def test_content_changed_after_the_sign_off_cannot_go_live(store: Store) -> None:
    version = save(store, seed_connection(store))
    sign(store, version)
    change_behind(store)

    with pytest.raises(MappingProblem, match="is not what was saved"):
        go_live(store, version_id=version.version_id, operator="Ines")


def change_behind(store: Store) -> None:
    with store.write() as session:
        session.execute(
            text(
                "UPDATE mapping_version SET content = "
                "CAST(replace(CAST(content AS TEXT), 'upsert', 'insert') AS JSON)"
                if session.get_bind().dialect.name == "postgresql"
                else "UPDATE mapping_version SET content = replace(content, 'upsert', 'insert')"
            )
        )


def test_only_a_signed_off_version_goes_live(store: Store) -> None:
    connection_id = seed_connection(store)
    version = save(store, connection_id)

    with pytest.raises(NotAllowed, match="not signed off"):
        go_live(store, version_id=version.version_id, operator="Ines")

    assert states(store, connection_id) == {1: VersionState.DRAFT}


def test_going_live_with_the_next_supersedes_the_one_before(store: Store) -> None:
    connection_id = seed_connection(store)
    first = save(store, connection_id)
    sign(store, first)
    go_live(store, version_id=first.version_id, operator="Ines")
    second = save(store, connection_id, draft=make_draft("A__c"), based_on=1)
    assert states(store, connection_id) == {1: VersionState.LIVE, 2: VersionState.DRAFT}
    sign(store, second)
    assert states(store, connection_id) == {1: VersionState.LIVE, 2: VersionState.SIGNED_OFF}

    for _ in range(2):
        go_live(store, version_id=second.version_id, operator="Omar")

    state = state_of(store, connection_id)
    assert states(store, connection_id) == {1: VersionState.SUPERSEDED, 2: VersionState.LIVE}
    assert (state.live_by, state.live and state.live.info.number) == ("Omar", 2)
    events = [each for each in list_events(store, "acct1") if each.action == "mapping.went_live"]
    assert [each.detail.get("supersedes") for each in events] == ["1", None]


def test_older_signed_version_does_not_go_live_over_a_later_sign_off(store: Store) -> None:
    connection_id = seed_connection(store)
    first = save(store, connection_id)
    sign(store, first)
    sign(store, save(store, connection_id, draft=make_draft("A__c"), based_on=1))

    with pytest.raises(NotAllowed, match="version 2 after version 1"):
        go_live(store, version_id=first.version_id, operator="Ines")


def test_withdrawn_sign_off_stays_on_record_and_can_be_given_again(store: Store) -> None:
    connection_id = seed_connection(store)
    version = save(store, connection_id)
    sign(store, version)

    for _ in range(2):
        withdraw_sign_off(store, version_id=version.version_id, operator="Omar")

    assert states(store, connection_id) == {1: VersionState.DRAFT}
    [withdrawn] = list_sign_offs(store, connection_id)
    assert withdrawn.withdrawn_by == "Omar"
    again = sign(store, version, customer="Sam Reed")
    assert list_sign_offs(store, connection_id) == [again, withdrawn]


def test_sign_off_of_the_live_version_stands_until_it_is_taken_off(store: Store) -> None:
    connection_id = seed_connection(store)
    version = save(store, connection_id)
    sign(store, version)
    go_live(store, version_id=version.version_id, operator="Ines")

    with pytest.raises(NotAllowed, match="is live"):
        withdraw_sign_off(store, version_id=version.version_id, operator="Ines")
    stop_live(store, version_id=version.version_id, operator="Ines")
    withdraw_sign_off(store, version_id=version.version_id, operator="Ines")

    assert states(store, connection_id) == {1: VersionState.DRAFT}


def test_nothing_edited_yet_has_no_unsigned_changes(store: Store) -> None:
    connection_id = seed_connection(store)

    assert state_of(store, connection_id) == MappingState()
    assert stage(store, connection_id) is None


def test_any_edit_after_the_sign_off_is_an_unsigned_change_until_it_is_dropped(
    store: Store,
) -> None:
    connection_id = seed_connection(store)
    sign(store, save(store, connection_id))
    assert not state_of(store, connection_id).has_unsigned_changes

    kept = save_draft(
        store,
        connection_id=connection_id,
        draft=make_draft("A__c"),
        based_on=1,
        expected_revision=0,
        operator="Omar",
    )
    edited = state_of(store, connection_id)
    discard_draft(
        store, connection_id=connection_id, expected_revision=kept.revision, operator="Omar"
    )

    assert edited.has_unsigned_changes
    assert edited.draft is not None
    assert edited.draft.saved_by == "Omar"
    assert not state_of(store, connection_id).has_unsigned_changes


def test_newer_version_is_an_unsigned_change_and_one_of_the_signed_content_is_none(
    store: Store,
) -> None:
    connection_id = seed_connection(store)
    sign(store, save(store, connection_id))

    save(store, connection_id, draft=make_draft("A__c"), based_on=1)
    with_other = state_of(store, connection_id).has_unsigned_changes
    save(store, connection_id, based_on=2)

    assert with_other
    assert not state_of(store, connection_id).has_unsigned_changes


def test_never_signed_mapping_has_unsigned_changes(store: Store) -> None:
    connection_id = seed_connection(store)
    save_draft(
        store,
        connection_id=connection_id,
        draft=make_draft(),
        based_on=0,
        expected_revision=0,
        operator="Ines",
    )

    only_draft = state_of(store, connection_id)
    save(store, connection_id)

    assert only_draft.has_unsigned_changes
    assert only_draft.newest is None
    assert state_of(store, connection_id).has_unsigned_changes


def test_stage_follows_the_mapping_through_its_life(store: Store) -> None:
    connection_id = seed_connection(store)
    version = save(store, connection_id)
    seen = [stage(store, connection_id)]
    sign(store, version)
    seen.append(stage(store, connection_id))
    go_live(store, version_id=version.version_id, operator="Ines")
    save(store, connection_id, draft=make_draft("A__c"), based_on=1)
    seen.append(stage(store, connection_id))
    stop_live(store, version_id=version.version_id, operator="Ines")
    seen.append(stage(store, connection_id))

    assert seen == [
        VersionState.DRAFT,
        VersionState.SIGNED_OFF,
        VersionState.LIVE,
        VersionState.DRAFT,
    ]


def test_each_step_is_in_an_unbroken_audit_trail(store: Store) -> None:
    connection_id = seed_connection(store)
    version = save(store, connection_id)
    sign(store, version)
    go_live(store, version_id=version.version_id, operator="Omar")
    stop_live(store, version_id=version.version_id, operator="Omar")
    withdraw_sign_off(store, version_id=version.version_id, operator="Omar")

    events = list(reversed(list_events(store, "acct1")))
    assert [each.action for each in events] == [
        "mapping.saved",
        "mapping.signed_off",
        "mapping.went_live",
        "mapping.taken_off_live",
        "mapping.sign_off_withdrawn",
    ]
    assert {each.detail["content_hash"] for each in events} == {version.content_hash}
    with store.read() as session:
        assert verify_chain(session) is None


def test_unknown_version_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        go_live(store, version_id="no such version", operator="Ines")
