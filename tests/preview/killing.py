"""What processes of their own do in the tests of cut-off previews: carry on, and die on the way.

The places to die at are patched in here; the product has none.
"""

import os
import signal
from collections.abc import Callable, Mapping
from multiprocessing.synchronize import Event
from typing import Any
from unittest import mock

from core.preview.running import work
from core.preview.running.org import OrgReader
from core.preview.runs import PreviewRunner
from core.work.engine import WorkEngine
from tests.connect.renewing import opened

LIMIT_SECONDS = 60
Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


def carry_on_and_die(environ: Mapping[str, str], run_id: str, step: str) -> None:
    """Carry the run on and be killed at the step; returning means it was never reached."""
    owner, name, death = STEPS[step]
    with mock.patch.object(owner, name, death(getattr(owner, name))):
        _carry_on(environ, run_id)


def carry_on_and_stand(
    environ: Mapping[str, str], run_id: str, standing: Event, may_go_on: Event
) -> None:
    """Carry the run on, but stand still behind its first inquiries until told otherwise."""

    def stand(real: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            kept = real(*args, **kwargs)
            standing.set()
            may_go_on.wait(LIMIT_SECONDS)
            return kept

        return wrapped

    with mock.patch.object(work, "add_plans", stand(work.add_plans)):
        _carry_on(environ, run_id)


def _carry_on(environ: Mapping[str, str], run_id: str) -> None:
    with opened(environ) as context:
        engine = WorkEngine(context.settings)
        runner = PreviewRunner(context, engine)
        engine.launch()
        runner.wait(run_id, LIMIT_SECONDS)
        engine.close()


def _die(*_args: Any, **_kwargs: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before(_real: Callable[..., Any]) -> Callable[..., Any]:
    return _die


def _after(real: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        _die()

    return wrapped


def _before_the_second(real: Callable[..., Any]) -> Callable[..., Any]:
    calls = iter((real, _die))

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        call = next(calls)
        return call(*args, **kwargs)

    return wrapped


# In the order of a preview.
STEPS: dict[str, tuple[Any, str, Wrap]] = {
    "before it reads": (OrgReader, "ask", _before),
    "with an answer not yet kept": (OrgReader, "ask", _after),
    "before it keeps inquiries": (work, "add_plans", _before),
    "between two steps": (work, "add_plans", _before_the_second),
    "before it ends": (work, "finish_run", _before),
    "after it has ended": (work, "finish_run", _after),
}
