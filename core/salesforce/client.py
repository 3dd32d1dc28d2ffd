"""Read one org through its REST API. Writes nothing, stores nothing, holds one access token."""

import json
import re
import urllib.parse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from simple_salesforce.format import format_soql

from core.errors import (
    ConsoleError,
    NeedsReauth,
    NotFound,
    ObjectNotVisible,
    RequestLimitExceeded,
    SalesforceError,
    WhoActs,
)
from core.salesforce.calls import OrgCalls, Renew, below_version
from core.salesforce.composite import (
    PartAnswer,
    QueryBatch,
    Record,
    explain_query,
    parse_page,
    parse_parts,
)
from core.salesforce.http import OrgHttp
from core.salesforce.lanes import QueryLanes
from core.salesforce.remedies import unreadable
from core.salesforce.soql import InQuery, is_salesforce_id
from core.secret import Secret

# Longer ones travel in a composite's body, which the 16 kB limit of a URL does not bind.
_MAX_QUERY_IN_URL = 2_000
_SOBJECT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
# The records of queries that are answered whole, by their place among the queries.
OnAnswers = Callable[[Mapping[int, list[Record]]], None]
_VERSION = re.compile(r"\d{2,3}\.0")
_HALF = re.compile(rb"\\u[dD][89abcdefABCDEF]")  # whole pairs are written so, too


@dataclass(frozen=True, slots=True)
class DescribeAnswer:
    """`body` is the org's JSON as it came, None when nothing changed since."""

    body: bytes | None
    last_modified: str
    not_modified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Whose org this is, and whether it is the real one."""

    org_id: str
    name: str
    is_sandbox: bool
    instance_name: str
    organization_type: str
    trial_expires_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectedUser:
    """The Salesforce user that the connection acts as."""

    user_id: str
    username: str
    name: str
    is_active: bool


class SalesforceClient:
    """One org, one user. `renew` gets the refused token and returns a new one and its instance URL.

    Not shared between threads. `calls_made` counts what the org counts; `api_usage` is (used, max)
    as the org last reported it.
    """

    def __init__(
        self,
        instance_url: str,
        api_version: str,
        access_token: Secret,
        http: OrgHttp,
        renew: Renew | None = None,
    ) -> None:
        self.api_version = api_version
        self._calls = OrgCalls(instance_url, api_version, access_token, http, renew)

    @property
    def instance_url(self) -> str:
        return self._calls.instance_url

    @property
    def calls_made(self) -> int:
        return self._calls.calls_made

    @property
    def api_usage(self) -> tuple[int, int] | None:
        return self._calls.api_usage

    def close(self) -> None:
        """Give the connections back; the client is not used after."""
        self._calls.close()

    def versions(self) -> tuple[str, ...]:
        """Return the API versions the org offers, oldest first. Costs no call."""
        body = _json(self._calls.versions())
        if not isinstance(body, list):
            raise unreadable(200)
        found = [each.get("version") for each in body if isinstance(each, dict)]
        return tuple(
            sorted((v for v in found if isinstance(v, str) and _VERSION.fullmatch(v)), key=float)
        )

    def limits(self) -> dict[str, tuple[int, int]]:
        """Return (max, remaining) by limit name; needs a setup permission many users lack."""
        body = _json(self._calls.get("limits/"))
        if not isinstance(body, dict):
            raise unreadable(200)
        return {
            name: (int(entry["Max"]), int(entry["Remaining"]))
            for name, entry in body.items()
            if isinstance(entry, dict) and {"Max", "Remaining"} <= entry.keys()
        }

    def global_describe(self, if_modified_since: str = "") -> DescribeAnswer:
        """Return the list of all objects the user sees."""
        return self._describe("sobjects", if_modified_since)

    def describe(self, sobject_name: str, if_modified_since: str = "") -> DescribeAnswer:
        """Return one object; with the last answer's time, `not_modified` where nothing changed."""
        if not _SOBJECT_NAME.fullmatch(sobject_name):
            raise ObjectNotVisible(
                "The object's name is not an API name.", advice="Choose the object from the list."
            )
        return self._describe(f"sobjects/{sobject_name}/describe", if_modified_since)

    def record_type_values(self, sobject_name: str, record_type_id: str) -> DescribeAnswer:
        """Return the picklist values that one record type opens, by field."""
        if not _SOBJECT_NAME.fullmatch(sobject_name) or not is_salesforce_id(record_type_id):
            raise ObjectNotVisible(
                "This is no record type of an object.", advice="Choose the record type again."
            )
        return self._describe(
            f"ui-api/object-info/{sobject_name}/picklist-values/{record_type_id}", ""
        )

    def duplicates_configuration(self, sobject_name: str) -> dict[str, Any]:
        """Return what the object's duplicate rules do; empty where the org does not tell."""
        if not _SOBJECT_NAME.fullmatch(sobject_name):
            return {}
        try:
            body = _json(self._calls.get(f"ui-api/duplicates/{sobject_name}"))
        except SalesforceError as error:
            if error.may_retry:
                raise
            return {}  # an object that the interface does not serve
        return body if isinstance(body, dict) else {}

    def query(self, soql: str | InQuery) -> list[Record]:
        """Return all records of one query, following its pages."""
        if isinstance(soql, InQuery) or len(urllib.parse.quote(soql)) > _MAX_QUERY_IN_URL:
            return self.query_many([soql])[0]
        page = parse_page(_json(self._calls.get("query/", params={"q": soql})))
        records = list(page.records)
        while page.next_path:
            path = below_version(page.next_path, self.api_version)
            page = parse_page(_json(self._calls.get(path)))
            records += page.records
        return records

    def query_many(
        self, queries: Sequence[str | InQuery], *, on_answers: OnAnswers | None = None
    ) -> list[list[Record]]:
        """Return the records of each query, in the order of `queries`, in as few calls as it goes.

        Five queries or pages travel in one call, and three calls are under way at once. An InQuery
        is cut where the org finds it too long. Any refused query raises: a missing answer never
        reads as "no records". `on_answers` gets, after each call, what has become whole by it, so
        that a later refusal loses nothing.
        """
        batch = QueryBatch(queries, self.api_version)

        def tell() -> None:
            if on_answers:
                on_answers(batch.take_whole())

        return QueryLanes(self._calls, batch, _composite).run(tell)

    def ask_each(
        self, queries: Sequence[str], *, is_tooling: bool = False
    ) -> list[list[Record] | SalesforceError]:
        """Return each query's records, or why the org refused it; at most five, in one call.

        For questions on the set-up: what refuses one of them is no reason to stop. Raises where
        the whole call finds no answer, or the connection itself is refused.
        """
        room = "tooling/" if is_tooling else ""
        root = f"/services/data/v{self.api_version}/{room}query/?q="
        parts = [
            {"method": "GET", "url": root + urllib.parse.quote(soql, safe=""),
             "referenceId": f"part{number}"}
            for number, soql in enumerate(queries)
        ]  # fmt: skip
        body = json.dumps({"allOrNone": False, "compositeRequest": parts})
        try:
            answers = _composite(
                self._calls, body, len(parts), path=f"{room}composite", stops_at=_concerns_all
            )
        except SalesforceError as error:
            if error.may_retry:
                raise
            return [error for _ in queries]
        return [_records_or_refusal(answer) for answer in answers]

    def organization(self) -> Organization:
        """Return whose org this is."""
        found = self.query(
            "SELECT Id, Name, IsSandbox, InstanceName, OrganizationType, TrialExpirationDate"
            " FROM Organization"
        )
        if not found:
            raise unreadable(200)
        row = found[0]
        return Organization(
            org_id=str(row["Id"]),
            name=str(row.get("Name") or ""),
            is_sandbox=bool(row.get("IsSandbox")),
            instance_name=str(row.get("InstanceName") or ""),
            organization_type=str(row.get("OrganizationType") or ""),
            trial_expires_at=str(row.get("TrialExpirationDate") or ""),
        )

    def user(self, user_id: str) -> ConnectedUser:
        """Return the user with this id, such as the one a grant names."""
        if not is_salesforce_id(user_id):
            raise NotFound("This is not a Salesforce user id.", advice="Reconnect.")
        template = "SELECT Id, Username, Name, IsActive FROM User WHERE Id = {}"
        found = self.query(format_soql(template, user_id))
        if not found:
            raise NotFound("The connected user cannot see itself.", advice="Reconnect.")
        row = found[0]
        return ConnectedUser(
            user_id=str(row["Id"]),
            username=str(row.get("Username") or ""),
            name=str(row.get("Name") or ""),
            is_active=bool(row.get("IsActive", True)),
        )

    def _describe(self, path: str, if_modified_since: str) -> DescribeAnswer:
        headers = {"If-Modified-Since": if_modified_since} if if_modified_since else {}
        answer = self._calls.get(path, headers=headers)
        is_unchanged = answer.status_code == 304
        return DescribeAnswer(
            body=None if is_unchanged else answer.content,
            last_modified=answer.headers.get("Last-Modified", if_modified_since),
            not_modified=is_unchanged,
        )


