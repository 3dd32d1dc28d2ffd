"""`python -m bench.suggestions`: judges the suggestions, prints a table or JSON.

Exit status 0: every bar held; 1: some bar missed; 2: the arguments make no sense.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.suggestions.evaluation import (
    PRECISION_BAR,
    RECALL_BAR,
    Counts,
    Engine,
    Judged,
    engine,
    evaluate,
    total,
)
from bench.suggestions.notation import ORGS, SHAPES, load_orgs
from core.halda.sample import sample_records

_HEAD = ("shape", "objects", "fields", "precision", "recall", "at accept", "own fields",
         "two to one", "forbidden")  # fmt: skip


def run(arguments: Sequence[str], ask: Engine = engine) -> int:
    """Print what was asked for and return the exit status."""
    options = _options(arguments)
    orgs = load_orgs(options.orgs)
    blind = evaluate(orgs, ask)
    others = {
        "shape known": evaluate(orgs, ask, leaving_out=False),
        "with a sample": evaluate(orgs, ask, sample=sample_records()),
    }
    if options.format == "json":
        told = _json(blind, others)
        if options.mistakes:
            told["mistakes"] = [asdict(finding) for each in blind for finding in each.findings]
        text = json.dumps(told, indent=2, ensure_ascii=False)
    else:
        text = "\n".join([_table(blind, others), *(_mistakes(blind) if options.mistakes else ())])
    sys.stdout.write(text + "\n")
    return 0 if total(blind).is_enough else 1


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.suggestions")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument(
        "--orgs", type=Path, default=ORGS, metavar="FOLDER", help="judge these universities instead"
    )
    parser.add_argument("--mistakes", action="store_true", help="list every wrong or missed pair")
    options = parser.parse_args(arguments)
    if not any(options.orgs.glob("*.txt")):
        parser.error(f"{options.orgs} holds no labelled university (*.txt)")
    return options


def _of_shape(judged: Sequence[Judged], shape: str) -> list[Judged]:
    return [each for each in judged if each.org.shape == shape]


def _rows(judged: Sequence[Judged], name: str) -> tuple[str, ...]:
    counts = total(judged)
    return (
        name,
        str(len(judged)),
        str(sum(len(each.org.fields) for each in judged)),
        f"{counts.precision:.3f} ({counts.accepted_right}/{counts.accepted})",
        f"{counts.recall:.3f} ({counts.found}/{counts.counterparts})",
        f"{counts.recall_at_accept:.3f}",
        f"{counts.own_recall:.3f} ({counts.own_found}/{counts.own_counterparts})",
        str(counts.two_to_one),
        str(counts.forbidden),
    )


def _table(blind: Sequence[Judged], others: Mapping[str, Sequence[Judged]]) -> str:
    rows: list[tuple[str, ...]] = [_HEAD]
    rows += [_rows(_of_shape(blind, shape), shape) for shape in SHAPES]
    rows.append(_rows(blind, "all"))
    rows += [_rows(judged, f"all, {name}") for name, judged in others.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    verdict = "held" if total(blind).is_enough else "MISSED"
    bars = f"bars: precision {PRECISION_BAR}, recall {RECALL_BAR}, the last two 0: {verdict}"
    return "\n".join(["Each shape judged without what the engine knows of it.", *lines, bars])


def _json(blind: Sequence[Judged], others: Mapping[str, Sequence[Judged]]) -> dict[str, Any]:
    return {
        "bars": {"precision": PRECISION_BAR, "recall": RECALL_BAR},
        "held": total(blind).is_enough,
        "total": _figures(total(blind)),
        **{name.replace(" ", "_"): _figures(total(judged)) for name, judged in others.items()},
        "shapes": {shape: _figures(total(_of_shape(blind, shape))) for shape in SHAPES},
        "objects": [
            {"org": each.org.key, "shape": each.org.shape, "fields": len(each.org.fields)}
            | _figures(each.counts)
            for each in blind
        ],
    }


def _figures(counts: Counts) -> dict[str, float]:
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "recall_at_accept": counts.recall_at_accept,
        "own_recall": counts.own_recall,
    } | asdict(counts)


def _mistakes(judged: Sequence[Judged]) -> list[str]:
    return [
        f"{finding.org_key}: {finding.mistake}: {finding.source_key} -> "
        f"{finding.field_name or '-'} ({finding.score:g}); right: {', '.join(finding.right) or '-'}"
        for each in judged
        for finding in each.findings
    ]


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
