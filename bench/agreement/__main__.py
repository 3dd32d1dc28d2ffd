"""`python -m bench.agreement`: previews random inquiries, writes them, compares; prints a table.

The last line counts the disagreements. Exit status 0: none, and everything was covered; 1: some,
or something was covered too thinly; 2: the arguments make no sense.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from bench.agreement.org import OrgUnderTest
from bench.agreement.scenario import Directory, Scenario, run_scenario
from bench.agreement.tally import Tally, table
from bench.agreement.universities import UNIVERSITIES, University
from tests.demo_org_process import DemoOrgProcess

_ROWS_PER_SCENARIO = 125
_SCENARIOS_PER_ORG = 40  # then a new org, so that none grows without end


def run(arguments: Sequence[str]) -> int:
    """Print what was found and return the exit status."""
    options = _options(arguments)
    tally = agree(options)
    if options.format == "json":
        text = json.dumps(tally.to_json(), indent=2, ensure_ascii=False)
    else:
        text = table(tally)
    sys.stdout.write(text + "\n")
    return 1 if tally.disagreements or any(tally.missed()) else 0


def agree(options: argparse.Namespace) -> Tally:
    """Run as many scenarios as the rows need, in turn over the universities."""
    tally = Tally(options.seed)
    chosen = [each for each in UNIVERSITIES if options.shape in ("", each.name)]
    scenarios = list(_scenarios(options, chosen))
    for start in range(0, len(scenarios), _SCENARIOS_PER_ORG):
        some = scenarios[start : start + _SCENARIOS_PER_ORG]
        with ExitStack() as stack:
            process = stack.enter_context(DemoOrgProcess())
            orgs = {each.app: OrgUnderTest(process, each.app) for each in chosen}
            directories = {app: Directory(org) for app, org in orgs.items()}
            for org in orgs.values():
                stack.callback(org.close)
            for scenario in some:
                app = scenario.university.app
                tally.add(run_scenario(scenario, orgs[app], directories[app]))
                if options.progress:
                    sys.stderr.write(f"\r{tally.rows} rows, {len(tally.disagreements)} disagree ")
    return tally


def _scenarios(options: argparse.Namespace, chosen: Sequence[University]) -> Iterator[Scenario]:
    left, number = options.rows, 0
    while left > 0:
        count = min(left, options.batch)
        university = chosen[number % len(chosen)]
        if options.scenario in (-1, number):
            yield Scenario(seed=options.seed, number=number, university=university,
                           row_count=count)  # fmt: skip
        left -= count
        number += 1


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, which tests use for its defaults."""
    found = argparse.ArgumentParser(prog="python -m bench.agreement")
    found.add_argument("--rows", type=int, default=100_000, help="inquiries to preview")
    found.add_argument("--seed", type=int, default=1)
    found.add_argument("--shape", choices=("", *(each.name for each in UNIVERSITIES)), default="")
    found.add_argument("--batch", type=int, default=_ROWS_PER_SCENARIO, help="rows per scenario")
    found.add_argument("--scenario", type=int, default=-1, help="run this one of them alone")
    found.add_argument("--format", choices=("table", "json"), default="table")
    found.add_argument("--progress", action="store_true", help="tell the count while it runs")
    return found


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    asked = parser()
    options = asked.parse_args(arguments)
    if options.rows < 1 or options.batch < 1:
        asked.error("rows and batch are at least 1")
    return options


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
