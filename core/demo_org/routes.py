"""Which handler answers which resource, and what every call must pass first."""

from collections.abc import Callable
from typing import Final

from core.demo_org import composite, reading, tooling, ui_api, writing
from core.demo_org.calls import ApiAnswer, ApiCall, Session
from core.demo_org.errors import ApiError
from core.demo_org.finding import MultipleChoicesError
from core.demo_org.switches import Flag

Handler = Callable[[Session, ApiCall], ApiAnswer]

# Segments in braces match anything; the names of resources match in any case.
ROUTES: Final[tuple[tuple[str, tuple[str, ...], Handler], ...]] = (
    ("GET", (), reading.resources),
    ("GET", ("limits",), reading.limits),
    ("GET", ("sobjects",), reading.global_describe),
    ("GET", ("sobjects", "{}"), reading.basic),
    ("GET", ("sobjects", "{}", "describe"), reading.describe),
    ("GET", ("sobjects", "{}", "{}"), reading.retrieve),
    ("GET", ("sobjects", "{}", "{}", "{}"), reading.retrieve),
    ("GET", ("query",), reading.query),
    ("GET", ("queryAll",), reading.query),
    ("GET", ("query", "{}"), reading.query_more),
    ("GET", ("queryAll", "{}"), reading.query_more),
    ("GET", ("tooling", "query"), tooling.query),
    ("POST", ("tooling", "composite"), composite.tooling_composite),
    ("GET", ("ui-api", "object-info", "{}"), ui_api.object_info),
    ("GET", ("ui-api", "object-info", "{}", "picklist-values", "{}"), ui_api.picklist_values),
    (
        "GET",
        ("ui-api", "object-info", "{}", "picklist-values", "{}", "{}"),
        ui_api.picklist_values_of_field,
    ),
    ("GET", ("ui-api", "duplicates", "{}"), ui_api.duplicates_configuration),
    ("POST", ("sobjects", "{}"), writing.create),
    ("PATCH", ("sobjects", "{}", "{}"), writing.update),
    ("DELETE", ("sobjects", "{}", "{}"), writing.delete),
    ("PATCH", ("sobjects", "{}", "{}", "{}"), writing.upsert),
    ("POST", ("composite",), composite.composite),
    ("POST", ("composite", "batch"), composite.batch),
    ("POST", ("composite", "sobjects"), writing.create_many),
    ("PATCH", ("composite", "sobjects"), writing.update_many),
    ("DELETE", ("composite", "sobjects"), writing.delete_many),
    ("POST", ("composite", "sobjects", "{}"), reading.retrieve_many),
    ("PATCH", ("composite", "sobjects", "{}", "{}"), writing.upsert_many),
)


def check_session(session: Session) -> None:
    """Refuse a caller whom the org does not let use the REST API at all.

    Raises:
        ApiError: INVALID_SESSION_ID, API_DISABLED_FOR_ORG or REQUEST_LIMIT_EXCEEDED.
    """
    if not session.scopes & {"api", "full"}:
        raise ApiError.session("This session is not valid for use with the REST API")
    if session.org.has_flag(Flag.API_DISABLED):
        raise ApiError(
            "API_DISABLED_FOR_ORG",
            "The REST API is not enabled for this Organization.",
            status=403,
        )
    is_used_up = session.usage >= session.org.daily_api_requests
    if session.org.has_flag(Flag.LIMIT_EXHAUSTED) or is_used_up:
        raise ApiError("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", status=403)


def dispatch(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer one call, refusals included."""
    try:
        if call.version not in reading.VERSIONS:
            raise ApiError.not_found()
        return find_handler(call)(session, call)
    except MultipleChoicesError as several:
        return ApiAnswer(status=300, body=several.urls)
    except ApiError as error:
        return ApiAnswer(status=error.status, body=error.body())


def find_handler(call: ApiCall) -> Handler:
    """Return the handler of a resource.

    Raises:
        ApiError: NOT_FOUND, or METHOD_NOT_ALLOWED where other methods are answered.
    """
    methods = []
    for method, pattern, handler in ROUTES:
        if _matches(pattern, call.segments):
            if method == call.method:
                return handler
            methods.append(method)
    if not methods:
        raise ApiError.not_found()
    allowed = ",".join(dict.fromkeys(methods))
    message = f"HTTP Method '{call.method}' not allowed. Allowed are {allowed}"
    raise ApiError("METHOD_NOT_ALLOWED", message, status=405)


def _matches(pattern: tuple[str, ...], segments: tuple[str, ...]) -> bool:
    return len(pattern) == len(segments) and all(
        expected in {"{}", given} or expected.lower() == given.lower()
        for expected, given in zip(pattern, segments, strict=True)
    )
