"""The Tooling API's query, which reads what only people with set-up rights may see.

https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/intro_rest_resources.htm
"""

from collections.abc import Mapping
from typing import Any, Final

from core.demo_org.calls import ApiAnswer, ApiCall, Session
from core.demo_org.errors import ApiError
from core.demo_org.org import Org
from core.demo_org.query import run_query
from core.demo_org.records import RecordStore
from core.demo_org.schema import Field, Sobject
from core.demo_org.setup_objects import TOOLING_OBJECTS
from core.demo_org.switches import Flag

_ONE_ROW_FIELDS: Final = frozenset({"FullName", "Metadata"})


class _Tooling:
    """An org as the Tooling API shows it."""

    def __init__(self, org: Org) -> None:
        self._org = org

    @property
    def records(self) -> RecordStore:
        return self._org.records

    def sobject(self, name: str) -> Sobject | None:
        if self._org.has_flag(Flag.SETUP_HIDDEN):
            return None
        folded = {key.lower(): each for key, each in TOOLING_OBJECTS.items()}
        return folded.get(name.lower())

    def visible_fields(self, sobject: Sobject) -> Mapping[str, Field]:
        return sobject.fields

    def visible_field(self, sobject: Sobject, name: str) -> Field | None:
        return sobject.find(name)


def query(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer a statement over validation rules, triggers or object definitions."""
    source = call.query.get("q")
    if source is None:
        raise ApiError("MALFORMED_QUERY", "SOQL statement is missing")
    result = run_query(_Tooling(session.org), source, version=f"{call.version}/tooling")
    _check_one_row(result.records)
    names = {each["attributes"]["type"] for each in result.records}
    return ApiAnswer(
        body={
            "size": len(result.records),
            "totalSize": result.total_size,
            "done": True,
            "queryLocator": None,
            "entityTypeName": next(iter(names), None),
            "records": result.records,
        }
    )


def _check_one_row(records: list[dict[str, Any]]) -> None:
    if len(records) > 1 and _ONE_ROW_FIELDS & set(records[0]):
        message = (
            "When retrieving results with Metadata or FullName fields, the query qualifications "
            f"must specify no more than one row for retrieval. Result size: {len(records)}"
        )
        raise ApiError("MALFORMED_QUERY", message)
