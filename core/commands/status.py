"""`status`: how every connection stood last, from the store alone, for a person or a monitor."""

import argparse
import json
import os
import sys
from typing import Any, Final

from core.connect.accounts import get_account
from core.connect.board import StatusRow, list_status
from core.connect.context import ConnectContext
from core.connect.doctor.findings import Verdict
from core.connect.doctor.kept import Evaluation, is_outdated, newest_verdicts
from core.connect.health import LastError
from core.connect.states import ConnectionState
from core.console import open_console
from core.settings import Settings

_HEALTHY, _NEEDS_ATTENTION = 0, 1
_BROKEN: Final = frozenset({ConnectionState.NEEDS_REAUTH, ConnectionState.ERROR})
_DESCRIPTION: Final = (
    "List the connections as the console last knew them. No org is asked: each line carries the "
    "age of its evidence; `doctor` asks anew."
)
_EPILOG: Final = """\
output (json): a list, one entry a connection, by account name
  account_id, account, environment, app_type, state, state_word, since, next_step, org_name,
  org_id, username, connected_at, last_success_at, read_at
  last_error        null, or at, message, advice, who_acts, code
  examination       null, or examined_at and verdict of the doctor's newest examination
  needs_attention   true for a connection that has to be reconnected, is in error, or was red when
                    it was last examined and nobody has signed in anew since
An account without an environment has one entry with a null environment.

exit status:
  0  no connection needs attention
  1  at least one does
  2  the arguments make no sense, the account is unknown or the store cannot be used

The settings are those of the console (HALDA_CONSOLE_HOME and the others of the README).
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    parser = subparsers.add_parser(
        "status",
        help="list connections and what they need",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--account", metavar="ID", help="only this one of Halda's account ids")
    parser.add_argument("--format", choices=("json", "text"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the board; return 1 where a connection needs attention."""
    console = open_console(Settings.from_environ(os.environ))
    try:
        entries = list_entries(console.connect, args.account)
    finally:
        console.close()
    if args.format == "json":
        sys.stdout.write(f"{json.dumps(entries, indent=2, ensure_ascii=False)}\n")
    else:
        sys.stdout.write("".join(f"{_line(each)}\n" for each in entries) or "No account yet.\n")
    is_quiet = not any(each["needs_attention"] for each in entries)
    return _HEALTHY if is_quiet else _NEEDS_ATTENTION


def list_entries(context: ConnectContext, account_id: str | None) -> list[dict[str, Any]]:
    """The board as plain values. NotFound for an account that does not exist."""
    if account_id is not None:
        get_account(context, account_id)
    verdicts = newest_verdicts(context)
    return [
        _entry(row, verdicts.get(row.connection.connection_id) if row.connection else None)
        for row in list_status(context)
        if account_id in (None, row.account.account_id)
    ]


def _entry(row: StatusRow, examination: Evaluation | None) -> dict[str, Any]:
    view = row.connection
    named = {"account_id": row.account.account_id, "account": row.account.name}
    if view is None:
        return {**named, "environment": None, "needs_attention": False}
    was_red = (
        examination is not None
        and examination.verdict is Verdict.RED
        and not is_outdated(examination.examined_at, view)
    )
    return {
        **named,
        "environment": view.environment,
        "app_type": view.app_type,
        "state": view.state,
        "state_word": view.state_view.word,
        "since": _moment(view.state_since),
        "next_step": view.state_view.next_step,
        "org_name": view.org.org_name if view.org else "",
        "org_id": view.org.org_id if view.org else "",
        "username": view.org.username if view.org else "",
        "connected_at": _moment(view.connected_at),
        "last_success_at": _moment(view.last_success_at),
        "last_error": _error(view.last_error),
        "examination": {
            "examined_at": _moment(examination.examined_at),
            "verdict": examination.verdict,
        }
        if examination
        else None,
        "read_at": _moment(row.checked_at),
        "needs_attention": view.state in _BROKEN or was_red,
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


def _moment(value: Any) -> str | None:
    return value.isoformat() if value is not None else None


def _line(entry: dict[str, Any]) -> str:
    if entry["environment"] is None:
        return f"-  {entry['account']} ({entry['account_id']}): no environment yet"
    mark = "!" if entry["needs_attention"] else " "
    head = f"{mark}  {entry['account']} ({entry['account_id']}), {entry['environment']}"
    line = f"{head}: {entry['state_word']} since {entry['since']}"
    last = entry["last_success_at"] or "never"
    line += f"; last successful call {last}"
    if examination := entry["examination"]:
        line += f"; examined {examination['examined_at']}: {examination['verdict']}"
    if error := entry["last_error"]:
        line += f"\n     {error['message']} Who acts: {error['who_acts']}. {error['advice']}"
    return line
