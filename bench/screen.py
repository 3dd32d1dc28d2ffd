"""What one browser tab shows; elements are found by the key their page gave them."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element

# Elements that show words, and the part of them that holds the words.
_TEXT_PARTS = {
    "alert": "body",
    "code": "code_text",
    "heading": "body",
    "html": "body",
    "markdown": "body",
    "text": "body",
}
_ESCAPED_SIGN = re.compile(r"\\([\\`*_{}\[\]()#+\-!$<>|~:])")


@dataclass(frozen=True, slots=True)
class Part:
    """One element where it stands; `fragment_id` is empty outside of fragments."""

    element: Element
    fragment_id: str

    @property
    def kind(self) -> str:
        return str(self.element.WhichOneof("type"))

    @property
    def content(self) -> Any:
        """The message of the element's own kind, such as a Selectbox."""
        return getattr(self.element, self.kind)

    @property
    def widget_id(self) -> str:
        return str(getattr(self.content, "id", ""))

    @property
    def key(self) -> str:
        """The key the page chose; it ends every generated id: `$$ID-<hash>-<key>`."""
        return self.widget_id.split("-", maxsplit=2)[-1]


class Screen:
    """Follows the deltas of run after run and drops what a run did not draw again."""

    def __init__(self) -> None:
        self._parts: dict[tuple[int, ...], Part] = {}
        self._drawn: set[tuple[int, ...]] = set()
        self._fragment_ids: frozenset[str] = frozenset()

    def begin(self, fragment_ids: Sequence[str]) -> None:
        """A run starts; without fragment ids it draws the whole page."""
        self._fragment_ids = frozenset(fragment_ids)
        self._drawn = set()

    def draw(self, path: Sequence[int], delta: Delta) -> Part | None:
        """Put an element in its place; containers and passing notes are not kept."""
        if delta.WhichOneof("type") != "new_element":
            return None
        part = self._parts[tuple(path)] = Part(delta.new_element, delta.fragment_id)
        self._drawn.add(tuple(path))
        return part

    def finish(self) -> None:
        """A run ended: what it should have drawn and did not is gone."""
        self._parts = {
            place: part
            for place, part in sorted(self._parts.items())
            if place in self._drawn or not self._is_of_this_run(part)
        }

    def find(self, key: str) -> Part | None:
        return next((part for part in self if part.key == key), None)

    def keys(self) -> list[str]:
        """Every widget key of a page's own choosing, in the order of the screen."""
        return [part.key for part in self if part.widget_id and part.key != "None"]

    def texts(self) -> list[str]:
        """The words on the screen, as a person reads them."""
        return [
            _plain(str(getattr(part.content, _TEXT_PARTS[part.kind])))
            for part in self
            if part.kind in _TEXT_PARTS
        ]

    def exceptions(self) -> list[str]:
        """What went wrong unhandled; a page's own error messages are among the texts."""
        return [part.content.message for part in self if part.kind == "exception"]

    def __iter__(self) -> Iterator[Part]:
        return iter(self._parts.values())

    def _is_of_this_run(self, part: Part) -> bool:
        return not self._fragment_ids or part.fragment_id in self._fragment_ids


def _plain(text: str) -> str:
    return html.unescape(_ESCAPED_SIGN.sub(r"\1", text))
