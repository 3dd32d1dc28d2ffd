"""`preview`: what a push of a file of inquiries would do, against the configured connection."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from core.commands.check import read_mapping
from core.commands.files import read_file
from core.connect.accounts import get_account
from core.connect.connections import ConnectionView, list_connections
from core.connect.pause import require_not_paused
from core.connect.snapshots import load_describe
from core.connect.states import CONNECTED_STATES, Environment
from core.console import Console, open_console
from core.errors import InvalidInput, NeedsReauth, NotFound
from core.halda.intake import read_inquiries
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.model import MappingDraft
from core.preview.exports.export import export_safe_csv
from core.preview.exports.report import export_html
from core.preview.exports.unknown import ADVICE, summary_words, unread_words
from core.preview.exports.words import problem_words
from core.preview.plan import Outcome
from core.preview.reading.counts import Effect, object_counts, problem_counts
from core.preview.running.estimate import estimate_calls
from core.preview.runs import RunView
from core.salesforce.org_rules import OrgRules
from core.settings import Settings
from core.store.inquiries import find_same_load, list_fields, save_batch
from core.store.mappings import SavedMapping, load_mapping, save_trial

_GOOD, _HELD = 0, 1
_DESCRIPTION: Final = (
    "Preview a file of inquiries against a connected org: what a push would create, update, leave "
    "and hold, and why. Reads only. The preview is kept and can be opened in the console."
)
_EPILOG: Final = """\
output (json):
  run              its id; the console opens it at /preview?run=ID
  state            done, failed, paused, cancelled or interrupted
  inquiries        how many there are, and how many of each outcome: create, update, unchanged, held
  objects          records of each object by outcome
  held, warnings   each with what, object, who_acts, party and records
  cannot_know      what the org does of its own when these records are saved: summary, rules (each
                   with object, kind, name, label, message, field, runs_on), not_told and advice
  api_calls        estimated (from what was known of the objects before), made, and left today
  plan             hash, mapping, mapping_hash, org_id, describe_fingerprint, source_hash
  error            message, who_acts and advice, where it did not come to its end

output (csv, html): the records themselves, as the console's downloads; with csv and html the
counts go to standard error.

exit status:
  0  the preview came to its end and nothing is held
  1  something is held, or the preview did not come to its end
  2  the arguments make no sense, a file, the account or the store cannot be used, or the
     connection is not signed in

