"""Refuse a record that another one already is: by a duplicate rule, or by a unique field."""

from collections.abc import Mapping
from typing import Any, Final

from core.demo_org.errors import ApiError
from core.demo_org.org import Org
from core.demo_org.schema import Change, MatchRule, Sobject, Values
from core.demo_org.showing import attributes

_HEADER: Final = "sforce-duplicate-rule-header"


def check_unique(org: Org, sobject: Sobject, record: Values, touched: set[str]) -> None:
    """Refuse a value of a unique field that another live record holds.

    Raises:
        ApiError: DUPLICATE_VALUE, naming the other record in 15 characters.
    """
    for name, field in sobject.fields.items():
        if name not in touched or not field.unique or record.get(name) is None:
            continue
        for other in org.records.find(sobject.name, name, record[name]):
            is_same = other[name] == record[name] or not field.case_sensitive
            if other["Id"] != record["Id"] and is_same:
                message = (
                    f"duplicate value found: {name} duplicates value on record with id: "
                    f"{other['Id'][:15]}"
                )
                raise ApiError("DUPLICATE_VALUE", message, fields=())


class DuplicateCheck:
    """The duplicate rules under the options of one call's header.

    https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm
    """

    def __init__(self, org: Org, version: str, headers: Mapping[str, str]) -> None:
        self._org = org
        self._version = version
        options = headers.get(_HEADER, "").replace(" ", "").lower().split(";")
        self._allow_save = "allowsave=true" in options
        self._with_details = "includerecorddetails=true" in options

    def check(self, sobject: Sobject, change: Change, touched: set[str]) -> None:
        """Refuse a record that the object's rule finds again.

        Raises:
            ApiError: DUPLICATES_DETECTED, unless the rule only alerts and the caller saves anyway.
        """
        rule, record = sobject.duplicate_rule, change.record
        if rule is None or not rule.active:
            return
        is_asked = change.before is None or touched & set(rule.fields)
        if not is_asked or any(record.get(name) is None for name in rule.fields):
            return
        found = {name: self._matches(name, rule, record) for name in (sobject.name, *rule.also)}
        if any(found.values()) and not (self._allow_save and rule.allow_save):
            raise self._refusal(sobject, rule, found)

    def _matches(self, sobject_name: str, rule: MatchRule, record: Values) -> list[Values]:
        first = rule.fields[0]
        return [
            other
            for other in self._org.records.find(sobject_name, first, record[first])
            if other["Id"] != record["Id"] and not other.get("IsConverted")
            and all(_alike(other.get(name), record[name]) for name in rule.fields)
        ]  # fmt: skip

    def _refusal(
        self, sobject: Sobject, rule: MatchRule, found: dict[str, list[Values]]
    ) -> ApiError:
        result = {
            "allowSave": rule.allow_save,
            "duplicateRule": rule.rule,
            "duplicateRuleEntityType": sobject.name,
            "errorMessage": rule.message,
            "matchResults": [
                {
                    "entityType": name,
                    "errors": [],
                    "matchEngine": "FuzzyMatchEngine",
                    "matchRecords": [self._match_record(name, each) for each in records],
                    "rule": rule.match,
                    "size": len(records),
                    "success": True,
                }
                for name, records in found.items()
                if records
            ],
        }
        # The single-record resource misspells this key.
        return ApiError("DUPLICATES_DETECTED", rule.message, extra={"duplicateResut": result})

    def _match_record(self, sobject_name: str, record: Values) -> dict[str, Any]:
        shown = {
            "attributes": attributes(sobject_name, record["Id"], self._version),
            "Id": record["Id"],
        }
        if self._with_details:
            shown |= {name: record.get(name) for name in ("FirstName", "LastName", "Email")}
        return {
            "additionalInformation": [],
            "fieldDiffs": [],
            "matchConfidence": 100.0,
            "record": shown,
        }


def _alike(left: Any, right: Any) -> bool:
    return str(left or "").casefold() == str(right).casefold()
