from core.preview.runs import RowView, RunState, page_rows
from tests.preview.conftest import Bench


def row_of(bench: Bench, run_id: str, number: int) -> RowView:
    (row,) = page_rows(bench.store, run_id, offset=number - 1, limit=1)[0]
    return row


def test_palmers_sample_is_planned_whole(palmer: Bench) -> None:
    run = palmer.preview()

    assert (run.error_message, run.state) == ("", RunState.DONE)
    assert sum(run.counts.values()) == run.done_count == run.record_count
    assert run.api_calls <= 6
    assert len(run.plan_hash) == 64
