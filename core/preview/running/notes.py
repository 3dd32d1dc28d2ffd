"""What a preview notes of itself while it runs: calls, the org's rules, how far it is."""

from contextlib import suppress

from sqlalchemy import update
from sqlmodel import col

from core.errors import StorageError
from core.preview.progress import Progress, to_kept
from core.store.engine import Store
from core.store.tables import PreviewRun


def keep_progress(store: Store, run_id: str, progress: Progress) -> None:
    """Keep how far the run is; where that cannot be the preview goes on all the same."""
    values = {"progress": to_kept(progress)}
    with suppress(StorageError), store.write() as session:
        session.execute(update(PreviewRun).where(col(PreviewRun.id) == run_id).values(values))


def calls_so_far(store: Store, run_id: str) -> int:
    """The calls that earlier attempts of the run have cost."""
    with store.read() as session:
        run = session.get(PreviewRun, run_id)
        return run.api_calls if run else 0


def keep_usage(
    store: Store, run_id: str, *, api_calls: int, api_usage: tuple[int, int] | None
) -> None:
    """Keep what the run has cost the org, whatever becomes of it."""
    used, limit = api_usage or (None, None)
    values = {"api_calls": api_calls, "api_used": used, "api_limit": limit}
    with store.write() as session:
        session.execute(update(PreviewRun).where(col(PreviewRun.id) == run_id).values(values))
