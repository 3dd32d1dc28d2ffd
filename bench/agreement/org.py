"""The way into one university of the demo org: the console's own client reads, this writes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2

from core.mapping.describe import SobjectDescribe
from core.mapping.model import JsonValue
from core.mapping.record_types import RecordTypeValues
from core.salesforce.client import SalesforceClient
from core.salesforce.describe import parse_describe, parse_record_type_values
from core.salesforce.duplicate_rules import DuplicateRule
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp
from core.salesforce.org_rules import OrgRules
from core.salesforce.reading_rules import read_org_rules
from core.salesforce.soql import InQuery
from core.secret import Secret
from tests.demo_org_process import DemoOrgProcess

T = TypeVar("T")
Record = dict[str, Any]
Values = Mapping[str, JsonValue]
_VERSION = "66.0"
_ROOT = f"/services/data/v{_VERSION}"
_ROWS_PER_CALL = 200
_IDS_PER_QUERY = 350
_QUERIES_PER_CALL = 5
_PARTS_PER_CALL = 25
# A push finds people by the mapping's own keys, so it saves in spite of a rule that only alerts.
_HEADERS = {"Sforce-Duplicate-Rule-Header": "allowSave=true"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one record that was sent: its id, or the org's codes and first words."""

    record_id: str = ""
    codes: tuple[str, ...] = ()
    message: str = ""

    @property
    def is_taken(self) -> bool:
        return not self.codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One record of a composite; `reference` is what later parts call it by."""

    method: str
    path: str
    reference: str
    body: Values


class OrgUnderTest:
    """One university, connected as its integration user."""

    def __init__(self, process: DemoOrgProcess, app: str) -> None:
        token = process.tokens(app)
        headers = {"Authorization": f"Bearer {token['access_token']}", **_HEADERS}
        self._http = httpx2.Client(base_url=token["instance_url"], headers=headers, timeout=120)
        rules = HostRules(demo_origin=token["instance_url"])
        secret = Secret(str(token["access_token"]))
        self._client = SalesforceClient(token["instance_url"], _VERSION, secret, OrgHttp(rules))
        self._describes: dict[str, SobjectDescribe] = {}
        self._opened: dict[str, RecordTypeValues] = {}
        self._rules: dict[str, OrgRules] = {}

    def close(self) -> None:
        self._client.close()
        self._http.close()

    def describe_of(self, sobject_name: str) -> SobjectDescribe:
        """Return the object as the console reads it."""
        if sobject_name not in self._describes:
            body = self._client.describe(sobject_name).body
            assert body is not None
            self._describes[sobject_name] = parse_describe(body)
        return self._describes[sobject_name]

    def values_of(self, sobject_name: str, record_type_id: str) -> RecordTypeValues:
        """Return what a record type opens, as the console reads it."""
        key = f"{sobject_name}/{record_type_id}"
        if key not in self._opened:
            body = self._client.record_type_values(sobject_name, record_type_id).body
            assert body is not None
            self._opened[key] = parse_record_type_values(body)
        return self._opened[key]

    def duplicates_of(self, sobject_name: str) -> tuple[DuplicateRule, ...]:
        """Return the object's duplicate rules, as the console reads them."""
        if sobject_name not in self._rules:
            self._rules[sobject_name] = read_org_rules(self._client, [sobject_name])
        return self._rules[sobject_name].duplicates_of(sobject_name)

    def ask(self, queries: Sequence[str | InQuery]) -> list[list[Record]]:
        return self._client.query_many(queries)

    def create(self, sobject_name: str, bodies: Sequence[Values]) -> list[Answer]:
        return self._collections("POST", sobject_name, bodies)

    def update(self, sobject_name: str, bodies: Sequence[Values]) -> list[Answer]:
        """Change records; each body carries its Id."""
        return self._collections("PATCH", sobject_name, bodies)

    def delete(self, ids: Sequence[str]) -> None:
        for chunk in _chunks(ids, _ROWS_PER_CALL):
            path = f"{_ROOT}/composite/sobjects"
            self._http.delete(path, params={"ids": ",".join(chunk)}).raise_for_status()

    def composite(self, inquiries: Iterable[Sequence[Part]]) -> dict[str, Answer]:
        """Send whole inquiries in calls of up to 25 parts; return the answers by reference."""
        answers: dict[str, Answer] = {}
        for parts in _packed(inquiries):
            body = {"allOrNone": False, "compositeRequest": [_to_json(part) for part in parts]}
            found = self._post("/composite", body)["compositeResponse"]
            answers |= {each["referenceId"]: _part_answer(each) for each in found}
        return answers

    def send(self, part: Part) -> Answer:
        """Send one record by itself."""
        answer = self._http.request(part.method, _ROOT + part.path, json=dict(part.body))
        body = answer.json() if answer.content else None
        return _part_answer({"httpStatusCode": answer.status_code, "body": body})

    def read(
        self, sobject_name: str, ids: Iterable[str], field_names: Iterable[str]
    ) -> dict[str, Record]:
        """Return these records by id, deleted ones too."""
        listed = ", ".join(dict.fromkeys(("Id", "SystemModstamp", "IsDeleted", *field_names)))
        queries = [
            f"SELECT {listed} FROM {sobject_name} WHERE Id IN ({_quoted(chunk)})"  # noqa: S608  ids
            for chunk in _chunks(sorted(set(ids)), _IDS_PER_QUERY)
        ]
        found: dict[str, Record] = {}
        for some in _chunks(queries, _QUERIES_PER_CALL):
            parts = [
                {"method": "GET", "url": f"{_ROOT}/queryAll?q={_escaped(query)}",
                 "referenceId": f"q{place}"}
                for place, query in enumerate(some)
            ]  # fmt: skip
            answer = self._post("/composite", {"compositeRequest": parts})
            for part in answer["compositeResponse"]:
                if part["httpStatusCode"] != 200:
                    raise RuntimeError(f"the org could not be read: {part['body']}")
                found |= {str(each["Id"]): each for each in part["body"]["records"]}
        return found

    def _collections(
        self, method: str, sobject_name: str, bodies: Sequence[Values]
    ) -> list[Answer]:
        answers: list[Answer] = []
        for chunk in _chunks(bodies, _ROWS_PER_CALL):
            records = [{"attributes": {"type": sobject_name}, **body} for body in chunk]
            sent = {"allOrNone": False, "records": records}
            answer = self._http.request(method, f"{_ROOT}/composite/sobjects", content=_dump(sent))
            answer.raise_for_status()
            answers += [_row_answer(each) for each in answer.json()]
        return answers

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        answer = self._http.post(_ROOT + path, content=_dump(body))
        answer.raise_for_status()
        return answer.json()


