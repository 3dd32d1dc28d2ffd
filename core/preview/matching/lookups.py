"""Asks the org, once for a batch, which related records the mapping's texts mean. Never guesses."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from core.errors import InvalidInput, MappingProblem
from core.mapping.coercion.coerce import make_coercer
from core.mapping.coercion.texts import to_long_id
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.lookups import LookupAsk, ResolvedLookups
from core.mapping.model import JsonValue
from core.preview.matching.keys import Ask, Folded, Key, build_queries, loosen
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery, is_any_of

DescribeOf = Callable[[str], SobjectDescribe]


@dataclass(frozen=True, slots=True)
class LookupAnswers:
    """What the org answered, and what it calls the objects that were asked for."""

    resolved: ResolvedLookups = field(default_factory=ResolvedLookups)
    labels: Mapping[str, str] = field(default_factory=dict)


def resolve_lookups(asks: Iterable[LookupAsk], describe_of: DescribeOf, ask: Ask) -> LookupAnswers:
    """Return the ids of every record that each text means; `ask` is called once at most.

    Raises ObjectNotVisible or MappingProblem where the object or its field cannot be searched.
    """
    ordered = sorted(set(asks), key=lambda each: (*_target(each), each.text))
    groups = [
        _Group(describe_of(sobject_name), by_field, tuple(found))
        for (sobject_name, by_field), found in groupby(ordered, key=_target)
    ]
    queries = [query for group in groups for query in group.queries]
    answered = iter(ask(queries) if queries else [])
    answers: dict[LookupAsk, tuple[str, ...]] = {}
    for group in groups:
        answers |= group.answers(record for _ in group.queries for record in next(answered))
    labels = {each.sobject_name: group.describe.label for group in groups for each in group.asks}
    return LookupAnswers(ResolvedLookups(answers), labels)


class _Group:
    """All texts that are looked up in one field of one object."""

    def __init__(self, describe: SobjectDescribe, by_field: str, asks: Sequence[LookupAsk]) -> None:
        self.describe, self.asks = describe, asks
        self._key = Key((_searchable(describe, by_field),))
        self._values = {each: self._value(each.text) for each in asks}
        self.queries = self._queries()

    def answers(self, records: Iterable[Record]) -> dict[LookupAsk, tuple[str, ...]]:
        exact: dict[Folded, set[str]] = {}
        loose: dict[Folded, set[str]] = {}
        for record in records:
            folded = self._key.fold_record(record)
            if folded is not None:
                record_id = to_long_id(str(record["Id"]))
                exact.setdefault(folded, set()).add(record_id)
                loose.setdefault(loosen(folded), set()).add(record_id)
        return {each: self._hits(value, exact, loose) for each, value in self._values.items()}

    def _hits(
        self, value: JsonValue, exact: Mapping[Folded, set[str]], loose: Mapping[Folded, set[str]]
    ) -> tuple[str, ...]:
        """Records with another accent count where none is spelled alike: the org found them too."""
        if value is None:
            return ()
        folded = self._key.fold((value,))
        found = exact.get(folded, set())
        if not found and not self._key.fields[0].case_sensitive:
            found = loose.get(loosen(folded), set())
        return tuple(sorted(found))

    def _queries(self) -> list[InQuery]:
        values = [(value,) for value in self._values.values() if value is not None]
        names = dict.fromkeys(("Id", self._key.fields[0].name))
        return build_queries(self._key, values, describe=self.describe, field_names=tuple(names))

    def _value(self, text: str) -> JsonValue:
        """As the field would hold it; None for a text that no record can hold."""
        key_field = self._key.fields[0]
        value = make_coercer(key_field)(text).value
        if value is None:
            return None
        try:
            is_any_of(self.describe, key_field.name, [value])
        except InvalidInput:
            return None
        return value


def _target(ask: LookupAsk) -> tuple[str, str]:
    return ask.sobject_name, ask.by_field


def _searchable(describe: SobjectDescribe, by_field: str) -> FieldDescribe:
    found = describe.field(by_field)
    if found is None or not found.filterable:
        why = "is not visible" if found is None else "cannot be searched"
        raise MappingProblem(
            f"The mapping looks up {describe.label} by {by_field}, which {why}.",
            advice="Choose another field for the lookup on the mapping page, then save.",
        )
    return found