def _composite(
    calls: OrgCalls,
    body: str,
    count: int,
    *,
    path: str = "composite",
    stops_at: Callable[[ConsoleError], bool] | None = None,
) -> list[PartAnswer]:
    stops = stops_at or _passes_by_itself

    def ask() -> list[PartAnswer]:
        answers = parse_parts(_json(calls.post(path, body)), count)
        for answer in answers:
            if answer.status != 200 and stops(error := explain_query(answer)):
                raise error
        return answers

    return calls.repeated(ask)


def choose_api_version(offered: Sequence[str], ceiling: str) -> str:
    """Return the newest offered version that is not above `ceiling`, the newest we tested."""
    usable = [version for version in offered if float(version) <= float(ceiling)]
    if not usable:
        raise SalesforceError(
            f"The org offers no API version up to {ceiling}.",
            advice="Tell Halda support: the console has to be tested with a newer version.",
            who_acts=WhoActs.HALDA_SUPPORT,
        )
    return max(usable, key=float)


def _records_or_refusal(answer: PartAnswer) -> list[Record] | SalesforceError:
    if answer.status == 200:
        return list(parse_page(answer.body).records)
    error = explain_query(answer)
    assert isinstance(error, SalesforceError)  # others have been raised
    return error


def _concerns_all(error: ConsoleError) -> bool:
    return not isinstance(error, SalesforceError) or isinstance(error, RequestLimitExceeded)


def _passes_by_itself(error: ConsoleError) -> bool:
    return error.may_retry or isinstance(error, NeedsReauth)


def _json(answer: requests.Response) -> Any:
    try:
        body = answer.json()
        return _without_halves(body) if _HALF.search(answer.content) else body
    except (ValueError, RecursionError):
        raise unreadable(answer.status_code) from None


def _without_halves(body: Any) -> Any:
    """Put U+FFFD for half a character, as of an emoji that was cut: no database keeps one."""
    text = json.dumps(body, ensure_ascii=False)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return json.loads(whole)
