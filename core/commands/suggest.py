"""`suggest`: which field of an object fits each Halda field, from files alone."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from core.commands.describe_files import read_describe
from core.commands.files import read_sample
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.suggestions.suggest import ACCEPT_LINE, Suggestion, suggest

_SUGGESTED, _NOTHING = 0, 1
_DESCRIPTION: Final = (
    "Suggest a target for each Halda field, or for each column of a sample. Works on files "
    "alone: no org, no database, no settings."
)
_EPILOG: Final = f"""\
output (json), best first, every source and every target at most once:
  source   key of the Halda field, such as lead.first_name; answer.* for form questions
  target   API name of the field
  score    0 to 1
  reason   what speaks for the pair, and why a person should look where accept is false
  accept   true: at or above the line ({ACCEPT_LINE}) and nothing to look at; safe to take unseen
  also     API names of the next best targets
  invert   true: the target says the opposite (opt-in to opt-out), so yes becomes no

exit status:
  0  there is at least one suggestion
  1  nothing to suggest; the output is an empty list
  2  the arguments make no sense or a file cannot be used; standard error says why
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    parser = subparsers.add_parser(
        "suggest",
        help="suggest a target field for each Halda field",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--describe", required=True, type=Path, metavar="FILE", help="describe of the object (JSON)"
    )
    parser.add_argument(
        "--object", metavar="NAME", help="API name of the object, where FILE holds several"
    )
    parser.add_argument(
        "--sample",
        type=Path,
        metavar="FILE",
        help="inquiries (CSV or JSON): suggest for their columns, and weigh their values",
    )
    parser.add_argument("--format", choices=("json", "text"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the suggestions; return 0, or 1 where there are none."""
    describe = read_describe(args.describe, args.object)
    if args.sample is None:
        found = suggest(CANONICAL_FIELDS, describe)
    else:
        intake = read_sample(args.sample)
        found = suggest(intake.fields_seen, describe, intake.records)
    sys.stdout.write(_json(found) if args.format == "json" else _text(found, describe.name))
    return _SUGGESTED if found else _NOTHING


def _json(found: Sequence[Suggestion]) -> str:
    return json.dumps([_entry(each) for each in found], indent=2, ensure_ascii=False) + "\n"


def _entry(each: Suggestion) -> dict[str, Any]:
    return {
        "source": each.source_key,
        "target": each.field_name,
        "score": each.score,
        "reason": each.reason,
        "accept": each.accept,
        "also": list(each.also),
        "invert": each.invert,
    }


def _text(found: Sequence[Suggestion], sobject_name: str) -> str:
    if not found:
        return f"Nothing to suggest for {sobject_name}.\n"
    wide = max(len(each.source_key) for each in found)
    wide_target = max(len(each.field_name) for each in found)
    lines = [
        f"{'take' if each.accept else 'look'}  {each.score:.2f}  {each.source_key:<{wide}}  "
        f"{each.field_name:<{wide_target}}  {each.reason}"
        for each in found
    ]
    taken = sum(each.accept for each in found)
    lines.append(f"{len(found)} suggestions for {sobject_name}, {taken} above the line.")
    return "\n".join(lines) + "\n"
