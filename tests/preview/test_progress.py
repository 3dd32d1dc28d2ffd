"""How far a running preview is said to be: steps in order, counts, speed; seldom written."""

from dataclasses import replace
from itertools import pairwise

import pytest

from core.halda.sample import sample_records
from core.preview.progress import Phase, Progress, Teller, from_kept, to_kept
from core.preview.running import work
from core.preview.running.notes import keep_progress
from core.preview.runs import load_run
from core.store.engine import Store
from tests.preview.mappings import lakeside_objects, palmer_draft
from tests.preview.university import University


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Progress, int]]:
    """Each progress that a preview keeps, with the API calls that the run has by then."""
    kept: list[tuple[Progress, int]] = []

    def keep(store: Store, run_id: str, progress: Progress) -> None:
        keep_progress(store, run_id, progress)
        run = load_run(store, run_id)
        assert run.progress == progress
        kept.append((progress, run.api_calls))

    monkeypatch.setattr(work, "keep_progress", keep)
    monkeypatch.setattr("core.preview.progress._PAUSE_SECONDS", 0)
    return kept


def test_first_counts_are_told_before_the_org_is_asked(
    palmer: University, told: list[tuple[Progress, int]]
) -> None:
    palmer.preview()

    read = [(each, calls) for each, calls in told if each.phase is Phase.READ]
    assert [(each.done, calls) for each, calls in read] == [(0, 0), (read[0][0].total, 0)]


def test_steps_are_told_in_their_order_with_all_inquiries_and_calls(
    palmer: University, told: list[tuple[Progress, int]]
) -> None:
    many = [replace(each, row_number=n) for n, each in enumerate(sample_records() * 12, start=1)]

    run = palmer.preview(palmer_draft(), many)

    steps = [each for each, _ in told]
    assert list(dict.fromkeys(each.phase for each in steps)) == list(Phase)
    checked = max((each for each in steps if each.phase is Phase.CHECK), key=lambda e: e.done)
    assert checked.done == run.record_count
    assert checked.unfit > 0
    matched = [each for each in steps if each.phase is Phase.MATCH]
    assert matched[-1].done == matched[-1].total > 0
    while_matching = [calls for each, calls in told if each.phase is Phase.MATCH]
    assert while_matching[-1] > while_matching[0]
    calls = [each for _, each in told]
    assert calls == sorted(calls)
    assert calls[-1] == run.api_calls


def test_progress_never_goes_back_over_several_objects(
    lakeside: University, told: list[tuple[Progress, int]]
) -> None:
    lakeside.preview(lakeside_objects())

    shares = [each.whole_share for each, _ in told]
    assert all(later >= earlier for earlier, later in pairwise(shares))
    assert {each.sobject_name for each, _ in told if each.phase is Phase.COMPARE} == {
        each.sobject_name for each in lakeside_objects().objects
    }


def test_a_step_is_told_at_once_and_its_counts_a_few_times_a_second() -> None:
    clock, kept = Clock(), list[Progress]()
    teller = Teller(kept.append, clock)

    teller.begin(Phase.CHECK, 1_000)
    for done in range(100, 1_100, 100):
        clock.now += 0.1
        teller.step(done, unfit=1)

    assert [(each.done, each.unfit) for each in kept] == [(0, 0), (300, 3), (600, 6), (900, 9)]


def test_speed_and_rest_are_of_the_step() -> None:
    progress = Progress(phase=Phase.CHECK, done=400, total=1_000, seconds=2.0)

    assert (progress.per_second, progress.rest_seconds) == (200, 3)
    assert Progress(phase=Phase.MATCH).rest_seconds is None
    assert from_kept(to_kept(progress)) == progress
    assert from_kept({}) is None
