"""Which inquiries of a batch may be about the same record, and which of them comes first. Pure."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from core.mapping.coercion.moments import parse_moment
from core.mapping.model import SourceRecord

_SUBMITTED_AT = "submission.submitted_at"
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Returning:
    """The inquiries, by row number, each with marks that it shares with others of its record.

    Marks may bring too many together, such as a family's address, but never too few.
    """

    def __init__(self, marks: Mapping[int, Iterable[Hashable]]) -> None:
        self._first_with: dict[Hashable, int] = {}
        self._leaders: dict[int, int] = {}
        for row_number, found in marks.items():
            for mark in found:
                first = self._first_with.setdefault(mark, row_number)
                if first != row_number:
                    self._join(first, row_number)
        groups: dict[int, list[int]] = {}
        for row_number in self._leaders:
            groups.setdefault(self._leader(row_number), []).append(row_number)
        self._groups: dict[int, _Group] = {}
        for rows in groups.values():
            self._groups |= dict.fromkeys(rows, _Group(sorted(rows)))

    def has_company(self, row_number: int) -> bool:
        """Whether another inquiry of the batch may be about the same record."""
        return row_number in self._groups

    def is_wanted(self, mark: Hashable) -> bool:
        """Whether any inquiry asks for this."""
        return mark in self._first_with

    def sort(self, ranks: Callable[[], Mapping[int, int]]) -> None:
        """Put inquiries about the same record in the order of these ranks, by row number.

        The same ranks are for all objects: else two rows might have to wait for each other.
        """
        for group in set(self._groups.values()):
            group.sort(ranks())

    def due(self, row_number: int) -> Iterator[int]:
        """Yield the inquiries to plan when this one's turn comes; each is yielded once."""
        group = self._groups.get(row_number)
        if group is None:
            yield row_number
        else:
            yield from group.up_to(row_number)

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._leader(one), self._leader(other)))
        self._leaders[second] = first

    def _leader(self, row_number: int) -> int:
        self._leaders.setdefault(row_number, row_number)
        while (above := self._leaders[row_number]) != row_number:
            self._leaders[row_number] = self._leaders[above]
            row_number = above
        return row_number


class _Group:
    """Inquiries of one record; those before `_next` have had their turn."""

    def __init__(self, row_numbers: list[int]) -> None:
        self._rows = row_numbers
        self._places = {row: place for place, row in enumerate(row_numbers)}
        self._next = 0

    def sort(self, ranks: Mapping[int, int]) -> None:
        self._rows.sort(key=ranks.__getitem__)
        self._places = {row: place for place, row in enumerate(self._rows)}

    def up_to(self, row_number: int) -> Iterator[int]:
        end = self._places[row_number] + 1
        due, self._next = self._rows[self._next : end], max(self._next, end)
        yield from due


def submission_ranks(sources: Iterable[SourceRecord]) -> dict[int, int]:
    """Return each row's place in the order of submission.

    An inquiry that does not say when it was submitted, or not in which time zone, goes with the
    row before it, so that a file without times keeps its order.
    """
    known = _BEFORE_ALL
    moments: list[tuple[datetime, int]] = []
    for source in sources:
        known = _submitted_at(source) or known
        moments.append((known, source.row_number))
    return {row: rank for rank, (_, row) in enumerate(sorted(moments))}


def _submitted_at(source: SourceRecord) -> datetime | None:
    moment = parse_moment(source.values.get(_SUBMITTED_AT, ""))
    return moment if moment and moment.tzinfo else None
