"""The resources that write: single records, upserts and collections of up to 200."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote

from core.demo_org.calls import ApiAnswer, ApiCall, Session
from core.demo_org.errors import ApiError
from core.demo_org.finding import MultipleChoicesError, known_sobject, live_record
from core.demo_org.ids import to_long_id
from core.demo_org.org import Org
from core.demo_org.records import fold
from core.demo_org.saving import Saver, SeveralMatchesError
from core.demo_org.schema import Sobject

MAX_COLLECTION_ROWS: Final = 200
MAX_CHUNKS: Final = 10
_NO_ATTRIBUTES: Final = (
    "Nested object for polymorphic foreign key must have an attributes field before any other "
    "fields."
)
_ROLLED_BACK: Final = (
    "Record rolled back because not all records were valid and the request was using AllOrNone "
    "header"
)
Row = dict[str, Any]


def _saver(session: Session, call: ApiCall) -> Saver:
    return Saver(session, call.version, call.headers)


def _values(call: ApiCall, *forbidden: str) -> dict[str, Any]:
    if not isinstance(call.body, dict):
        raise ApiError("JSON_PARSER_ERROR", "The request body must be a JSON object")
    for name in call.body:
        if name.lower() in {each.lower() for each in forbidden}:
            raise ApiError(
                "INVALID_FIELD", f"The {name} field should not be specified in the sobject data."
            )
    return call.body


def _location(call: ApiCall, sobject: Sobject, record_id: str) -> dict[str, str]:
    return {"Location": f"/services/data/v{call.version}/sobjects/{sobject.name}/{record_id}"}


def create(session: Session, call: ApiCall) -> ApiAnswer:
    sobject = known_sobject(session.org, call.segments[1])
    with session.org.records.transaction():
        record_id = _saver(session, call).create(sobject, _values(call))
    return ApiAnswer(
        status=201,
        body={"id": record_id, "success": True, "errors": []},
        headers=_location(call, sobject, record_id),
    )


def update(session: Session, call: ApiCall) -> ApiAnswer:
    sobject = known_sobject(session.org, call.segments[1])
    record = live_record(session.org, sobject, call.segments[2])
    with session.org.records.transaction():
        _saver(session, call).update(sobject, record["Id"], _values(call, "Id"))
    return ApiAnswer(status=204)


def delete(session: Session, call: ApiCall) -> ApiAnswer:
    sobject = known_sobject(session.org, call.segments[1])
    record = live_record(session.org, sobject, call.segments[2])
    with session.org.records.transaction():
        _saver(session, call).delete(sobject, record["Id"])
    return ApiAnswer(status=204)


def upsert(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer 201 for a new record, 200 for a changed one, 300 when several hold the key."""
    _, name, key, value = call.segments
    sobject = known_sobject(session.org, name)
    update_only = call.query.get("updateOnly", "").lower() == "true"
    try:
        with session.org.records.transaction():
            done = _saver(session, call).upsert(
                sobject, key, value, _values(call, key, "Id"), update_only=update_only
            )
    except SeveralMatchesError as several:
        base = f"/services/data/v{call.version}/sobjects/{sobject.name}"
        raise MultipleChoicesError([f"{base}/{each}" for each in several.ids]) from None
    return ApiAnswer(
        status=201 if done.created else 200,
        body={"id": done.id, "success": True, "errors": [], "created": done.created},
        headers=_location(call, sobject, done.id),
    )


def create_many(session: Session, call: ApiCall) -> ApiAnswer:
    rows = _rows(call)
    _check_chunks(rows)
    saver = _saver(session, call)

    def save(row: Row) -> Row:
        return {"id": saver.create(_row_sobject(session.org, row), row), "success": True}

    return _collection(session, rows, save, all_or_none=_all_or_none(call))


def update_many(session: Session, call: ApiCall) -> ApiAnswer:
    rows = _rows(call)
    _check_chunks(rows)
    saver = _saver(session, call)

    def save(row: Row) -> Row:
        record_id = next((row[name] for name in row if name.lower() == "id"), None)
        if not record_id:
            raise ApiError("MISSING_ARGUMENT", "Id not specified in an update call")
        sent = {name: value for name, value in row.items() if name.lower() != "id"}
        saver.update(_row_sobject(session.org, row), str(record_id), sent)
        return {"id": to_long_id(str(record_id)), "success": True}

    return _collection(session, rows, save, all_or_none=_all_or_none(call))


