"""Describes already parsed, kept in memory by content: a page's rerun costs nothing."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
MAX_PARSED = 64


class ParsedCache:
    """The most recently used results, by a key that changes with the content."""

    def __init__(self, size: int = MAX_PARSED) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, load: Callable[[], T]) -> T:
        """Return the kept result or `load()`; two callers at once may both load."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        loaded = load()
        with self._lock:
            self._kept[key] = loaded
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return loaded