def _dump(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=True).encode()


def _to_json(part: Part) -> dict[str, Any]:
    return {
        "method": part.method,
        "url": _ROOT + part.path,
        "referenceId": part.reference,
        "httpHeaders": _HEADERS,
        "body": dict(part.body),
    }


def _packed(inquiries: Iterable[Sequence[Part]]) -> Iterator[list[Part]]:
    packed: list[Part] = []
    for parts in inquiries:
        if packed and len(packed) + len(parts) > _PARTS_PER_CALL:
            yield packed
            packed = []
        packed = [*packed, *parts]
    if packed:
        yield packed


def _row_answer(row: Record) -> Answer:
    if row["success"]:
        return Answer(str(row["id"]))
    errors = row["errors"]
    return Answer(codes=tuple(e["statusCode"] for e in errors), message=errors[0]["message"])


def _part_answer(part: Record) -> Answer:
    status, body = part["httpStatusCode"], part["body"]
    if status in (200, 201, 204):
        return Answer(str(body["id"]) if body else "")
    if status == 300:
        return Answer(codes=("HTTP 300",))
    return Answer(codes=tuple(e["errorCode"] for e in body), message=body[0]["message"])


def _chunks(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _quoted(ids: Iterable[str]) -> str:
    return ", ".join(f"'{each}'" for each in ids)


def _escaped(query: str) -> str:
    return query.replace("%", "%25").replace("+", "%2B").replace("&", "%26").replace(" ", "+")
