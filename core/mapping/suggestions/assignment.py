"""The best way to give each source at most one target and each target at most one source. Pure."""

from collections import deque
from collections.abc import Mapping

Edges = Mapping[str, Mapping[str, float]]


def best_assignment(edges: Edges) -> dict[str, str]:
    """Return source to target with the greatest total weight. Weights are above zero.

    Sources join one by one; each time the best chain of changes is made, so the total stays the
    greatest possible. The order in which the edges come changes nothing.
    """
    holder: dict[str, str] = {}
    for source in sorted(edges):
        _join(source, edges, holder)
    return {source: target for target, source in holder.items()}


def _join(newcomer: str, edges: Edges, holder: dict[str, str]) -> None:
    """Give the newcomer a target where that gains, moving or dropping others if need be."""
    came_by, gained, at = _reach(newcomer, edges, holder)
    ends = [(gain, 1, target) for target, gain in gained.items() if target not in holder]
    ends += [(gain, 0, holder[target]) for target, gain in _drops(gained, edges, holder)]
    gain, is_free, end = max(ends, default=(0.0, 0, ""), key=lambda each: (each[0], each[1]))
    if gain <= at[newcomer]:
        return
    target = end if is_free else next(t for t, source in holder.items() if source == end)
    while True:
        source = came_by[target]
        former = next((t for t, held_by in holder.items() if held_by == source), "")
        holder[target] = source
        if source == newcomer:
            return
        target = former


def _drops(
    gained: Mapping[str, float], edges: Edges, holder: Mapping[str, str]
) -> list[tuple[str, float]]:
    return [
        (target, gain - edges[holder[target]][target])
        for target, gain in gained.items()
        if target in holder
    ]


def _reach(
    newcomer: str, edges: Edges, holder: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, float], dict[str, float]]:
    """What is gained at most by taking each target, and by which source it is taken then."""
    came_by: dict[str, str] = {}
    gained: dict[str, float] = {}
    at = {newcomer: 0.0}
    waiting = deque([newcomer])
    while waiting:
        source = waiting.popleft()
        for target, weight in sorted(edges[source].items()):
            if holder.get(target) == source:
                continue
            gain = at[source] + weight
            if gain <= gained.get(target, 0.0) + 1e-12:
                continue
            gained[target], came_by[target] = gain, source
            held_by = holder.get(target)
            if held_by is not None:
                at[held_by] = gain - edges[held_by][target]
                waiting.append(held_by)
    return came_by, gained, at
