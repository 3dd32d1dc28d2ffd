"""Reads the labelled universities, one field a line. Knows nothing of the engine.

A file is a head (`shape:`, `object:`, `university:`), an empty line, then lines of

    Api_Name__c|Label|type(size)|flags|value;value=Label;!inactive|help -> source, ~source, ?source

- an empty label is the API name in words; everything after the type may be left out
- flags: `r` required, `u` unique, `e` external id, `l` restricted list, `f` formula, `a` auto
  number, `k` read-only to the connected user, `c` set on creation only, `n` not on creation,
  `h` hidden and deprecated, `x` never to be suggested (sensitive)
- after the arrow: `source` is this field's own; `one/other` are two that hold the same value, of
  which one is enough; `~source` is right as well, though nobody would miss it; `?source` is a
  matter of taste, not judged unless the source has a field of its own
- `@block` takes in a file of `blocks/`; a later line of the same API name replaces an earlier
  one; `- Name Name` takes fields away; `#` begins a remark
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from core.mapping.describe import SobjectDescribe
from core.salesforce.describe import parse_describe

HERE: Final = Path(__file__).parent
ORGS: Final = HERE / "orgs"
SHAPES: Final = ("standard", "eda", "targetx", "education_cloud", "isr", "homegrown")
_TYPE = re.compile(r"([a-zA-Z]+)(?:\(([^)]*)\))?")
_HEAD = re.compile(r"(shape|object|university): (.+)")
_FLAGS: Final = frozenset("ruelfakcnhx")
_DEFAULT_LENGTH: Final = {"string": 255, "email": 80, "phone": 40, "url": 255, "picklist": 255,
                          "textarea": 255, "multipicklist": 4099, "reference": 18, "id": 18,
                          "encryptedstring": 175, "combobox": 255}  # fmt: skip
_NUMBERS: Final = frozenset({"double", "currency", "percent"})


class BadNotation(ValueError):
    """A line of the labelled set cannot be read; the text names file and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledField:
    """One field as describe tells it, and which sources belong on it."""

    body: Mapping[str, Any]
    own: tuple[tuple[str, ...], ...]
    right: tuple[str, ...]
    unjudged: tuple[str, ...]
    is_forbidden: bool

    @property
    def name(self) -> str:
        return str(self.body["name"])


@dataclass(frozen=True, kw_only=True)
class LabelledOrg:
    """One object of one invented university."""

    key: str
    shape: str
    university: str
    sobject_name: str
    label: str
    fields: tuple[LabelledField, ...]

    @cached_property
    def describe(self) -> SobjectDescribe:
        return parse_describe(self.describe_body)

    @property
    def describe_body(self) -> dict[str, Any]:
        """The answer a REST describe of this object would give."""
        return {
            "name": self.sobject_name,
            "label": self.label,
            "labelPlural": self.label + "s",
            "custom": self.sobject_name.endswith("__c"),
            "createable": True,
            "updateable": True,
            "queryable": True,
            "fields": [dict(field.body) for field in self.fields],
            "recordTypeInfos": [],
        }

    @cached_property
    def counterparts(self) -> Mapping[tuple[str, ...], frozenset[str]]:
        """Targets that are right, for each source (or pair of the same value) that has its own."""
        with_own = {sources for field in self.fields for sources in field.own}
        return {sources: self._targets(sources) for sources in sorted(with_own)}

    @cached_property
    def welcome(self) -> frozenset[tuple[str, str]]:
        """Every right pair, whether or not anybody would miss it."""
        return frozenset(
            (source, field.name)
            for field in self.fields
            for source in (*field.right, *(each for sources in field.own for each in sources))
        )

    @cached_property
    def unjudged(self) -> frozenset[tuple[str, str]]:
        """Pairs that are a matter of taste, which ends where the source has a field of its own."""
        owned = {source for sources in self.counterparts for source in sources}
        return frozenset(
            (source, field.name)
            for field in self.fields
            for source in field.unjudged
            if source not in owned
        )

    @cached_property
    def forbidden(self) -> frozenset[str]:
        """Fields no suggestion may name: sensitive, or not writable for the connected user."""
        return frozenset(
            field.name
            for field in self.fields
            if field.is_forbidden
            or not (field.body["createable"] or field.body["updateable"])
            or field.body["deprecatedAndHidden"]
        )

    def _targets(self, sources: tuple[str, ...]) -> frozenset[str]:
        return frozenset(name for source, name in self.welcome if source in sources)


def load_orgs(folder: Path = ORGS) -> tuple[LabelledOrg, ...]:
    """Return every labelled university, in the order of the shapes, then of the file names."""
    orgs = [read_org(path) for path in sorted(folder.glob("*.txt"))]
    return tuple(sorted(orgs, key=lambda org: SHAPES.index(org.shape)))


