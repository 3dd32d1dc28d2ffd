"""What a kind of background work is made of, as those who own the work describe it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

MAX_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Work on items, each known by an id; nothing else is ever written down about it.

    `carry_out` returns one word about what became of the item and raises nothing. It is called
    again for an item whose process died, so it goes on from what it has kept itself.
    `unfinished` lists the ids that ought to be under way: those nobody works on are taken up anew,
    and `give_up` is told of one that has ended its process too often.
    """

    name: str
    carry_out: Callable[[str], str]
    at_once: int = 2  # in one process
    unfinished: Callable[[], Sequence[str]] = tuple
    give_up: Callable[[str], None] = lambda _item_id: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Something that is done at set times by one of the processes, and at each launch.

    `cron` is in UTC. `go` returns one word and raises nothing.
    """

    name: str
    cron: str
    go: Callable[[], str]
