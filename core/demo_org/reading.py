"""The resources that only read: limits, describes, queries and single records."""

import secrets
from email.utils import formatdate, parsedate_to_datetime
from typing import Any, Final

from core.demo_org.calls import ApiAnswer, ApiCall, Session
from core.demo_org.describe import global_json, sobject_json, summary_json
from core.demo_org.errors import ApiError
from core.demo_org.finding import by_external_id, known_sobject, live_record, record_json
from core.demo_org.ids import to_long_id
from core.demo_org.org import Org
from core.demo_org.query import run_query
from core.demo_org.schema import Values
from core.demo_org.switches import Flag

VERSIONS: Final = tuple(f"{number}.0" for number in range(58, 67))
_RELEASES: Final = ("Summer", "Winter", "Spring")
_MAX_PAGE: Final = 2_000
_MIN_PAGE: Final = 200
_MAX_CURSORS: Final = 50
_LIMITS: Final = {
    "ConcurrentAsyncGetReportInstances": 200,
    "ConcurrentSyncReportRuns": 20,
    "DailyAsyncApexExecutions": 250_000,
    "DailyBulkApiBatches": 15_000,
    "DailyBulkV2QueryFileStorageMB": 976_562,
    "DailyBulkV2QueryJobs": 10_000,
    "DailyDurableStreamingApiEvents": 10_000,
    "DailyGenericStreamingApiEvents": 10_000,
    "DailyStandardVolumePlatformEvents": 10_000,
    "DailyWorkflowEmails": 1_000,
    "DataStorageMB": 10_240,
    "FileStorageMB": 10_240,
    "HourlyAsyncReportRuns": 1_200,
    "HourlyDashboardRefreshes": 200,
    "HourlySyncReportRuns": 500,
    "MassEmail": 5_000,
    "SingleEmail": 5_000,
}


def versions() -> list[dict[str, str]]:
    """List the API versions, oldest first, as anyone may ask for them."""
    listed = []
    for number in range(58, 67):
        season = _RELEASES[(number - 58) % 3]
        year = 23 + (number - 58 + 2) // 3
        version = f"{number}.0"
        listed.append({
            "label": f"{season} '{year}", "url": f"/services/data/v{version}", "version": version,
        })  # fmt: skip
    return listed


def resources(session: Session, call: ApiCall) -> ApiAnswer:
    names = ("composite", "limits", "query", "queryAll", "sobjects", "tooling", "ui-api")
    body = {name: f"/services/data/v{call.version}/{name}" for name in names}
    body["identity"] = f"{session.origin}/id/{session.org.org_id}/{session.user_id}"
    return ApiAnswer(body=body)


def limits(session: Session, _call: ApiCall) -> ApiAnswer:
    daily = session.org.daily_api_requests
    body = {name: {"Max": most, "Remaining": most} for name, most in _LIMITS.items()}
    if session.org.has_flag(Flag.STORAGE_FULL):
        body["DataStorageMB"]["Remaining"] = 0
    body["DailyApiRequests"] = {"Max": daily, "Remaining": max(0, daily - session.usage)}
    return ApiAnswer(body=dict(sorted(body.items())))


def global_describe(session: Session, call: ApiCall) -> ApiAnswer:
    body_of = lambda: global_json(session.org.sobjects(), call.version)  # noqa: E731 - one use
    return _if_modified(session.org, call, body_of)


def describe(session: Session, call: ApiCall) -> ApiAnswer:
    sobject = known_sobject(session.org, call.segments[1])
    if sobject.name in session.org.switches.failing_describes:
        raise ApiError("UNKNOWN_EXCEPTION", "An unexpected error occurred.", status=500)
    visible = session.org.visible_fields(sobject)
    body_of = lambda: sobject_json(  # noqa: E731 - one use
        sobject, visible, version=call.version, origin=session.origin
    )
    return _if_modified(session.org, call, body_of)


def _if_modified(org: Org, call: ApiCall, body_of: Any) -> ApiAnswer:
    changed_at = int(org.switches.changed_at)
    headers = {"Last-Modified": formatdate(changed_at, usegmt=True), "ETag": f'"{changed_at:x}"'}
    since = call.headers.get("if-modified-since")
    if since is not None and _seconds(since) >= changed_at:
        return ApiAnswer(status=304, headers=headers)
    return ApiAnswer(body=body_of(), headers=headers)


