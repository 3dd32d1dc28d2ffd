"""`check`: what is wrong with a mapping, against describes and a sample, from files alone."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from core.commands.describe_files import read_describes
from core.commands.files import read_file, read_sample
from core.errors import InvalidInput, MappingProblem
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.checks.issues import Severity
from core.mapping.checks.whole_draft import DraftIssue, check_draft
from core.mapping.collected import collect
from core.mapping.coverage import Coverage, CoverageStatus, Reach
from core.mapping.covering import coverage
from core.mapping.describe import SobjectDescribe
from core.mapping.files.serialize import content_hash, from_content
from core.mapping.files.yaml_file import from_yaml
from core.mapping.model import MappingDraft, SourceField, SourceRecord

_SOUND, _FAULTY = 0, 1
_DESCRIPTION: Final = (
    "Check a mapping against the describes of its objects and, where there is one, a sample. Works "
    "on files alone: no org, no database, no settings."
)
_EPILOG: Final = """\
output (json):
  mapping   hash and objects of the mapping
  issues    each with object, form, row, field, source, kind, severity, message, advice,
            affected_count, first_example, first_row_number
  coverage  with a sample: mapped, not_sent and open source keys over all AI Forms, the totals in
            words, and the same for the default and each form, with its inquiries
  counts    issues by severity: blocks stops the mapping, holds stops single inquiries, warns none

exit status:
  0  nothing blocks and no inquiry of the sample would be held
  1  something blocks, or inquiries would be held
  2  the arguments make no sense or a file cannot be used; standard error says why
"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its options."""
    parser = subparsers.add_parser(
        "check",
        help="check a mapping against describes and a sample",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--mapping", required=True, type=Path, metavar="FILE", help="the mapping (YAML or JSON)"
    )
    parser.add_argument(
        "--describe",
        required=True,
        type=Path,
        metavar="FILE",
        nargs="+",
        action="extend",
        help="describe of each object of the mapping (JSON)",
    )
    parser.add_argument(
        "--sample", type=Path, metavar="FILE", help="inquiries (CSV or JSON) to check values with"
    )
    parser.add_argument("--format", choices=("json", "text"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the issues; return 1 where anything blocks or would be held."""
    draft = read_mapping(args.mapping)
    describes = _describes(draft, args.describe)
    records: Sequence[SourceRecord] = ()
    fields: Sequence[SourceField] = CANONICAL_FIELDS
    if args.sample is not None:
        intake = read_sample(args.sample)
        records = intake.records
        own = [field for field in intake.fields_seen if field not in CANONICAL_FIELDS]
        fields = (*CANONICAL_FIELDS, *own)
    issues = check_draft(draft, describes, records, fields)
    reach = coverage(draft, fields, collect(records)) if records else None
    if args.format == "json":
        answer = json.dumps(_answer(draft, issues, reach), indent=2, ensure_ascii=False)
        sys.stdout.write(f"{answer}\n")
    else:
        sys.stdout.write(_text(draft, issues, reach))
    return _FAULTY if any(_is_fault(each) for each in issues) else _SOUND


def read_mapping(path: Path) -> MappingDraft:
    """Return the mapping of a YAML file, or of a JSON file as the console stores it."""
    try:
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(f"{path} is not UTF-8.", advice="Save it as UTF-8.") from None
    try:
        if not text.lstrip().startswith("{"):
            return from_yaml(text)
        return from_content(json.loads(text))
    except MappingProblem as error:
        raise InvalidInput(f"{path}: {error.message}", advice=error.advice) from None
    except (ValueError, RecursionError):
        raise InvalidInput(f"{path} is not JSON.", advice="Export the mapping again.") from None


def _describes(draft: MappingDraft, paths: Sequence[Path]) -> dict[str, SobjectDescribe]:
    """Key the describes as the mapping spells its objects, which the platform does without case."""
    found = {each.name.casefold(): each for path in paths for each in read_describes(path)}
    return {
        mapping.sobject_name: described
        for mapping in draft.objects
        if (described := found.get(mapping.sobject_name.casefold())) is not None
    }


def _is_fault(each: DraftIssue) -> bool:
    return each.issue.severity is not Severity.WARNS


def _answer(
    draft: MappingDraft, issues: Sequence[DraftIssue], reach: Coverage | None
) -> dict[str, Any]:
    tally = Counter(each.issue.severity for each in issues)
    answer: dict[str, Any] = {
        "mapping": {
            "hash": content_hash(draft),
            "objects": [each.sobject_name for each in draft.objects],
        },
        "issues": [_entry(draft, each) for each in issues],
        "counts": {severity.value: tally[severity] for severity in Severity},
    }
    if reach is not None:
        answer["coverage"] = {
            **_reach(reach),
            "forms": [{"form": each.form_id, **_reach(each)} for each in reach.scopes],
        }
    return answer


def _reach(reach: Reach) -> dict[str, Any]:
    keys = {
        status.value: [line.key for line in reach.collected if line.status is status]
        for status in CoverageStatus
    }
    return {**keys, "totals": reach.totals, "affected_count": reach.affected_records}


def _entry(draft: MappingDraft, each: DraftIssue) -> dict[str, Any]:
    mapping = draft.object(each.object_id)
    rows = [*(mapping.rows if mapping else ())]
    rows += [own.row for form in draft.forms if form.form_id == each.form_id for own in form.rows]
    row = next((row for row in reversed(rows) if row.row_id == each.issue.row_id), None)
    return {
        "object": mapping.sobject_name if mapping else each.object_id,
        "object_id": each.object_id,
        "form": each.form_id,
        "row": each.issue.row_id,
        "field": row.field_name if row else None,
        "source": row.source.text if row else None,
        "kind": each.issue.kind,
        "severity": each.issue.severity,
        "message": each.issue.message,
        "advice": each.issue.advice,
        "affected_count": each.issue.affected_count,
        "first_example": each.issue.first_example,
        "first_row_number": each.issue.first_row_number,
    }


def _text(draft: MappingDraft, issues: Sequence[DraftIssue], reach: Coverage | None) -> str:
    lines = []
    for each in issues:
        entry = _entry(draft, each)
        place = f"{entry['object'] or 'mapping'}{'.' + entry['field'] if entry['field'] else ''}"
        form = f" (form {each.form_id})" if each.form_id else ""
        count = f" [{each.issue.affected_count:,}]" if each.issue.affected_count else ""
        lines.append(
            f"{each.issue.severity:<6}  {place}{form}: {each.issue.message}{count}"
            f" {each.issue.advice}"
        )
    tally = Counter(each.issue.severity for each in issues)
    lines.append(", ".join(f"{tally[severity]} {severity}" for severity in Severity) + ".")
    if reach is not None:
        lines.append(reach.words + ".")
        for scope, open_lines in reach.open_by_scope():
            lines.append(f"open    {scope.form_name}: {', '.join(line.key for line in open_lines)}")
    return "\n".join(lines) + "\n"
