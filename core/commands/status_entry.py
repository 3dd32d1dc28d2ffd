"""One connection of the board as plain values, for `status` and those who read its JSON."""

from datetime import datetime
from typing import Any

from core.connect.api_use import ApiUse
from core.connect.connections import ConnectionView
from core.connect.grant_room import MOST_GRANTS
from core.connect.health import LastError
from core.connect.overview import LastPreview, Overview


def to_entry(line: Overview) -> dict[str, Any]:
    """Return what is known of a line; an account without an environment has three names only."""
    account, view = line.status.account, line.connection
    named = {"account_id": account.account_id, "account": account.name}
    if view is None:
        return {**named, "environment": None, "needs_attention": False, "attention": ""}
    return {
        **named,
        **_state(view),
        **_evidence(line, view),
        "countdown": _countdown(line),
        "grants": _grants(line),
        "api_use": _api_use(line.api),
        "mapping": _mapping(line),
        "last_preview": _preview(line.preview),
        "last_push": None,
        "needs_attention": bool(line.attention),
        "attention": line.attention,
    }


def _state(view: ConnectionView) -> dict[str, Any]:
    return {
        "environment": view.environment,
        "app_type": view.app_type,
        "state": view.state,
        "state_word": view.state_view.word,
        "since": _moment(view.state_since),
        "next_step": view.state_view.next_step,
        "org_name": view.org.org_name if view.org else "",
        "org_id": view.org.org_id if view.org else "",
        "username": view.org.username if view.org else "",
    }


def _evidence(line: Overview, view: ConnectionView) -> dict[str, Any]:
    verdict, night = line.verdict, line.night
    return {
        "connected_at": _moment(view.connected_at),
        "last_success_at": _moment(view.last_success_at),
        "last_error": _error(view.last_error),
        "examination": {
            "examined_at": _moment(verdict.examined_at),
            "verdict": verdict.verdict,
        }
        if verdict
        else None,
        "nightly_check": {
            "night_at": _moment(night.night_at),
            "is_due": night.is_due,
            "is_overdue": night.is_overdue,
        }
        if night
        else None,
        "read_at": _moment(line.status.checked_at),
    }


def _countdown(line: Overview) -> dict[str, Any] | None:
    if line.countdown is None:
        return None
    return {
        "last_used_at": _moment(line.countdown.last_used_at),
        "days_left": line.countdown.days_left,
        "renews_at": _moment(line.countdown.renews_at),
    }


def _grants(line: Overview) -> dict[str, Any] | None:
    if line.room is None:
        return None
    return {"held": line.room.held, "most": MOST_GRANTS, "others": list(line.room.others)}


def _api_use(api: ApiUse) -> dict[str, Any]:
    return {"org": api.org_words, "told_at": _moment(api.told_at), "ours": api.ours}


def _mapping(line: Overview) -> dict[str, Any] | None:
    if line.mapping is None:
        return None
    version, stage = line.mapping
    return {"version": version, "state": stage}


def _preview(preview: LastPreview | None) -> dict[str, Any] | None:
    if preview is None:
        return None
    return {
        "started_at": _moment(preview.started_at),
        "state": preview.state,
        "record_count": preview.record_count,
    }


def _error(error: LastError | None) -> dict[str, Any] | None:
    if error is None:
        return None
    return {
        "at": _moment(error.at),
        "message": error.message,
        "advice": error.advice,
        "who_acts": error.who_acts,
        "code": error.code,
    }


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value is not None else None
