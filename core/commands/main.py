"""Which command does what: one module each, with `add_parser` and `run`.

Answers go to standard output, everything else to standard error.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Final

from core.commands import suggest
from core.errors import ConsoleError

# One line a command; each module has `add_parser(subparsers)` and `run(args) -> int`.
COMMANDS: Final[dict[str, ModuleType]] = {
    "suggest": suggest,
}

# The exit statuses that every command keeps to; each says in its help what 1 means for it.
DONE, NOT_GOOD, UNUSABLE = 0, 1, 2
_DESCRIPTION: Final = "Map Halda's fields to Salesforce without opening the console."
_STATUSES: Final = """\
exit status:
  0  done, and nothing is wrong
  1  done, but something is missing or wrong; the command's own help says what
  2  the arguments make no sense or a file cannot be used; standard error says why
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; arguments that make no sense exit with 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    args = _parser().parse_args(arguments)
    try:
        return int(COMMANDS[args.command].run(args))
    except ConsoleError as error:
        sys.stderr.write(told(error))
        return UNUSABLE


def told(error: ConsoleError) -> str:
    """Return what happened, who acts and what to do, one line each."""
    return f"error: {error.message}\nwho acts: {error.who_acts}\nwhat to do: {error.advice}\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m core",
        description=_DESCRIPTION,
        epilog=_STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS.values():
        command.add_parser(subparsers)
    return parser
