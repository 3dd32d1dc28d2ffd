"""Several calls in one: composite, which may refer back and roll back, and batch, which may not.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
"""

import re
from dataclasses import replace
from typing import Any, Final

from core.demo_org.calls import ApiAnswer, ApiCall, Session, split_url, to_call
from core.demo_org.errors import ApiError

MAX_PARTS: Final = 25
MAX_QUERY_PARTS: Final = 5
_REFERENCE_ID: Final = re.compile(r"[A-Za-z0-9_]+")
_REFERENCE: Final = re.compile(r"@\{([A-Za-z0-9_]+)((?:\.|\[)[^}]*)?\}")
_STEP: Final = re.compile(r"([A-Za-z0-9_]+)|\[(\d+)\]")
_HALTED: Final = (
    "The transaction was rolled back since another operation in the same transaction failed."
)
Part = dict[str, Any]


class _RolledBackError(Exception):
    """Leaves the transaction of an allOrNone composite."""


def composite(session: Session, call: ApiCall) -> ApiAnswer:
    """Run up to 25 parts in order; the outer answer is 200 whatever became of them."""
    return _run_parts(session, call, is_tooling=False)


def tooling_composite(session: Session, call: ApiCall) -> ApiAnswer:
    """The same for resources of the Tooling API, and for none but those.

    https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/intro_rest_composite.htm
    """
    return _run_parts(session, call, is_tooling=True)


def _run_parts(session: Session, call: ApiCall, *, is_tooling: bool) -> ApiAnswer:
    parts = _checked_parts(call)
    if any(_is_tooling(part) is not is_tooling for part in parts):
        raise ApiError("INVALID_INPUT", "A subrequest names a resource that is not supported here.")
    all_or_none = call.body.get("allOrNone") is True
    run = _Run(session)
    if not all_or_none:
        for part in parts:
            run.add(part)
        return ApiAnswer(body={"compositeResponse": run.answers})
    try:
        with session.org.records.transaction():
            for part in parts:
                if not run.add(part):
                    raise _RolledBackError
    except _RolledBackError:
        return ApiAnswer(body={"compositeResponse": _rolled_back(parts, run.answers)})
    return ApiAnswer(body={"compositeResponse": run.answers})


def batch(session: Session, call: ApiCall) -> ApiAnswer:
    """Run up to 25 independent calls; each of them counts."""
    body = call.body if isinstance(call.body, dict) else {}
    parts = body.get("batchRequests")
    if not isinstance(parts, list) or not parts:
        raise ApiError("JSON_PARSER_ERROR", "batchRequests must be a list of calls")
    _check_parts(parts)
    results: list[Part] = []
    for part in parts:
        is_halted = body.get("haltOnError") is True and any(
            each["statusCode"] >= 400 for each in results
        )
        results.append(_batch_halted() if is_halted else _batch_part(session, part))
    has_errors = any(each["statusCode"] >= 400 for each in results)
    return ApiAnswer(body={"hasErrors": has_errors, "results": results}, counted=len(parts))


def _batch_halted() -> Part:
    error = ApiError("BATCH_PROCESSING_HALTED", "Batch processing halted per request", status=412)
    return {"statusCode": error.status, "result": error.body()}


def _batch_part(session: Session, part: Part) -> Part:
    url = "/services/data/" + str(part.get("url", "")).removeprefix("/services/data/").lstrip("/")
    try:
        answer = _run_part(session, {**part, "url": url, "body": part.get("richInput")})
    except ApiError as error:
        answer = ApiAnswer(status=error.status, body=error.body())
    return {"statusCode": answer.status, "result": answer.body}


def _check_parts(parts: list[Any]) -> None:
    if not all(isinstance(part, dict) for part in parts):
        raise ApiError("JSON_PARSER_ERROR", "Every subrequest must be a JSON object")
    if len(parts) > MAX_PARTS:
        raise ApiError(
            "LIMIT_EXCEEDED", f"The request can't contain more than {MAX_PARTS} subrequests."
        )


