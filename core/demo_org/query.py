"""Run a SOQL statement against the records of one org, as one of its users would see them."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from core.demo_org.errors import ApiError
from core.demo_org.predicates import Getter, Predicate, compare, join, like_pattern
from core.demo_org.records import RecordStore, fold
from core.demo_org.schema import Field, Sobject, Values
from core.demo_org.showing import attributes, reader
from core.demo_org.soql import (
    Comparison,
    Condition,
    Ordering,
    Path,
    Statement,
    parse,
)
from core.demo_org.soql_tokens import Text, fault
from core.demo_org.soql_values import to_value, wrong_type

MAX_RELATIONSHIP_DEPTH: Final = 5
_INDEXED_TYPES: Final = frozenset({"id", "reference", "string", "email", "phone"})
_COMPOUND_TYPES: Final = frozenset({"address", "complexvalue"})
_LONG_TEXT: Final = 255


class Source(Protocol):
    """Where a statement finds its objects and records: an org, or its set-up."""

    @property
    def records(self) -> RecordStore: ...

    def sobject(self, name: str) -> Sobject | None: ...

    def visible_fields(self, sobject: Sobject) -> Mapping[str, Field]: ...

    def visible_field(self, sobject: Sobject, name: str) -> Field | None: ...


class Result:
    """The whole answer to a query; the caller cuts it into pages."""

    __slots__ = ("records", "total_size")

    def __init__(self, total_size: int, records: list[Values]) -> None:
        self.total_size = total_size
        self.records = records


def run_query(org: Source, source: str, *, version: str, with_deleted: bool = False) -> Result:
    """Answer a statement.

    Raises:
        ApiError: MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR.
    """
    statement = parse(source)
    sobject = org.sobject(statement.sobject_name)
    if sobject is None:
        raise _unknown_sobject(source, statement)
    return _Run(org, sobject, source, version).answer(statement, with_deleted=with_deleted)


def _unknown_sobject(source: str, statement: Statement) -> ApiError:
    message = (
        f"sObject type '{statement.sobject_name}' is not supported. If you are attempting to use a "
        "custom object, be sure to append the '__c' after the entity name. Please reference your "
        "WSDL or the describe call for the appropriate names."
    )
    return fault(source, statement.sobject_position, "INVALID_TYPE", message)


class _Run:
    def __init__(self, org: Source, sobject: Sobject, source: str, version: str) -> None:
        self._org = org
        self._sobject = sobject
        self._source = source
        self._version = version

    def answer(self, statement: Statement, *, with_deleted: bool) -> Result:
        columns = [self._column(path) for path in statement.paths]
        matches = self._condition(statement.where) if statement.where else None
        found: Iterable[Values] = self._org.records.all(self._sobject.name)
        ids = self._candidates(statement.where) if statement.where else None
        if ids is not None:
            found = (each for each in found if each["Id"] in ids)
        if not with_deleted:
            found = (each for each in found if not each.get("IsDeleted"))
        rows = [each for each in found if matches is None or matches(each)]
        for ordering in reversed(statement.orderings):
            rows.sort(key=self._sort_key(ordering), reverse=ordering.descending)
        rows = rows[statement.offset :]
        if statement.limit is not None:
            rows = rows[: statement.limit]
        if statement.is_count:
            return Result(len(rows), [])
        return Result(len(rows), [self._row(each, columns) for each in rows])

    def _candidates(self, condition: Condition) -> set[str] | None:
        """Return ids among which every match is, found by index; None where all must be read."""
        if isinstance(condition, Comparison):
            return self._indexed(condition)
        if condition.word == "NOT":
            return None
        sets = [self._candidates(part) for part in condition.parts]
        known = [each for each in sets if each is not None]
        if condition.word == "AND":
            return min(known, key=len, default=None)
        return set().union(*known) if len(known) == len(sets) else None

    def _indexed(self, comparison: Comparison) -> set[str] | None:
        if comparison.operator not in {"=", "IN"} or len(comparison.path) > 1:
            return None
        field = self._resolve(comparison.path)[0]
        if field.type not in _INDEXED_TYPES or field.encrypted:
            return None
        values = [
            to_value(self._source, field, each, comparison) or None for each in comparison.values
        ]
        return self._org.records.ids_with(self._sobject.name, field.name, values)

    def _row(self, record: Values, columns: list[tuple[Path, Getter]]) -> Values:
        row = {"attributes": attributes(self._sobject.name, record["Id"], self._version)}
        for path, getter in columns:
            if len(path) == 1:
                row[path[0]] = getter(record)
            else:
                self._nest(row, record, path, getter(record))
        return row

    def _nest(self, row: Values, record: Values, path: Path, value: Any) -> None:
        parent, sobject = self._parent(self._sobject, record, path[0])
        if parent is None or sobject is None:
            row[path[0]] = None
            return
        inner = row.get(path[0])
        if inner is None:
            inner = {"attributes": attributes(sobject.name, parent["Id"], self._version)}
            row[path[0]] = inner
        if len(path) > 2:
            _Run(self._org, sobject, self._source, self._version)._nest(
                inner, parent, path[1:], value
            )
        else:
            inner[path[1]] = value

    def _column(self, path: Path) -> tuple[Path, Getter]:
        field, getter = self._resolve(path)
        return (*path[:-1], field.name), getter

    def _resolve(self, path: Path, sobject: Sobject | None = None) -> tuple[Field, Getter]:
        """Find a field, through lookups, and how to read it from a record."""
        sobject = sobject or self._sobject
        if len(path) > MAX_RELATIONSHIP_DEPTH + 1:
            raise ApiError("INVALID_FIELD", "too many levels of relationship")
        if len(path) == 1:
            field = self._org.visible_field(sobject, path[0])
            if field is None:
                raise self._no_such_column(path[0], sobject)
            return field, reader(sobject, field)
        link = self._relationship(sobject, path[0])
        field = None
        for target_name in link.reference_to:
            target = self._org.sobject(target_name)
            if target is not None and (field := self._try_resolve(path[1:], target)):
                break
        if field is None:
            raise self._no_such_column(path[-1], sobject)
        return field, self._through(sobject, path)

    def _try_resolve(self, path: Path, target: Sobject) -> Field | None:
        try:
            return self._resolve(path, target)[0]
        except ApiError:
            return None

    def _through(self, sobject: Sobject, path: Path) -> Getter:
        def read(record: Values) -> Any:
            current: Values | None = record
            holder: Sobject | None = sobject
            for name in path[:-1]:
                if current is None or holder is None:
                    return None
                current, holder = self._parent(holder, current, name)
            if current is None or holder is None:
                return None
            field = self._org.visible_field(holder, path[-1])
            return reader(holder, field)(current) if field else None

        return read

    def _parent(
        self, sobject: Sobject, record: Values, relationship: str
    ) -> tuple[Values | None, Sobject | None]:
        link = self._relationship(sobject, relationship)
        parent_id = record.get(link.name)
        if not isinstance(parent_id, str):
            return None, None
        for target_name in link.reference_to:
            found = self._org.records.get(target_name, parent_id)
            if found is not None:
                return found, self._org.sobject(target_name)
        return None, None

    def _relationship(self, sobject: Sobject, name: str) -> Field:
        for each in self._org.visible_fields(sobject).values():
            if each.relationship and each.relationship.lower() == name.lower():
                return each
        message = (
            f"Didn't understand relationship '{name}' in field path. If you are attempting to use "
            "a custom relationship, be sure to append the '__r' after the custom relationship "
            "name. Please reference your WSDL or the describe call for the appropriate names."
        )
        raise self._fault(name, "INVALID_FIELD", message)

    def _no_such_column(self, name: str, sobject: Sobject) -> ApiError:
        message = (
            f"No such column '{name}' on entity '{sobject.name}'. If you are attempting to use a "
            "custom field, be sure to append the '__c' after the custom field name. Please "
            "reference your WSDL or the describe call for the appropriate names."
        )
        return self._fault(name, "INVALID_FIELD", message)

    def _fault(self, near: str, code: str, message: str) -> ApiError:
        return fault(self._source, max(0, self._source.find(near)), code, message)

    def _condition(self, condition: Condition) -> Predicate:
        if isinstance(condition, Comparison):
            return self._comparison(condition)
        return join(condition.word, [self._condition(part) for part in condition.parts])

    def _comparison(self, comparison: Comparison) -> Predicate:
        field, get = self._resolve(comparison.path)
        is_long = field.type == "textarea" and field.length > _LONG_TEXT
        if is_long or field.type in _COMPOUND_TYPES:
            message = f"field '{field.name}' can not be filtered in a query call"
            raise fault(self._source, comparison.position, "INVALID_FIELD", message)
        if comparison.operator == "LIKE":
            return self._like(field, get, comparison)
        values = [to_value(self._source, field, each, comparison) for each in comparison.values]
        return compare(get, comparison.operator, values, exact=field.case_sensitive)

    def _like(self, field: Field, get: Getter, comparison: Comparison) -> Predicate:
        literal = comparison.values[0]
        if not isinstance(literal, Text):
            raise wrong_type(self._source, field, comparison)
        pattern = like_pattern(literal.raw)
        return lambda record: bool(pattern.fullmatch(get(record) or ""))

    def _sort_key(self, ordering: Ordering) -> Getter:
        field, get = self._resolve(ordering.path)
        if field.type in _COMPOUND_TYPES:
            message = f"field '{field.name}' can not be sorted in a query call"
            raise self._fault(ordering.path[-1], "INVALID_FIELD", message)
        nulls_first = not ordering.nulls_last
        null_rank = nulls_first == ordering.descending

        def key(record: Values) -> Any:
            value = fold(get(record))
            return (null_rank, 0) if value is None else (not null_rank, value)

        return key