def _seconds(header: str) -> float:
    try:
        return parsedate_to_datetime(header).timestamp()
    except ValueError:
        return 0.0


def basic(session: Session, call: ApiCall) -> ApiAnswer:
    sobject = known_sobject(session.org, call.segments[1])
    return ApiAnswer(
        body={"objectDescribe": summary_json(sobject, call.version), "recentItems": []}
    )


def query(session: Session, call: ApiCall) -> ApiAnswer:
    source = call.query.get("q")
    if source is None:
        raise ApiError("MALFORMED_QUERY", "SOQL statement is missing")
    result = run_query(
        session.org,
        source,
        version=call.version,
        with_deleted=call.segments[0].lower() == "queryall",
    )
    if session.org.has_flag(Flag.REFRESHED):
        _rename_org(session.org, result.records)
    size = _page_size(call.headers.get("sforce-query-options", ""))
    if len(result.records) <= size:
        body = {"totalSize": result.total_size, "done": True, "records": result.records}
        return ApiAnswer(body=body)
    locator = f"01g{secrets.token_hex(6)}AAA"
    cursors = session.org.cursors
    cursors[locator] = result.records
    while len(cursors) > _MAX_CURSORS:
        del cursors[next(iter(cursors))]
    return ApiAnswer(body=_page(call, locator, result.records, 0, size))


def query_more(session: Session, call: ApiCall) -> ApiAnswer:
    locator, _, start = call.segments[1].partition("-")
    records = session.org.cursors.get(locator)
    if records is None or not start.isdigit():
        raise ApiError("INVALID_QUERY_LOCATOR", "invalid query locator")
    size = _page_size(call.headers.get("sforce-query-options", ""))
    return ApiAnswer(body=_page(call, locator, records, int(start), size))


def _page(
    call: ApiCall, locator: str, records: list[Values], start: int, size: int
) -> dict[str, Any]:
    end = start + size
    body: dict[str, Any] = {"totalSize": len(records), "done": end >= len(records)}
    if end < len(records):
        body["nextRecordsUrl"] = f"/services/data/v{call.version}/query/{locator}-{end}"
    return {**body, "records": records[start:end]}


def _rename_org(org: Org, records: list[Values]) -> None:
    for each in records:
        if each.get("Id") == org.shape.org_id:
            each["Id"] = org.org_id


def _page_size(header: str) -> int:
    for option in header.split(","):
        name, _, value = option.partition("=")
        if name.strip().lower() == "batchsize" and value.strip().isdigit():
            return min(_MAX_PAGE, max(_MIN_PAGE, int(value)))
    return _MAX_PAGE


def retrieve(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer one record by its id, or by an external id."""
    sobject = known_sobject(session.org, call.segments[1])
    if len(call.segments) == 4:
        record = by_external_id(session.org, sobject, *call.segments[2:], version=call.version)
    else:
        record = live_record(session.org, sobject, call.segments[2])
    names = call.query.get("fields")
    wanted = names.split(",") if names else list(session.org.visible_fields(sobject))
    return ApiAnswer(body=record_json(session.org, sobject, record, wanted, call.version))


def retrieve_many(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer up to 2,000 records by id, null for each that is not there."""
    sobject = known_sobject(session.org, call.segments[2])
    body = call.body if isinstance(call.body, dict) else {}
    ids, names = body.get("ids") or [], body.get("fields") or []
    if not ids or not names:
        raise ApiError("MALFORMED_QUERY", "ids and fields are required")
    if len(ids) > _MAX_PAGE:
        raise ApiError("LIMIT_EXCEEDED", f"cannot retrieve more than {_MAX_PAGE} records")
    rows: list[Values | None] = []
    for each in ids:
        record = session.org.records.get(sobject.name, to_long_id(str(each)) or "")
        is_there = record is not None and not record.get("IsDeleted")
        rows.append(
            record_json(session.org, sobject, record, names, call.version)
            if record is not None and is_there
            else None
        )
    return ApiAnswer(body=rows)
