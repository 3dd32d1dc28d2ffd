"""A mapping as a YAML file that people read and edit, and back without loss. Pure.

Every text that YAML could take for something else (`no`, `0123`, a date) is written in quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

import yaml

from core.mapping.files.serialize import FORMAT
from core.mapping.files.yaml_nodes import UnreadableMapping, parse, refused
from core.mapping.files.yaml_reading import PAIRS, NodeReader, hints_of
from core.mapping.model import (
    Lookup,
    MappingDraft,
    MatchKey,
    Newer,
    RowSource,
    Transform,
)

COMMENT = f"""\
# A mapping of the Halda to Salesforce console, format {FORMAT}.
# A key that is left out has its default. A text in quotes stays exactly as it stands. Pairs are
# written as "source": "target" or, where a source comes twice, as [source, target] lines.
"""
# Written even where it is the default: a reader looks for it.
_ALWAYS = frozenset({"object_id", "operation", "write_rule", "default_country", "time_zone"})
_ON_ONE_LINE = (RowSource, MatchKey, Transform, Lookup, Newer)
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[.:/-][A-Za-z0-9_]+)*")
_OTHER_MEANINGS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_TEXT, _NUMBER, _LIST, _KEYS = (
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "seq", "map")
)


def to_yaml(draft: MappingDraft) -> str:
    """Return the mapping as YAML with a comment at its head; `from_yaml` reads the same back."""
    root = _to_node(draft)
    # what concerns the whole comes before the long lists
    root.value.sort(key=lambda entry: not isinstance(entry[1], yaml.ScalarNode))
    root.value.insert(0, (_scalar("format"), yaml.ScalarNode(_NUMBER, str(FORMAT))))
    body: str = yaml.serialize(root, Dumper=_Indented, allow_unicode=True, width=1_000_000)
    return COMMENT + body


def from_yaml(text: str | bytes) -> MappingDraft:
    """Return the mapping of a YAML file.

    Raises UnreadableMapping, a MappingProblem whose `problems` hold line, path and reason each.
    """
    root = parse(text if isinstance(text, str) else _decoded(text))
    reader = NodeReader()
    draft = reader.read(root, FORMAT)
    if draft is None:
        raise UnreadableMapping(tuple(reader.problems))
    return draft


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(line, "The file is not in UTF-8.") from None


class _Indented(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  the library's signature
        super().increase_indent(flow, False)


def _to_node(value: Any) -> yaml.MappingNode:
    entries = []
    hints = hints_of(type(value))
    for field in fields(value):
        each = getattr(value, field.name)
        is_default = field.default is not MISSING and each == field.default
        if not is_default or field.name in _ALWAYS:
            is_pairs = hints[field.name] == PAIRS
            # options are read back in the order of their names
            node = _pairs(each, is_sorted=type(value) is Transform) if is_pairs else _value(each)
            entries.append((_scalar(field.name), node))
    return yaml.MappingNode(_KEYS, entries, flow_style=isinstance(value, _ON_ONE_LINE))


def _value(value: Any) -> yaml.Node:
    if is_dataclass(value):
        return _to_node(value)
    if isinstance(value, tuple):
        is_texts = all(isinstance(each, str) for each in value)
        return yaml.SequenceNode(_LIST, [_value(each) for each in value], flow_style=is_texts)
    return _scalar(value)


def _pairs(pairs: Sequence[tuple[str, str]], *, is_sorted: bool) -> yaml.Node:
    """Keys and values where that loses nothing, else a list of pairs."""
    sources = [source for source, _ in pairs]
    in_order = not is_sorted or sources == sorted(sources)
    if in_order and len(set(sources)) == len(sources):
        entries = [(_scalar(source), _scalar(sent)) for source, sent in pairs]
        return yaml.MappingNode(_KEYS, entries, flow_style=False)
    lines = [yaml.SequenceNode(_LIST, [*map(_scalar, pair)], flow_style=True) for pair in pairs]
    return yaml.SequenceNode(_LIST, lines, flow_style=False)


def _scalar(text: str) -> yaml.ScalarNode:
    is_safe = _SAFE.fullmatch(text) and text.casefold() not in _OTHER_MEANINGS
    return yaml.ScalarNode(_TEXT, str(text), style=None if is_safe else '"')
