"""How fast 2,000 inquiries are previewed against a demo org, and what that costs the org.

`python -m bench.preview` prints the figures as JSON.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import perf_counter

from bench.report import Figure, median, spread
from core.mapping.model import SourceRecord
from core.store.engine import Store
from tests.connect.conftest import ACCOUNT_ID
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import palmer_draft
from tests.preview.university import University, connect
from tests.store.engines import sqlite_settings

RECORDS = 2_000
_CALLBACK = f"http://127.0.0.1:8501/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"
_ROUNDS = 5
_LIMIT_SECONDS = 120


def synthetic_inquiries(count: int = RECORDS) -> list[SourceRecord]:
    """The same invented inquirers on every run; some of them are people the demo org holds."""
    return [SourceRecord(row_number=number + 1, values=_values(number)) for number in range(count)]


def measure_preview() -> list[Figure]:
    """Preview them again and again; the first run, which also reads the fields, gives the calls."""
    inquiries, draft = synthetic_inquiries(), palmer_draft()
    speeds: list[float] = []
    calls: list[int] = []
    with _palmer() as palmer:
        for _ in range(_ROUNDS):
            started = perf_counter()
            run = palmer.runner.wait(palmer.start(draft, inquiries), _LIMIT_SECONDS)
            speeds.append(run.done_count / (perf_counter() - started))
            calls.append(run.api_calls)
            if not run.is_finished or run.done_count != len(inquiries):
                raise RuntimeError(f"the preview ended as {run.state}: {run.error_message}")
    what = f"{RECORDS} inquiries, {len(draft.rows)} mapped fields, {len(draft.match_keys)} keys"
    split = ", ".join(f"{outcome} {count}" for outcome, count in run.counts.items())
    return [
        Figure(
            "preview_2k_records_per_s",
            median(speeds, digits=0),
            "records/s",
            f"{what}, {split}; load saved, previewed and kept; {spread(speeds)}",
        ),
        Figure(
            "preview_2k_api_calls",
            max(calls),
            "calls",
            f"{what}; as the org counts, reading the fields included",
        ),
    ]


@contextmanager
def _palmer() -> Iterator[University]:
    with tempfile.TemporaryDirectory() as folder, DemoOrgProcess(callback_urls=(_CALLBACK,)) as org:
        settings = sqlite_settings(Path(folder) / "home")
        store = Store.open(settings)
        try:
            palmer = connect(store, settings, org, "palmer")
            yield palmer
            palmer.runner.close()
        finally:
            store.close()


def _values(number: int) -> dict[str, str]:
    is_known = number % 5 == 0
    return {
        "lead.lead_profile_uid": f"clbench{number:05d}08jm2q7b1c9",
        "lead.first_name": ("Ana", "Jürgen", "Mei", "Oluwaseun", "Zoë")[number % 5],
        "lead.last_name": f"{('Silva', 'Núñez', 'Wang', 'O’Brien')[number % 4]}-{number}",
        "lead.email": f"inquirer{number:04d}@{'students' if is_known else 'bench'}.example",
        "lead.phone": f"+1 801 555 {number % 10_000:04d}",
        "lead.city": "Provo",
        "lead.birth_date": f"2008-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "interest.program": ("Nursing", "Business", "MBA", "Education")[number % 4],
        "interest.term": "Fall 2027",
        "interest.student_type": "Transfer",
        "visit.utm_source": "halda",
        "visit.utm_medium": "web",
        "visit.utm_campaign": "fall_inquiry",
        "form.name": "Undergraduate RFI",
        "submission.submitted_at": "2026-10-13T15:45:22Z",
        "edu.gpa": f"{2 + number % 20 / 10:.2f}",
        "edu.high_school": "Provo High School",
        "answer.goals": "I hope to teach mathematics where I grew up.",
    }


if __name__ == "__main__":
    figures = [asdict(each) for each in measure_preview()]
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
