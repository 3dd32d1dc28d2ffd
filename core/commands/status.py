"""`status`: how every connection stood last, from the store alone, for a person or a monitor."""

import argparse
import json
import os
import sys
from typing import Any, Final

from core.commands.status_entry import to_entry
from core.connect.accounts import get_account
from core.connect.context import ConnectContext
from core.connect.overview import list_overview
from core.console import open_console
from core.settings import Settings

_HEALTHY, _NEEDS_ATTENTION = 0, 1
_DESCRIPTION: Final = (
    "List the connections as the console last knew them. No org is asked: each line carries the "
    "age of its evidence; `doctor` asks anew."
)
_EPILOG: Final = """\
output (json): a list, one entry a connection; what needs attention first, then by account name
  account_id, account, environment, app_type, state, state_word, since, next_step, org_name,
  org_id, username, connected_at, last_success_at, read_at
  last_error        null, or at, message, advice, who_acts, code
  examination       null, or examined_at and verdict of the doctor's newest examination
  nightly_check     null, or night_at of the last night, is_due and is_overdue
  countdown         null, or last_used_at of a renewable sign-in and its days_left, unused
  grants            null, or held and most for this user and app, and the others that share them
  api_use           org as it last said, told_at, and ours; all of the last 24 hours
  mapping           null, or version and state
  last_preview      null, or started_at, state and record_count
  last_push         null: the console does not push yet
  needs_attention   true for a connection that has to be reconnected, is in error, was red when it
                    was last examined and nobody has signed in anew since, whose nightly check is
                    overdue or whose sign-in ends soon
  attention         the reason in words; empty where there is none
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
    return [
        to_entry(line)
        for line in list_overview(context)
        if account_id in (None, line.status.account.account_id)
    ]


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
    if attention := entry["attention"]:
        line += f"\n     Needs attention: {attention}."
    if error := entry["last_error"]:
        line += f"\n     {error['message']} Who acts: {error['who_acts']}. {error['advice']}"
    return line
