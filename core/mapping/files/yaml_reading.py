"""Nodes of a YAML file into the model, by the model's own types; every problem with its line. Pure.

Texts are taken as they stand, quoted or not: `no`, `0123` and `2026-08-24` stay what they are.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from core.mapping.files.yaml_nodes import FileProblem
from core.mapping.model import (
    FieldRow,
    FormOverride,
    MappingDraft,
    ObjectMapping,
    OverrideRow,
    Transform,
)

PAIRS = tuple[tuple[str, str], ...]
_NULLS = ("~", "null", "Null", "NULL")
# What must not come twice in one list; the second would hide behind the first.
_NAMES: dict[type, tuple[str, Callable[[Any], object]]] = {
    ObjectMapping: ("object_id", lambda each: each.object_id),
    FieldRow: ("row_id", lambda each: each.row_id),
    FormOverride: ("form_id", lambda each: each.form_id),
    OverrideRow: ("row_id", lambda each: (each.object_id, each.row.row_id)),
}


class _Bad:
    """Stands where a problem was told."""


_BAD = _Bad()


def hints_of(kind: Any) -> dict[str, Any]:
    """Return the types of a dataclass's fields by name."""
    return _hints(kind)


_hints = cache(get_type_hints)


class NodeReader:
    """Reads one file; afterwards `problems` has what was wrong, in the order of the lines."""

    def __init__(self) -> None:
        self.problems: list[FileProblem] = []

    def read(self, root: yaml.Node, expected_format: int) -> MappingDraft | None:
        """Return the mapping; None where there are problems."""
        entries = self._entries(root, "", {"format", *hints_of(MappingDraft)})
        if entries is None:
            return None
        self._check_format(root, entries.pop("format", None), expected_format)
        draft = self._built(MappingDraft, root, entries, "")
        if isinstance(draft, MappingDraft) and not draft.objects:
            self._tell(root, "objects", "A mapping needs at least one object.")
        self.problems.sort(key=lambda each: each.line)
        return None if self.problems or not isinstance(draft, MappingDraft) else draft

    def _check_format(self, root: yaml.Node, node: yaml.Node | None, expected: int) -> None:
        if node is None:
            self._tell(root, "format", f"The format is missing; this console writes {expected}.")
        elif node.value != str(expected):
            self._tell(node, "format", f"Only format {expected} can be read.")

    def _value(self, node: yaml.Node, hint: Any, path: str) -> Any:
        if get_origin(hint) is UnionType:
            return self._optional(node, hint, path)
        if hint == PAIRS:
            return self._pairs(node, path)
        if get_origin(hint) is tuple:
            return self._items(node, get_args(hint)[0], path)
        if is_dataclass(hint):
            entries = self._entries(node, path, set(hints_of(hint)))
            return _BAD if entries is None else self._built(hint, node, entries, path)
        text = self._text(node, path)
        if isinstance(text, str) and hint is not str:
            return self._choice(node, hint, text, path)
        return text

    def _optional(self, node: yaml.Node, hint: Any, path: str) -> Any:
        if _is_plain(node) and node.value in ("", *_NULLS):
            return None
        inner = next(each for each in get_args(hint) if each is not NoneType)
        return self._value(node, inner, path)

    def _text(self, node: yaml.Node, path: str) -> str | _Bad:
        if not isinstance(node, yaml.ScalarNode):
            what = "a list" if isinstance(node, yaml.SequenceNode) else "a block of keys"
            return self._tell(node, path, f"A text is expected here, and this is {what}.")
        if _is_plain(node) and node.value in _NULLS:
            reason = 'Leave the key out for the default, or write "" or a text in quotes.'
            return self._tell(node, path, reason)
        return str(node.value)

    def _choice(self, node: yaml.Node, kind: type[StrEnum], text: str, path: str) -> Any:
        known = [each.value for each in kind]
        if text in known:
            return kind(text)
        return self._tell(node, path, f"{_shown(text)} is not known here.{_nearest(text, known)}")

    def _items(self, node: yaml.Node, hint: Any, path: str) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self._tell(node, path, "A list is expected here: lines that begin with “- ”.")
        seen: set[object] = set()
        values = []
        for index, each in enumerate(node.value):
            value = self._value(each, hint, f"{path}[{index}]")
            self._refuse_repeat(each, value, seen, f"{path}[{index}]")
            values.append(value)
        return _all_or_bad(values)

    def _refuse_repeat(self, node: yaml.Node, value: Any, seen: set[object], path: str) -> None:
        if type(value) not in _NAMES:
            return
        what, name_of = _NAMES[type(value)]
        name = name_of(value)
        if name in seen:
            self._tell(node, path, f"Its {what} stands in this list already; give it another.")
        seen.add(name)

    def _pairs(self, node: yaml.Node, path: str) -> Any:
        if isinstance(node, yaml.SequenceNode):
            return _all_or_bad(
                self._pair(each, f"{path}[{index}]") for index, each in enumerate(node.value)
            )
        if not isinstance(node, yaml.MappingNode):
            return self._tell(node, path, "Pairs are expected here, such as `source: target`.")
        pairs: dict[str, str | _Bad] = {}
        for key, value in node.value:
            name = self._text(key, path)
            if isinstance(name, str) and name in pairs:
                self._tell(key, path, f"{_shown(name)} comes twice; write [source, target] lines.")
            if isinstance(name, str):
                pairs[name] = self._text(value, f"{path}.{name}")
        return _BAD if _BAD in pairs.values() else tuple(pairs.items())

    def _pair(self, node: yaml.Node, path: str) -> Any:
        if not isinstance(node, yaml.SequenceNode) or len(node.value) != 2:
            return self._tell(node, path, "A pair is expected here: [source, target].")
        return _all_or_bad(self._text(each, path) for each in node.value)

    def _entries(
        self, node: yaml.Node, path: str, known: Iterable[str]
    ) -> dict[str, yaml.Node] | None:
        if not isinstance(node, yaml.MappingNode):
            self._tell(node, path, f"Keys are expected here: {', '.join(sorted(known))}.")
            return None
        entries: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self._text(key, path)
            if not isinstance(name, str):
                continue
            if name not in known:
                near = _nearest(name, known)
                self._tell(key, _inside(path, name), f"This key is not known here.{near}")
            elif name in entries:
                self._tell(key, _inside(path, name), "This key comes twice.")
            else:
                entries[name] = value
        return entries

    def _built(self, kind: Any, node: yaml.Node, entries: dict[str, yaml.Node], path: str) -> Any:
        hints = hints_of(kind)
        values = {
            name: self._value(each, hints[name], _inside(path, name))
            for name, each in entries.items()
        }
        for field in fields(kind):
            is_needed = field.default is MISSING and field.default_factory is MISSING
            if is_needed and field.name not in entries:
                self._tell(node, _inside(path, field.name), "This key is missing.")
                values[field.name] = _BAD
        if _BAD in values.values():
            return _BAD
        if kind is Transform and isinstance(entries.get("options"), yaml.MappingNode):
            values["options"] = tuple(sorted(values["options"]))
        return kind(**values)

    def _tell(self, node: yaml.Node, path: str, reason: str) -> _Bad:
        self.problems.append(FileProblem(node.start_mark.line + 1, path, reason))
        return _BAD


def _all_or_bad(values: Iterable[Any]) -> Any:
    made = tuple(values)
    return _BAD if _BAD in made else made


def _is_plain(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(text: str) -> str:
    return f"“{text[:40]}”"


def _nearest(text: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(text, names, n=1, cutoff=0.6)
    return f" Did you mean {near[0]}?" if near else f" Known are: {', '.join(names)}."
