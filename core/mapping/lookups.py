"""Text to the id of a related record, by what the org answered before. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.mapping.coercion.values import Coerced
from core.mapping.describe import FieldDescribe
from core.mapping.model import Lookup, LookupPolicy
from core.mapping.problems import Problem, ProblemKind

ID_FIELD = "Id"


@dataclass(frozen=True, slots=True)
class LookupAsk:
    """One question to the org: which record of this object holds this text in this field."""

    sobject_name: str
    by_field: str
    text: str


def make_ask(lookup: Lookup, text: str) -> LookupAsk:
    """Return the question, the text composed and trimmed; whether case matters the field tells."""
    plain = unicodedata.normalize("NFC", text).strip()
    return LookupAsk(lookup.sobject_name, lookup.by_field, plain)


@dataclass(frozen=True, slots=True)
class ResolvedLookups:
    """The org's answers: the ids found for each question; no entry means it was not asked."""

    answers: Mapping[LookupAsk, tuple[str, ...]] = field(default_factory=dict)

    def find(self, lookup: Lookup, text: str) -> tuple[str, ...] | None:
        return self.answers.get(make_ask(lookup, text))


def needs_asking(lookup: Lookup | None) -> bool:
    """Tell whether the org must be asked; an id stands for itself."""
    return lookup is not None and lookup.by_field.casefold() != ID_FIELD.casefold()


def resolve(
    lookup: Lookup, text: str, target: FieldDescribe, resolved: ResolvedLookups | None
) -> Coerced:
    """Return the related record's id, or what the row's policies say where it is not one."""
    found = resolved.find(lookup, text) if resolved else None
    if found is None:
        return Coerced(note=f"{lookup.sobject_name} is looked up by {lookup.by_field} in a preview")
    if len(found) == 1:
        return Coerced(
            value=found[0],
            note=f"{lookup.sobject_name} found by {lookup.by_field}",
        )
    if not found:
        return _failed(
            lookup.not_found,
            ProblemKind.LOOKUP_NOT_FOUND,
            f"No {lookup.sobject_name} has this {lookup.by_field}, so {target.label} stays open.",
            "Map the value to one that exists, or ask the university's admin to add the record.",
        )
    return _failed(
        lookup.several,
        ProblemKind.LOOKUP_SEVERAL,
        f"{len(found)} {lookup.sobject_name} records have this {lookup.by_field}; none is chosen.",
        "Look up by a field that is unique, or ask the university's admin which one is right.",
    )


def _failed(policy: LookupPolicy, kind: ProblemKind, message: str, advice: str) -> Coerced:
    is_held = policy is LookupPolicy.HOLD
    return Coerced(problems=(Problem(kind, message, advice, blocks=is_held),), is_absent=True)


def distinct(asks: Iterable[LookupAsk]) -> tuple[LookupAsk, ...]:
    return tuple(dict.fromkeys(asks))
