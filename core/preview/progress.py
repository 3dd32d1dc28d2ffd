"""How far a running preview is: its step, counts so far and speed. Kept for every tab to read."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

_PAUSE_SECONDS = 0.25  # between two looks that are kept; a screen looks twice a second


class Phase(StrEnum):
    """The steps in their order; all but the first come again for each object."""

    READ = "read"
    CHECK = "check"
    MATCH = "match"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`done` of `total` in `seconds` of this step; of MATCH these are questions, else inquiries.

    `unfit` counts the inquiries checked so far that have a value which cannot be sent. `share` is
    how much of the whole preview lies before this step, `weight` how much the step itself is.
    """

    phase: Phase
    sobject_name: str = ""
    done: int = 0
    total: int = 0
    unfit: int = 0
    seconds: float = 0.0
    share: float = 0.0
    weight: float = 0.0

    @property
    def per_second(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def rest_seconds(self) -> float | None:
        """About how long this step goes on; None where nothing tells yet."""
        return (self.total - self.done) / self.per_second if self.per_second else None

    @property
    def whole_share(self) -> float:
        within = self.done / self.total if self.total else 0.0
        return min(1.0, self.share + self.weight * within)


_READ_WEIGHT = 0.05
_PARTS = {Phase.CHECK: (0.0, 0.25), Phase.MATCH: (0.25, 0.3), Phase.COMPARE: (0.55, 0.45)}


class Teller:
    """Tells how far a preview is: each new step at once, what follows a few times a second."""

    def __init__(
        self,
        keep: Callable[[Progress], None] = lambda _progress: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep, self._clock = keep, clock
        self._now = Progress(phase=Phase.READ)
        self._began_at = self._told_at = clock()

    def begin(
        self, phase: Phase, total: int, *, sobject_name: str = "", place: tuple[int, int] = (0, 1)
    ) -> None:
        """Begin a step; `place` is the object's place in the mapping and how many there are."""
        share, weight = _part_of_whole(phase, *place)
        unfit = 0 if phase in (Phase.READ, Phase.CHECK) else self._now.unfit
        self._now = Progress(
            phase=phase,
            sobject_name=sobject_name,
            total=total,
            unfit=unfit,
            share=share,
            weight=weight,
        )
        self._began_at = self._clock()
        self._tell(is_urgent=True)

    def step(self, done: int, *, unfit: int = 0) -> None:
        """`done` is all that is done of the step, `unfit` what was found since the last time."""
        self._now = replace(self._now, done=done, unfit=self._now.unfit + unfit)
        self._tell(is_urgent=self._now.phase is Phase.READ)

    def answered(self, done: int, total: int) -> None:
        """The org has answered so many questions; outside of MATCH that is no step forward."""
        if self._now.phase is Phase.MATCH:
            self._now = replace(self._now, done=done, total=total)
            self._tell()

    def _tell(self, *, is_urgent: bool = False) -> None:
        now = self._clock()
        if is_urgent or now - self._told_at >= _PAUSE_SECONDS:
            self._told_at = now
            self._keep(replace(self._now, seconds=now - self._began_at))


def _part_of_whole(phase: Phase, place: int, count: int) -> tuple[float, float]:
    """How much of the preview lies before the step, and how much the step is."""
    if phase is Phase.READ:
        return 0.0, _READ_WEIGHT
    of_object = (1 - _READ_WEIGHT) / count
    before, weight = _PARTS[phase]
    return _READ_WEIGHT + of_object * (place + before), of_object * weight


def to_kept(progress: Progress) -> dict[str, Any]:
    return {**asdict(progress), "phase": progress.phase.value}


def from_kept(kept: Mapping[str, Any]) -> Progress | None:
    """None before the first step."""
    return Progress(**{**kept, "phase": Phase(kept["phase"])}) if kept else None