def read_org(path: Path) -> LabelledOrg:
    """Return the university of one file; BadNotation names the line that cannot be read."""
    head_text, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    head = {
        found[1]: found[2] for line in head_text.splitlines() if (found := _HEAD.fullmatch(line))
    }
    if head.keys() != {"shape", "object", "university"} or head["shape"] not in SHAPES:
        raise BadNotation(f"{path.name}: the head needs shape, object and university")
    sobject_name, _, label = head["object"].partition("|")
    return LabelledOrg(
        key=path.stem,
        shape=head["shape"],
        university=head["university"],
        sobject_name=sobject_name,
        label=label or sobject_name,
        fields=tuple(_fields(path.name, body).values()),
    )


def _fields(origin: str, text: str) -> dict[str, LabelledField]:
    fields: dict[str, LabelledField] = {}
    own: set[str] = set()
    for place, line in _lines(origin, text):
        if line.startswith("- "):
            for name in line[2:].split():
                if fields.pop(name, None) is None:
                    raise BadNotation(f"{place}: there is no {name} to take away")
            continue
        try:
            field = read_field(line)
        except ValueError as error:
            raise BadNotation(f"{place}: {error}") from None
        if place.startswith(origin) and field.name in own:
            raise BadNotation(f"{place}: {field.name} stands there twice")
        if place.startswith(origin):
            own.add(field.name)
        fields[field.name] = field
    return fields


def _lines(origin: str, text: str) -> Iterator[tuple[str, str]]:
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("@"):
            block = (HERE / "blocks" / f"{line[1:]}.txt").read_text(encoding="utf-8")
            yield from _lines(f"block {line[1:]}", block)
        elif line and not line.startswith("#"):
            yield f"{origin}, line {number} after the head", line


def read_field(line: str) -> LabelledField:
    """Return one field of one line; ValueError says what is wrong with it."""
    left, _, right = line.partition(" -> ")
    parts = [part.strip() for part in f"{left}|||||".split("|")]
    name, label, kind, flags, options, help_text, *rest = parts
    found = _TYPE.fullmatch(kind)
    if not name or found is None or any(rest) or set(flags) - _FLAGS:
        raise ValueError(f"“{line}” cannot be read")
    marks = [each.strip() for each in right.split(",") if each.strip()]
    if marks and set(flags) & set("fakhx"):
        raise ValueError(f"{name} can be nobody's target")
    return LabelledField(
        body=_body(name, label, found[1], found[2] or "", flags)
        | {"picklistValues": [_choice(each) for each in options.split(";") if each.strip()]}
        | {"inlineHelpText": help_text or None},
        own=tuple(tuple(each.split("/")) for each in marks if each[0] not in "~?"),
        right=tuple(each[1:] for each in marks if each[0] == "~"),
        unjudged=tuple(each[1:] for each in marks if each[0] == "?"),
        is_forbidden="x" in flags,
    )


def _body(name: str, label: str, kind: str, size: str, flags: str) -> dict[str, Any]:
    is_custom = name.endswith(("__c", "__pc"))
    writable = not set(flags) & set("fak") and kind not in {"address", "id", "location"}
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"__p?c$", "", name)).replace("_", " ")
    is_number = kind in _NUMBERS
    digits, _, scale = size.partition(".")
    return {
        "name": name,
        "label": label or words,
        "type": kind,
        "length": _length(kind, size),
        "precision": int(digits or 18) if is_number else 0,
        "scale": int(scale or 0) if is_number else 0,
        "digits": int(size or 8) if kind == "int" else 0,
        "nillable": "r" not in flags and kind != "boolean",
        "defaultedOnCreate": kind == "boolean",
        "createable": writable and "n" not in flags,
        "updateable": writable and "c" not in flags,
        "calculated": "f" in flags,
        "autoNumber": "a" in flags,
        "custom": is_custom,
        "unique": "u" in flags,
        "externalId": "e" in flags,
        "idLookup": "e" in flags or name in {"Id", "Email"},
        "encrypted": kind == "encryptedstring",
        "deprecatedAndHidden": "h" in flags,
        "restrictedPicklist": "l" in flags,
        "referenceTo": size.split() if kind == "reference" else [],
    }


def _length(kind: str, size: str) -> int:
    if kind in _NUMBERS or kind == "int":
        return 0
    return int(size) if size.isdigit() else _DEFAULT_LENGTH.get(kind, 0)


def _choice(text: str) -> dict[str, Any]:
    value, _, label = text.strip().lstrip("!").partition("=")
    return {"value": value, "label": label or value, "active": not text.strip().startswith("!")}
