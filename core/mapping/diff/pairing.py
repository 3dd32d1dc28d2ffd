"""Two sequences side by side: what belongs together by its key, and what changed places. Pure."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T")


def paired(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], Hashable]
) -> list[tuple[T | None, T | None]]:
    """What belongs together, in the order of `after`, then what is gone. Repeats pair in turn."""
    old, new = _keyed(before, key), _keyed(after, key)
    gone = [(each, None) for name, each in old.items() if name not in new]
    return [*((old.get(name), each) for name, each in new.items()), *gone]


def moved(
    before: Sequence[T], after: Sequence[T], key: Callable[[T], Hashable]
) -> tuple[list[T], list[T]]:
    """The stretch of common items whose order differs, as it was and as it is; empty if none."""
    old, new = _keyed(before, key), _keyed(after, key)
    was = [name for name in old if name in new]
    now = [name for name in new if name in old]
    while was and was[0] == now[0]:
        del was[0], now[0]
    while was and was[-1] == now[-1]:
        del was[-1], now[-1]
    return [old[name] for name in was], [new[name] for name in now]


def _keyed(items: Sequence[T], key: Callable[[T], Hashable]) -> dict[tuple[Hashable, int], T]:
    seen: Counter[Hashable] = Counter()
    keyed: dict[tuple[Hashable, int], T] = {}
    for each in items:
        name = key(each)
        keyed[name, seen[name]] = each
        seen[name] += 1
    return keyed