def _checked_parts(call: ApiCall) -> list[Part]:
    body = call.body if isinstance(call.body, dict) else {}
    parts = body.get("compositeRequest")
    if not isinstance(parts, list) or not parts:
        raise ApiError("JSON_PARSER_ERROR", "compositeRequest must be a list of calls")
    _check_parts(parts)
    references = [str(part.get("referenceId", "")) for part in parts]
    for reference in references:
        if not _REFERENCE_ID.fullmatch(reference):
            raise ApiError("INVALID_INPUT", f"Provided referenceId '{reference}' is not valid.")
    if len(set(references)) < len(references):
        raise ApiError("INVALID_INPUT", "Every referenceId must be unique in the request.")
    if sum(_is_query(part) for part in parts) > MAX_QUERY_PARTS:
        raise ApiError(
            "LIMIT_EXCEEDED",
            f"The request can't contain more than {MAX_QUERY_PARTS} query or collection "
            "subrequests.",
        )
    return parts


def _is_query(part: Part) -> bool:
    path = _segments(part)
    return path[:1] in (["query"], ["queryAll"]) or path[:2] == ["composite", "sobjects"]


def _is_tooling(part: Part) -> bool:
    return _segments(part)[:1] == ["tooling"]


def _segments(part: Part) -> list[str]:
    """What stands after the version."""
    return str(part.get("url", "")).split("?")[0].strip("/").split("/")[3:]


class _Run:
    """The parts done so far, with what later ones may refer to."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bodies: dict[str, Any] = {}
        self.answers: list[Part] = []

    def add(self, part: Part) -> bool:
        """Run one part; tell whether it succeeded."""
        reference = str(part["referenceId"])
        try:
            answer = _run_part(self._session, self._resolved(part))
        except ApiError as error:
            answer = ApiAnswer(status=error.status, body=error.body())
        # Several matches (300) are no success either: nothing was written, nothing can be named.
        has_worked = answer.status < 300
        if has_worked:
            self._bodies[reference] = answer.body
        self.answers.append(
            {
                "body": answer.body,
                "httpHeaders": dict(answer.headers),
                "httpStatusCode": answer.status,
                "referenceId": reference,
            }
        )
        return has_worked

    def _resolved(self, part: Part) -> Part:
        return {
            **part,
            "url": self._replace(str(part.get("url", ""))),
            "body": self._walk(part.get("body")),
        }

    def _walk(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._replace(value)
        if isinstance(value, list):
            return [self._walk(each) for each in value]
        if isinstance(value, dict):
            return {name: self._walk(each) for name, each in value.items()}
        return value

    def _replace(self, text: str) -> str:
        return _REFERENCE.sub(lambda match: str(self._look_up(match[1], match[2] or "")), text)

    def _look_up(self, reference: str, path: str) -> Any:
        current: Any = self._bodies.get(reference)
        for name, place in _STEP.findall(path):
            try:
                current = current[name] if name else current[int(place)]
            except (KeyError, IndexError, TypeError):
                current = None
                break
        if current is None:
            message = f"Invalid reference specified. No value for {reference}{path} found"
            raise ApiError("PROCESSING_HALTED", message)
        return current


def _run_part(session: Session, part: Part) -> ApiAnswer:
    path, query = split_url(str(part.get("url", "")))
    if not path.startswith("/services/data/"):
        message = "The url of a subrequest must start with /services/data/"
        raise ApiError("INVALID_INPUT", message)
    call = to_call(str(part.get("method", "")).upper(), path, query=query, body=part.get("body"))
    is_nested = call.segments[:1] == ("composite",) and call.segments[1:2] != ("sobjects",)
    if is_nested:
        raise ApiError("INVALID_INPUT", "A composite can't contain another composite.")
    headers = part.get("httpHeaders") or {}
    if not isinstance(headers, dict):
        raise ApiError("JSON_PARSER_ERROR", "httpHeaders must be a JSON object")
    lowered = {name.lower(): str(value) for name, value in headers.items()}
    return session.dispatch(session, replace(call, headers=lowered))


def _rolled_back(parts: list[Part], answers: list[Part]) -> list[Part]:
    """Keep the failed part's own answer; every other one says that it was taken back."""
    halted = ApiError("PROCESSING_HALTED", _HALTED).body()
    failed = answers[-1]
    return [
        failed
        if part["referenceId"] == failed["referenceId"]
        else {
            "body": halted,
            "httpHeaders": {},
            "httpStatusCode": 400,
            "referenceId": part["referenceId"],
        }
        for part in parts
    ]
