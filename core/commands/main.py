"""Which command does what: one module each, with `add_parser` and `run`.

Answers go to standard output, everything else to standard error.
"""

import argparse
import io
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

from core.errors import ConsoleError

# One module a command, with `add_parser(subparsers)` and `run(args) -> int`.
COMMANDS: Final = ("suggest", "check", "preview", "doctor", "status")

# The exit statuses that every command keeps to; each says in its help what 1 means for it.
DONE, NOT_GOOD, UNUSABLE = 0, 1, 2
_DESCRIPTION: Final = "What the console does, without opening it."
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
    commands = _load(arguments)
    args = _parser(commands).parse_args(arguments)
    try:
        return int(commands[args.command].run(args))
    except ConsoleError as error:
        sys.stderr.write(told(error))
        return UNUSABLE


def told(error: ConsoleError) -> str:
    """Return what happened, who acts and what to do, one line each."""
    return f"error: {error.message}\nwho acts: {error.who_acts}\nwhat to do: {error.advice}\n"


def _load(arguments: Sequence[str]) -> dict[str, ModuleType]:
    """The module of the named command alone, so that one on files starts fast; else all."""
    named = [each for each in arguments[:1] if each in COMMANDS]
    return {name: import_module(f"core.commands.{name}") for name in named or COMMANDS}


def _parser(commands: Mapping[str, ModuleType]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m core",
        description=_DESCRIPTION,
        epilog=_STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands.values():
        command.add_parser(subparsers)
    return parser
