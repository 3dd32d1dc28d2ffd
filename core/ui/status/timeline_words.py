"""Events of the audit trail in plain words: what happened, what it was about, who did it."""

from collections.abc import Mapping

from core.connect.health import SYSTEM
from core.connect.states import ConnectionState, view_state
from core.store.audit import EventView
from core.ui.formats import sentence_case

_ACTIONS = {
    "account.added": "Account added",
    "account.archived": "Account archived",
    "account.edited": "Account edited",
    "account.restored": "Account restored",
    "batch.deleted": "Inquiries deleted",
    "batch.loaded": "Inquiries loaded",
    "connection.added": "Environment added",
    "connection.app_type_changed": "Kind of app changed",
    "connection.archived": "Environment archived",
    "connection.call_refused": "The org refused a call",
    "connection.connected": "Signed in",
    "connection.disconnected": "Disconnected",
    "connection.examined": "Examined by the connection doctor",
    "connection.grant_revoked": "Former grant given back to make room",
    "connection.kept_alive": "Renewal of the idle sign-in begun",
    "connection.paused": "Paused",
    "connection.refresh_failed": "Renewal of the sign-in failed",
    "connection.renewed": "Sign-in renewed",
    "connection.restored": "Environment restored",
    "connection.resumed": "Resumed",
    "connection.rotated_not_stored": "A renewed sign-in could not be stored",
    "connection.sign_in_refused": "Sign-in refused",
    "connection.sign_in_started": "Sign-in started",
    "connection.state_changed": "State changed",
    "connection.tried_again": "Ended sign-in to be tried again",
    "connection.unreachable": "The org did not answer",
    "connection.works_again": "Works again",
    "credentials.saved": "Credentials saved",
    "describe.uploaded": "Describe file loaded",
    "keys.rewrapped": "Secrets encrypted anew",
    "mapping.draft_begun": "Mapping edits begun",
    "mapping.draft_continued": "Mapping edits continued",
    "mapping.draft_discarded": "Mapping edits discarded",
    "mapping.saved": "Mapping version saved",
    "mapping.sign_off_withdrawn": "Mapping sign-off withdrawn",
    "mapping.signed_off": "Mapping signed off",
    "mapping.taken_off_live": "Mapping taken off live",
    "mapping.went_live": "Mapping went live",
    "preview.downloaded": "Preview downloaded",
    "preview.finished": "Preview ended",
    "preview.paused": "Preview stopped, can go on",
    "preview.resumed": "Preview went on",
    "preview.started": "Preview started",
    "setup.ticked": "Setup step ticked",
    "setup.unticked": "Setup step unticked",
    "setup.wait_overridden": "Wait for Salesforce skipped",
}
_AREAS = {
    "account": "Account",
    "batch": "Inquiries",
    "connection": "Connection",
    "credentials": "Connection",
    "describe": "Mapping",
    "mapping": "Mapping",
    "preview": "Preview",
    "setup": "Setup",
}
_OTHER_AREA = "Other"


def what(event: EventView) -> str:
    """`Paused`, `Connected → Error`; a new action reads as its own name."""
    if event.action == "connection.state_changed":
        before, after = (_state_word(event.detail.get(name, "")) for name in ("from", "to"))
        return f"{before} → {after}"
    known = _ACTIONS.get(event.action)
    return known or sentence_case(event.action.replace(".", ": ").replace("_", " "))


def area(event: EventView) -> str:
    """Which part of the work an event is about, to filter by."""
    return _AREAS.get(event.action.partition(".")[0], _OTHER_AREA)


def who(event: EventView) -> str:
    """The operator, or that nobody pressed a button."""
    return "The console, by itself" if event.operator == SYSTEM else event.operator


def about(event: EventView) -> str:
    """The event's details as `name: text`, without what the first words say already."""
    detail: Mapping[str, str] = event.detail
    said = {"from", "to"} if event.action == "connection.state_changed" else frozenset[str]()
    return ", ".join(
        f"{name.replace('_', ' ')}: {text}" for name, text in detail.items() if name not in said
    )


def _state_word(name: str) -> str:
    return view_state(ConnectionState(name)).word if name in set(ConnectionState) else name or "–"
