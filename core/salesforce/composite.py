"""Many queries in few calls: packs them into composites, follows pages, halves what is too long.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
"""

import json
import urllib.parse
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import ConsoleError, QueryRefused
from core.salesforce.remedies import explain, unreadable
from core.salesforce.soql import InQuery

MAX_QUERY_PARTS = 5

Record = dict[str, Any]

_TOO_LONG = frozenset({"HTTP 413", "HTTP 414", "HTTP 431", "EXCEEDED_MAX_SIZE_REQUEST"})
# These say it in words of any language, so only a long query is taken to be too long.
_PERHAPS_TOO_LONG = frozenset({"MALFORMED_QUERY", "QUERY_TOO_COMPLICATED", "QUERY_TIMEOUT"})
_LONG = 4_000


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a query; `next_path` is empty on the last."""

    records: tuple[Record, ...]
    next_path: str


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """What one part of a composite was answered with."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class _Part:
    """A query or a further page of it, for the result at `place`."""

    place: int
    query: str | InQuery
    page_path: str = ""

    @property
    def soql(self) -> str:
        return self.query.soql() if isinstance(self.query, InQuery) else self.query

    def url(self, root: str) -> str:
        return (
            self.page_path or f"{root}/{self._resource}/?q={urllib.parse.quote(self.soql, safe='')}"
        )

    @property
    def _resource(self) -> str:
        is_all = isinstance(self.query, InQuery) and self.query.with_deleted
        return "queryAll" if is_all else "query"

    def halves(self) -> "tuple[_Part, _Part] | None":
        if self.page_path or not isinstance(self.query, InQuery) or len(self.query.values) < 2:
            return None
        first, second = self.query.halves()
        return _Part(self.place, first), _Part(self.place, second)


Parcel = tuple[_Part, ...]  # what travels in one call


class QueryBatch:
    """The state of one query_many: what waits, and what came."""

    def __init__(self, queries: Sequence[str | InQuery], api_version: str) -> None:
        self._root = f"/services/data/v{api_version}"
        self._waiting = deque(
            _Part(place, piece)
            for place, query in enumerate(queries)
            for piece in (query.chunks() if isinstance(query, InQuery) else (query,))
        )
        self._open = Counter(part.place for part in self._waiting)
        self.results: list[list[Record]] = [[] for _ in queries]

    def next_parcel(self, *, is_alone: bool = True) -> Parcel:
        """Take the next parts to send, at most five; empty when there is nothing to send now.

        Unless the call would be the only one under way, fewer than five wait for further pages.
        """
        if len(self._waiting) < MAX_QUERY_PARTS and not is_alone:
            return ()
        return tuple(
            self._waiting.popleft() for _ in range(min(MAX_QUERY_PARTS, len(self._waiting)))
        )

    def to_body(self, parcel: Parcel) -> str:
        """Return the JSON of the composite that asks for the parcel."""
        parts = [
            {"method": "GET", "url": part.url(self._root), "referenceId": f"part{number}"}
            for number, part in enumerate(parcel)
        ]
        return json.dumps({"allOrNone": False, "compositeRequest": parts})

    def take(self, parcel: Parcel, answers: Iterable[PartAnswer]) -> None:
        """Keep the records of a parcel; raises the error of a part that failed."""
        for part, answer in zip(parcel, answers, strict=True):
            if answer.status != 200:
                self._halve(part, explain_query(answer))
                continue
            page = parse_page(answer.body)
            self.results[part.place] += page.records
            if page.next_path:
                if page.next_path == part.page_path:
                    raise unreadable(200)
                self._waiting.append(_Part(part.place, part.query, page.next_path))
            else:
                self._open[part.place] -= 1

    def take_whole(self) -> dict[int, list[Record]]:
        """Return the results that have become whole since the last call, by place."""
        places = [place for place, parts in self._open.items() if not parts]
        for place in places:
            del self._open[place]
        return {place: self.results[place] for place in places}

    def halve(self, parcel: Parcel, error: QueryRefused) -> None:
        """Cut every part of a parcel, after the org refused the whole call as too long."""
        if error.code not in _TOO_LONG or not any(part.halves() for part in parcel):
            raise error
        for part in parcel:
            halves = part.halves()
            self._waiting.extend(halves or (part,))
            self._open[part.place] += 1 if halves else 0

    def _halve(self, part: _Part, error: ConsoleError) -> None:
        halves = part.halves()
        is_long = len(part.soql) > _LONG
        is_too_long = error.code in _TOO_LONG or (is_long and error.code in _PERHAPS_TOO_LONG)
        if halves is None or not is_too_long:
            raise error
        self._waiting.extend(halves)
        self._open[part.place] += 1


def explain_query(answer: PartAnswer) -> ConsoleError:
    """Return the error of a failed part."""
    return explain(answer.status, answer.body)


def parse_parts(body: Any, count: int) -> list[PartAnswer]:
    """Return the answers of a composite in the order of its parts; raises UnreadableAnswer."""
    answers = body.get("compositeResponse") if isinstance(body, dict) else None
    by_reference = {
        entry.get("referenceId"): entry
        for entry in (answers if isinstance(answers, list) else ())
        if isinstance(entry, dict)
    }
    found = [by_reference.get(f"part{number}") for number in range(count)]
    parts: list[PartAnswer] = []
    for entry in found:
        if entry is None or not isinstance(entry.get("httpStatusCode"), int):
            raise unreadable(200)
        parts.append(PartAnswer(entry["httpStatusCode"], entry.get("body")))
    return parts


def parse_page(body: Any) -> Page:
    """Return one page; a body without its records, or without the way on, raises."""
    if not isinstance(body, dict) or not isinstance(body.get("records"), list):
        raise unreadable(200)
    records = body["records"]
    next_path = body.get("nextRecordsUrl") or ""
    is_complete = body.get("done") is True
    if not all(isinstance(each, dict) for each in records) or not isinstance(next_path, str):
        raise unreadable(200)
    if not is_complete and not next_path.startswith("/services/data/"):
        raise unreadable(200)
    return Page(tuple(records), "" if is_complete else next_path)