def upsert_many(session: Session, call: ApiCall) -> ApiAnswer:
    """Upsert rows that each name their object first, by one key field."""
    rows = _rows(call)
    sobject = known_sobject(session.org, call.segments[2])
    key = call.segments[3]
    saver = _saver(session, call)
    seen = [fold(_key_value(row, key)) for row in rows]

    def save(row: Row) -> Row:
        _row_sobject(session.org, row)
        value = _key_value(row, key)
        if isinstance(value, list | dict):
            raise ApiError("JSON_PARSER_ERROR", f"{key} must be a single value")
        if value is None or value == "":
            raise ApiError("MISSING_ARGUMENT", f"{key} not specified")
        if seen.count(fold(value)) > 1:
            raise ApiError(
                "DUPLICATE_VALUE", f"Duplicate external id specified: {value}", fields=(key,)
            )
        sent = {name: each for name, each in row.items() if name.lower() != key.lower()}
        try:
            done = saver.upsert(sobject, key, value, sent)
        except SeveralMatchesError as several:
            message = f"{key}: more than one record found for external id field: {several.ids}"
            raise ApiError("DUPLICATE_EXTERNAL_ID", message, fields=(key,)) from None
        return {"id": done.id, "success": True, "created": done.created}

    return _collection(
        session, rows, save, all_or_none=_all_or_none(call), failed={"created": False}
    )


def delete_many(session: Session, call: ApiCall) -> ApiAnswer:
    ids = [each.strip() for each in unquote(call.query.get("ids", "")).split(",") if each.strip()]
    _check_count(len(ids))
    saver = _saver(session, call)

    def save(row: Row) -> Row:
        long_id = to_long_id(row["id"])
        sobject = session.org.sobject_of_id(long_id) if long_id else None
        if long_id is None or sobject is None:
            raise ApiError("MALFORMED_ID", f"malformed id {row['id']}")
        saver.delete(sobject, long_id)
        return {"id": long_id, "success": True}

    all_or_none = call.query.get("allOrNone", "false").lower() == "true"
    return _collection(session, [{"id": each} for each in ids], save, all_or_none=all_or_none)


def _rows(call: ApiCall) -> list[Row]:
    if not isinstance(call.body, dict) or not isinstance(call.body.get("records"), list):
        raise ApiError("JSON_PARSER_ERROR", "The request body must hold a list of records")
    rows: list[Row] = call.body["records"]
    _check_count(len(rows))
    if not all(isinstance(row, dict) for row in rows):
        raise ApiError("JSON_PARSER_ERROR", "Every record must be a JSON object")
    return rows


def _check_count(count: int) -> None:
    if count == 0:
        raise ApiError("REQUIRED_FIELD_MISSING", "At least 1 record is required")
    if count > MAX_COLLECTION_ROWS:
        raise ApiError(
            "LIMIT_EXCEEDED",
            f"record limit reached. cannot submit more than {MAX_COLLECTION_ROWS} records into "
            "this call",
        )


def _check_chunks(rows: list[Row]) -> None:
    names = [_type_name(row) for row in rows]
    chunks = sum(1 for place, name in enumerate(names) if place == 0 or name != names[place - 1])
    if chunks > MAX_CHUNKS:
        raise ApiError(
            "LIMIT_EXCEEDED", f"Cannot have more than {MAX_CHUNKS} chunks in a single operation."
        )


def _all_or_none(call: ApiCall) -> bool:
    return call.body.get("allOrNone") is True


def _type_name(row: Row) -> str | None:
    attributes = row.get("attributes")
    name = attributes.get("type") if isinstance(attributes, dict) else None
    return name if isinstance(name, str) else None


def _row_sobject(org: Org, row: Row) -> Sobject:
    name = _type_name(row)
    if name is None or next(iter(row)) != "attributes":
        raise ApiError("JSON_PARSER_ERROR", _NO_ATTRIBUTES)
    sobject = org.sobject(name)
    if sobject is None:
        raise ApiError("INVALID_TYPE", f"sObject type '{name}' is not supported.")
    return sobject


def _key_value(row: Row, key: str) -> Any:
    return next((row[name] for name in row if name.lower() == key.lower()), None)


class _RolledBackError(Exception):
    """Leaves the transaction of a call whose rows stand or fall together."""


def _collection(
    session: Session,
    rows: list[Row],
    save: Callable[[Row], Row],
    *,
    all_or_none: bool,
    failed: Row | None = None,
) -> ApiAnswer:
    results: list[Row] = []
    try:
        with session.org.records.transaction():
            results += [_save_row(session, row, save, failed or {}) for row in rows]
            if all_or_none and not all(each["success"] for each in results):
                raise _RolledBackError
    except _RolledBackError:
        rolled_back = ApiError("ALL_OR_NONE_OPERATION_ROLLED_BACK", _ROLLED_BACK).rows()
        results = [
            {"success": False, "errors": rolled_back, **(failed or {})} if each["success"] else each
            for each in results
        ]
    return ApiAnswer(body=results)


def _save_row(session: Session, row: Row, save: Callable[[Row], Row], failed: Row) -> Row:
    try:
        with session.org.records.transaction():
            done = save(row)
    except ApiError as error:
        return {"success": False, "errors": error.rows(), **failed}
    created = {"created": done["created"]} if "created" in done else {}
    return {"id": done["id"], "success": True, "errors": [], **created}