With --mapping the file is only tried: drafts, versions and sign-offs stay as they are.
The settings are those of the console (HALDA_CONSOLE_HOME and the others of the README).
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    parser = subparsers.add_parser(
        "preview",
        help="preview a file of inquiries against the org",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--account", required=True, metavar="ID", help="Halda's account id")
    parser.add_argument("--input", required=True, type=Path, metavar="FILE", help="CSV or JSON")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping as YAML to try")
    parser.add_argument(
        "--environment",
        choices=[each.value for each in Environment],
        help="needed where the account has several",
    )
    parser.add_argument("--format", choices=("json", "csv", "html"), default="json")


def run(args: argparse.Namespace) -> int:
    """Print the preview; return 1 where something is held or it did not come to its end."""
    settings = Settings.from_environ(os.environ)
    console = open_console(settings)
    try:
        view = _chosen(console, args.account, args.environment)
        mapping = _mapping(console, view, args.mapping)
        estimate = _estimate(console, view, mapping.draft)
        run_id = console.runner.start(
            connection_id=view.connection_id,
            mapping_version_id=mapping.version_id,
            batch_id=_load(console, args.account, args.input),
            operator=settings.operator_name,
        )
        found = console.runner.wait(run_id)
        summary = _summary(console, found, mapping, estimate(found.record_count))
        _print(console, found, summary, args.format)
    finally:
        console.close()
    is_good = found.is_finished and not found.counts.get(Outcome.HELD.value, 0)
    return _GOOD if is_good else _HELD


def _chosen(console: Console, account_id: str, environment: str | None) -> ConnectionView:
    get_account(console.connect, account_id)
    views = [
        each
        for each in list_connections(console.connect, account_id)
        if environment in (None, each.environment.value)
    ]
    if not views:
        raise NotFound("This account has no such environment.", advice="Add it on Status.")
    if len(views) > 1:
        names = ", ".join(each.environment.value for each in views)
        raise InvalidInput(
            f"This account has several environments: {names}.", advice="Name one by --environment."
        )
    require_not_paused(views[0])
    if views[0].state not in CONNECTED_STATES:
        raise NeedsReauth(
            "This connection is not signed in to Salesforce.", advice="Sign in on Connect."
        )
    return views[0]


def _mapping(console: Console, view: ConnectionView, file: Path | None) -> SavedMapping:
    if file is not None:
        return save_trial(
            console.store,
            connection_id=view.connection_id,
            draft=read_mapping(file),
            operator=console.settings.operator_name,
            origin=f"tried from {file.name}",
        )
    saved = load_mapping(console.store, view.connection_id)
    if saved is None:
        raise InvalidInput(
            "This connection has no saved mapping.",
            advice="Save one on Field mapping, or give a file by --mapping.",
        )
    return saved


def _load(console: Console, account_id: str, file: Path) -> str:
    """The id of the load; the same inquiries are kept once."""
    own = list_fields(console.store, account_id)
    intake = read_inquiries(read_file(file), file_name=file.name, known=(*CANONICAL_FIELDS, *own))
    for note in intake.notes:
        sys.stderr.write(f"{note}\n")
    known = find_same_load(console.store, account_id, intake.records)
    batch = known or save_batch(
        console.store,
        account_id=account_id,
        name=file.name,
        kind=intake.kind.value,
        records=intake.records,
        operator=console.settings.operator_name,
    )
    return batch.batch_id


def _estimate(console: Console, view: ConnectionView, draft: MappingDraft) -> Callable[[int], int]:
    """The estimate by record count, from what is known of the objects before the preview asks."""
    found = (
        load_describe(console.connect, view.connection_id, each.sobject_name)
        for each in draft.objects
    )
    known = {each.describe.name: each.describe for each in found if each}
    return lambda count: estimate_calls(draft, count, known)


def _summary(
    console: Console, run: RunView, mapping: SavedMapping, estimate: int
) -> dict[str, Any]:
    problems = problem_counts(console.store, run.run_id)
    told = {
        effect: [
            {
                "what": problem_words(each),
                "object": each.sobject_name,
                "who_acts": each.who_acts,
                "party": each.party or "",
                "records": each.count,
            }
            for each in problems
            if each.effect is effect
        ]
        for effect in (Effect.HOLDS, Effect.WARNS)
    }
    return {
        "run": run.run_id,
        "state": run.state,
        "inquiries": {
            "total": run.record_count,
            **{each.value: run.counts.get(each.value, 0) for each in Outcome},
        },
        "objects": [
            {"object": each.sobject_name, **{key.value: each.counts[key] for key in Outcome}}
            for each in object_counts(console.store, run.run_id)
        ],
        "held": told[Effect.HOLDS],
        "warnings": told[Effect.WARNS],
        "cannot_know": _cannot_know(run.org_rules),
        "api_calls": {
            "estimated": estimate,
            "made": run.api_calls,
            "left_today": run.api_usage[1] - run.api_usage[0] if run.api_usage else None,
        },
        "plan": {
            "hash": run.plan_hash,
            "mapping": run.mapping_words,
            "mapping_hash": mapping.content_hash,
            "org_id": run.org_id,
            "describe_fingerprint": run.describe_fingerprint,
            "source_hash": run.source_hash,
        },
        "error": {
            "message": run.error_message,
            "who_acts": run.error_who_acts,
            "advice": run.error_advice,
        }
        if run.error_message
        else None,
    }


def _cannot_know(rules: OrgRules | None) -> dict[str, Any] | None:
    if rules is None:
        return None
    return {
        "summary": summary_words(rules),
        "rules": [
            {
                "object": each.sobject_name,
                "kind": each.kind,
                "name": each.name,
                "label": each.label,
                "message": each.message,
                "field": each.field_name,
                "runs_on": each.runs_on,
            }
            for each in rules.rules
        ],
        "not_told": unread_words(rules),
        "advice": ADVICE if rules.unread else "",
    }


def _print(console: Console, run: RunView, summary: dict[str, Any], form: str) -> None:
    text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
    if form == "json" or not run.is_finished:
        (sys.stdout if form == "json" else sys.stderr).write(text)
        return
    sys.stderr.write(text)
    export = export_safe_csv if form == "csv" else export_html
    content = export(console.store, run.run_id, operator=console.settings.operator_name)
    sys.stdout.write(content.decode("utf-8-sig"))
