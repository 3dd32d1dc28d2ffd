"""What records may hold of keys that find no match, though no inquiry asks for it. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from core.mapping.apply import AppliedRecord
from core.mapping.model import JsonValue
from core.preview.matching.keys import Key, OrgRecord

# What the fields of a key may hold once an inquiry is written to a record, None for a new one.
MayHold = Callable[
    [AppliedRecord, OrgRecord | None], Iterable[tuple[Key, Mapping[str, Sequence[JsonValue]]]]
]


def nothing_beside(
    _applied: AppliedRecord, _record: OrgRecord | None
) -> tuple[tuple[Key, Mapping[str, Sequence[JsonValue]]], ...]:
    return ()


def values_beside(
    applied: AppliedRecord,
    found: Iterable[OrgRecord],
    may_hold: MayHold,
    *,
    asked_by: Callable[[Key], Key],
) -> Iterator[tuple[Key, tuple[JsonValue, ...]]]:
    """Yield the keys that the org is asked by, with each set of values that may come about.

    `found` are the records that the inquiry's own keys find.
    """
    records: tuple[OrgRecord | None, ...] = tuple(
        {str(each["Id"]): each for each in found}.values()
    )
    for record in records or (None,):
        for key, options in may_hold(applied, record):
            wider = asked_by(key)
            for values in product(*(options[field.name] for field in wider.fields)):
                yield wider, values
