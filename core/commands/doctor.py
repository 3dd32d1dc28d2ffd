"""`doctor`: examine the connections of one account, for a person or a monitor."""

import argparse
import json
import os
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from core.connect.accounts import get_account
from core.connect.connections import ConnectionView, list_connections
from core.connect.context import ConnectContext
from core.connect.doctor.examine import examine
from core.connect.doctor.findings import Check, Examination, Verdict
from core.connect.states import Environment
from core.console import open_console
from core.errors import NotFound
from core.settings import Settings

_HEALTHY, _NEEDS_ATTENTION = 0, 1
_WIDTH: Final = 88
_WORST_FIRST: Final = (Verdict.RED, Verdict.UNKNOWN, Verdict.AMBER, Verdict.GREEN)
_DESCRIPTION: Final = (
    "Ask the org of each of an account's environments whether the connection works, and if not, "
    "why and who has to act. Reads only, with at most ten calls to an org. The result is kept and "
    "shown on Status."
)
_EPILOG: Final = """\
output (json):
  account        its id
  verdict        the worst of its connections: red, amber, green or unknown
  connections    each with environment, examined_at, verdict, api_calls, checks and admin_text;
                 a check has check_id, title, verdict, asked, answer, meaning, who_acts, advice,
                 admin_text, code and detail

exit status:
  0  every connection works; with --strict: and nothing is amber
  1  a connection needs attention, or nothing could be found out about it
  2  the arguments make no sense, the account is unknown or the store cannot be used

The settings are those of the console (HALDA_CONSOLE_HOME and the others of the README).
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    parser = subparsers.add_parser(
        "doctor",
        help="examine the connections of an account",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--account", required=True, metavar="ID", help="Halda's account id")
    parser.add_argument(
        "--environment", choices=[each.value for each in Environment], help="only this one"
    )
    parser.add_argument("--strict", action="store_true", help="amber needs attention as well")
    parser.add_argument("--format", choices=("json", "text"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the findings; return 1 where a connection needs attention."""
    settings = Settings.from_environ(os.environ)
    console = open_console(settings)
    try:
        views = _chosen(console.connect, args.account, args.environment)
        found = [
            (view, examine(console.connect, view.connection_id, asked_by=settings.operator_name))
            for view in views
        ]
    finally:
        console.close()
    as_json = json.dumps(_answer(args.account, found), indent=2, ensure_ascii=False, default=str)
    sys.stdout.write(f"{as_json}\n" if args.format == "json" else _text(found))
    healthy = {Verdict.GREEN} if args.strict else {Verdict.GREEN, Verdict.AMBER}
    is_healthy = all(each.verdict in healthy for _, each in found)
    return _HEALTHY if is_healthy else _NEEDS_ATTENTION


def _chosen(
    context: ConnectContext, account_id: str, environment: str | None
) -> list[ConnectionView]:
    get_account(context, account_id)
    views = [
        view
        for view in list_connections(context, account_id)
        if environment in (None, view.environment.value)
    ]
    if not views:
        raise NotFound(
            "This account has no such environment.", advice="Add it on Status, or restore it there."
        )
    return views


def _answer(account_id: str, found: Sequence[tuple[ConnectionView, Examination]]) -> dict[str, Any]:
    verdicts = {each.verdict for _, each in found}
    worst = next(each for each in _WORST_FIRST if each in verdicts)
    return {
        "account": account_id,
        "verdict": worst,
        "connections": [
            {
                "environment": view.environment,
                "examined_at": each.examined_at.isoformat(),
                "verdict": each.verdict,
                "api_calls": each.api_calls,
                "checks": [asdict(check) for check in each.checks],
                "admin_text": each.admin_text,
            }
            for view, each in found
        ],
    }


def _text(found: Sequence[tuple[ConnectionView, Examination]]) -> str:
    parts = []
    for view, each in found:
        lines = [f"{view.environment.value}: {each.verdict} ({each.api_calls} API calls)"]
        lines += [line for check in each.checks for line in _lines(check)]
        if each.admin_text:
            lines += ["", "For the university's admin:", "", each.admin_text]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _lines(check: Check) -> list[str]:
    lines = [f"  {check.verdict:<8}{check.title}: {check.answer}"]
    if check.verdict in {Verdict.RED, Verdict.AMBER}:
        told = (check.meaning, f"Who acts: {check.who_acts}", f"What to do: {check.advice}")
        for text in told:
            lines += textwrap.wrap(
                text, _WIDTH, initial_indent=" " * 10, subsequent_indent=" " * 10
            )
    return lines
