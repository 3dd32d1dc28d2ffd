"""Signing the mapping off with the customer, and marking what was signed as live."""

from collections.abc import Callable

import streamlit as st

from core.connect.connections import mark_mapping_saved, mark_mapping_signed_off
from core.connect.signing import sign_off_settled
from core.errors import ConsoleError
from core.mapping.checks.one_object import Severity
from core.mapping.diff.phrases import object_title
from core.store.engine import Store
from core.store.mappings import (
    MappingState,
    VersionLife,
    VersionState,
    go_live,
    stop_live,
    withdraw_sign_off,
)
from core.ui import state
from core.ui.formats import count
from core.ui.mapping import draft as editing
from core.ui.mapping.answers import known_answers
from core.ui.mapping.coverage import blocking, draw_open
from core.ui.mapping.data import MappingDesk, check_all
from core.ui.mapping.lines import issue_words
from core.ui.messages import escaped, show_error
from core.ui.place import Place

_OPEN = "mapping.dialog"


def draw_agreement(now: editing.Editing, life: MappingState) -> None:
    """Draw the next steps of the mapping's life as buttons; a dialog asks before one is done."""
    signed = life.signed
    can_go_live = (
        signed is not None
        and signed.state is VersionState.SIGNED_OFF
        and not life.has_unsigned_changes
    )
    newest_is_signed = life.newest is not None and life.newest.sign_off is not None
    if not newest_is_signed or now.is_changed:
        st.button(
            "Sign off …",
            type="primary",
            icon=":material/verified:",
            key="mapping.sign_off",
            help="Go live is unlocked by it.",
            on_click=_open,
            args=("sign_off",),
        )
    is_live = life.live is not None and life.live == life.newest and not now.is_changed
    if life.signed is not None and not is_live:
        st.button(
            "Go live …",
            type="primary" if can_go_live else "secondary",
            icon=":material/rocket_launch:" if can_go_live else ":material/lock:",
            key="mapping.go_live",
            disabled=not can_go_live,
            help=None if can_go_live else "Locked until the newest version is signed off.",
            on_click=_open,
            args=("go_live",),
        )


def draw_dialogs(place: Place, desk: MappingDesk, now: editing.Editing, life: MappingState) -> None:
    """Draw the question that was asked for, if any."""
    match st.session_state.get(_OPEN):
        case "sign_off":
            _ask_sign_off(place, desk, now)
        case "go_live" if life.signed is not None:
            _ask_go_live(place, life.signed)


def draw_withdrawals(place: Place, version: VersionLife) -> None:
    """Take a version off live, or its sign-off back."""
    version_id, number = version.info.version_id, version.info.number
    if version.state is VersionState.LIVE:
        if st.button("Take off live", key=f"mapping.stop.{number}", type="tertiary"):
            _do(place, lambda: stop_live(_store(place), version_id=version_id, operator=_me(place)))
    elif version.sign_off is not None and st.button(
        "Withdraw the sign-off", key=f"mapping.withdraw.{number}", type="tertiary"
    ):
        _do(
            place,
            lambda: withdraw_sign_off(_store(place), version_id=version_id, operator=_me(place)),
        )


def _open(name: str) -> None:
    st.session_state[_OPEN] = name


def _close() -> None:
    st.session_state.pop(_OPEN, None)


@st.dialog("Sign off", width="medium", icon=":material/verified:", on_dismiss=_close)
def _ask_sign_off(place: Place, desk: MappingDesk, now: editing.Editing) -> None:
    batch = desk.batch
    if batch is None:
        st.text("Load inquiries on Preview first: without them nobody can tell what is collected.")
        st.page_link("pages/preview.py", label="Go to Preview", query_params=place.query)
        return
    desk = check_all(place, desk)
    if blocking(desk) or not desk.coverage.is_complete:
        _draw_obstacles(desk)
        if st.button("Close", key="mapping.sign_off.close"):
            _close()
            st.rerun()
        return
    number = now.based_on + 1 if now.is_changed else now.based_on
    if now.is_changed:
        st.text(f"The edits are saved as version {number}, and that version is signed off.")
    st.text(f"{desk.coverage.words}.")
    st.caption(escaped(f"Checked against {len(desk.sample):,} inquiries of {batch.name}."))
    _draw_holds(place, desk)
    st.caption(
        "Binds exactly this content. Any later edit is an unsigned change until it is signed too."
    )
    customer = st.text_input(
        "Who agreed, at the university", key="mapping.customer", placeholder="First and last name"
    )
    note = st.text_input("Note", key="mapping.sign_note", placeholder="On the call of …")
    if st.button(f"Sign off version {number}", type="primary", key="mapping.sign_off.do"):
        _sign(place, customer or "", note or "")


def _draw_holds(place: Place, desk: MappingDesk) -> None:
    """What the customer should know before agreeing: single inquiries that would wait."""
    held = [each.issue for each in desk.found if each.issue.severity is Severity.HOLDS]
    held.sort(key=lambda each: -each.affected_count)
    for issue in held[:5]:
        st.text(issue_words(issue))
    if len(held) > 5:
        st.caption(f"And {len(held) - 5} more that hold single inquiries.")
    if told := known_answers(place).told:
        st.caption(escaped(f"Related records are not checked: the org could not be asked. {told}"))


def _draw_obstacles(desk: MappingDesk) -> None:
    problems, fields = blocking(desk), desk.coverage.open_lines
    st.text("Not yet: these have to be settled first.")
    for found in problems[:20]:
        where = object_title(found.object_id) if found.object_id else "Mapping"
        st.text(f"✗ {where}: {found.issue.message}")
        st.caption(escaped(found.issue.advice))
    if fields:
        st.text(f"○ {count(len(fields), 'collected field')} without a decision")
        if draw_open(desk, key="dialog"):
            _close()
            st.rerun()
        st.caption('Map them, or say why they are not sent: "Not sent, because …".')


def _sign(place: Place, customer: str, note: str) -> None:
    try:
        now = editing.shown(place)
        saved = now.saved if now and not now.is_changed else editing.save(place, note)
        assert saved is not None
        mark_mapping_saved(place.context, connection_id=place.connection_id)
        sign_off_settled(
            place.context,
            connection_id=place.connection_id,
            version_id=saved.version_id,
            customer_name=customer,
            operator=_me(place),
            note=note,
        )
    except ConsoleError as error:
        show_error(error)
        return
    state.flash(f"Version {saved.number} is signed off.")
    _close()
    st.rerun()


@st.dialog("Go live", icon=":material/rocket_launch:", on_dismiss=_close)
def _ask_go_live(place: Place, version: VersionLife) -> None:
    number = version.info.number
    told = version.sign_off.customer_name if version.sign_off else ""
    st.text(
        f"Marks version {number}, agreed by {told}, as the one that counts. Nothing is sent to "
        "Salesforce by this: sending is a step of its own, which is not built yet."
    )
    if st.button(f"Mark version {number} as live", type="primary", key="mapping.go_live.do"):
        _close()
        _do(
            place,
            lambda: go_live(_store(place), version_id=version.info.version_id, operator=_me(place)),
        )


def _do(place: Place, act: Callable[[], None]) -> None:
    try:
        act()
        mark_mapping_signed_off(place.context, connection_id=place.connection_id)
    except ConsoleError as error:
        show_error(error)
        return
    st.rerun()


def _store(place: Place) -> Store:
    return place.console.store


def _me(place: Place) -> str:
    return place.operator.name
