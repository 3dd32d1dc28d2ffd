"""Create, update, upsert and delete one record by the platform's rules. Knows nothing of HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.demo_org.calls import Session
from core.demo_org.coercing import check_dependency, coerce, parser_error
from core.demo_org.errors import ApiError
from core.demo_org.ids import to_long_id
from core.demo_org.org import finish_record, to_timestamp
from core.demo_org.query import attributes
from core.demo_org.reading import matching
from core.demo_org.schema import Field, MatchRule, Sobject, Values

_DUPLICATE_HEADER: Final = "sforce-duplicate-rule-header"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upserted:
    id: str
    created: bool


class SeveralMatchesError(Exception):
    """An upsert key that more than one record holds."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__("several")
        self.ids = ids


class Saver:
    """Writes for one user, under the options of one call's headers."""

    def __init__(self, session: Session, version: str, headers: Mapping[str, str]) -> None:
        self._org = session.org
        self._user_id = session.user_id
        self._version = version
        options = headers.get(_DUPLICATE_HEADER, "").replace(" ", "").lower().split(";")
        self._allow_save = "allowsave=true" in options
        self._with_details = "includerecorddetails=true" in options

    def create(self, sobject: Sobject, sent: Mapping[str, Any]) -> str:
        """Save a new record and return its id."""
        if not sobject.createable:
            raise ApiError(
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                f"entity type cannot be inserted: {sobject.label}",
            )
        if any(name.lower() == "id" for name in sent):
            raise ApiError(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                "cannot specify Id in an insert call",
                fields=("Id",),
            )
        record = self._defaults(sobject)
        changes = self._changes(sobject, sent, is_new=True)
        record |= changes
        record["Id"] = self._org.new_id(sobject)
        record["CreatedDate"] = to_timestamp(self._org.clock())
        record["CreatedById"] = self._user_id
        self._check_and_put(sobject, record, set(changes), is_new=True)
        return str(record["Id"])

    def update(self, sobject: Sobject, record_id: str, sent: Mapping[str, Any]) -> None:
        """Change the named fields of a record that is there."""
        before = self._existing(sobject, record_id)
        if before.get("IsConverted"):
            raise ApiError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead",
                           fields=())  # fmt: skip
        changes = self._changes(sobject, sent, is_new=False)
        record = {**before, **changes}
        touched = {name for name in changes if before.get(name) != record[name]}
        self._check_and_put(sobject, record, touched, is_new=False)

    def delete(self, sobject: Sobject, record_id: str) -> None:
        """Move a record to the recycle bin."""
        record = {**self._existing(sobject, record_id), "IsDeleted": True}
        record["SystemModstamp"] = to_timestamp(self._org.clock())
        self._org.records.put(sobject.name, record)

    def upsert(
        self, sobject: Sobject, key: str, value: Any, sent: Mapping[str, Any], *,
        update_only: bool = False,
    ) -> Upserted:  # fmt: skip
        """Update the record that holds the key, or create one.

        Raises:
            ApiError: As create and update; NOT_FOUND where nothing may be created.
            SeveralMatchesError: More than one record holds the key.
        """
        found = matching(self._org, sobject, key, value)
        if len(found) > 1:
            raise SeveralMatchesError([str(each["Id"]) for each in found])
        if found:
            self.update(sobject, found[0]["Id"], sent)
            return Upserted(id=str(found[0]["Id"]), created=False)
        if update_only or key.lower() == "id":
            raise ApiError.not_found()
        field = sobject.find(key)
        assert field is not None  # matching has found it
        return Upserted(id=self.create(sobject, {**sent, field.name: value}), created=True)

    def _existing(self, sobject: Sobject, record_id: str) -> Values:
        record = self._org.records.get(sobject.name, to_long_id(record_id) or "")
        if record is None:
            raise ApiError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", fields=())
        if record.get("IsDeleted"):
            raise ApiError("ENTITY_IS_DELETED", "entity is deleted", status=404, fields=())
        return record

    def _defaults(self, sobject: Sobject) -> Values:
        record: Values = {
            each.name: each.default for each in sobject.fields.values() if each.default is not None
        }
        record["IsDeleted"] = False
        if sobject.find("OwnerId"):
            record["OwnerId"] = self._user_id
        default = next((each for each in sobject.record_types if each.default), None)
        if default and sobject.find("RecordTypeId"):
            record["RecordTypeId"] = default.id
        return record

    def _changes(self, sobject: Sobject, sent: Mapping[str, Any], *, is_new: bool) -> Values:
        changes: Values = {}
        refused = []
        for name, value in sent.items():
            if name == "attributes":
                continue
            field, wanted = (
                self._parent(sobject, name, value)
                if isinstance(value, dict)
                else (self._field(sobject, name), value)
            )
            if not (field.createable if is_new else field.updateable):
                refused.append(field.name)
                continue
            changes[field.name] = (
                self._reference(sobject, field, wanted)
                if field.type == "reference"
                else coerce(field, wanted)
            )
        if refused:
            raise _not_writeable(refused)
        return changes

    def _field(self, sobject: Sobject, name: str) -> Field:
        field = self._org.visible_field(sobject, name)
        if field is None:
            message = f"No such column '{name}' on sobject of type {sobject.name}"
            raise ApiError("INVALID_FIELD", message)
        return field

    def _parent(
        self, sobject: Sobject, relationship: str, sent: dict[str, Any]
    ) -> tuple[Field, Any]:
        """Find the lookup and the parent's id behind `{"Account": {"Ext__c": "1"}}`."""
        fields = self._org.visible_fields(sobject).values()
        field = next((each for each in fields if each.relationship == relationship), None)
        keys = {name: value for name, value in sent.items() if name != "attributes"}
        if field is None or len(keys) != 1:
            self._field(sobject, relationship)
            raise parser_error("string", sent)
        targets = field.reference_to
        if len(targets) > 1:
            targets = (str(sent.get("attributes", {}).get("type", "")),)
        parent = self._org.sobject(targets[0])
        ((key, value),) = keys.items()
        found = matching(self._org, parent, key, value) if parent else []
        if len(found) != 1:
            message = (
                f"Foreign key external ID: {value} not found for field {key} in entity {targets[0]}"
            )
            raise ApiError("INVALID_FIELD", message, fields=())
        return field, str(found[0]["Id"])

    def _reference(self, sobject: Sobject, field: Field, value: Any) -> str | None:
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise parser_error("reference", value)
        long_id = to_long_id(value)
        target = self._org.sobject_of_id(long_id) if long_id else None
        if long_id is None or target is None or target.name not in field.reference_to:
            raise ApiError(
                "MALFORMED_ID",
                f"{field.label}: id value of incorrect type: {value}",
                fields=(field.name,),
            )
        if field.name == "RecordTypeId":
            return _available_record_type(sobject, field, long_id)
        parent = self._org.records.get(target.name, long_id)
        if parent is None or parent.get("IsDeleted"):
            raise ApiError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", fields=())
        return long_id

    def _check_and_put(
        self, sobject: Sobject, record: Values, touched: set[str], *, is_new: bool
    ) -> None:
        missing = [
            each.name
            for each in self._org.visible_fields(sobject).values()
            if each.required and each.writeable and record.get(each.name) is None
            and (not each.defaulted or each.name in touched)
        ]  # fmt: skip
        if missing:
            raise ApiError(
                "REQUIRED_FIELD_MISSING",
                f"Required fields are missing: [{', '.join(missing)}]",
                fields=tuple(missing),
            )
        self._check_dependent_picklists(sobject, record, touched)
        self._check_unique(sobject, record, touched)
        self._check_duplicates(sobject, record, touched, is_new=is_new)
        stamp = to_timestamp(self._org.clock())
        record |= {"LastModifiedDate": stamp, "LastModifiedById": self._user_id,
                   "SystemModstamp": stamp}  # fmt: skip
        finish_record(self._org, sobject, record)
        kept = {name: value for name, value in record.items() if value is not None}
        self._org.records.put(sobject.name, kept)

    @staticmethod
    def _check_dependent_picklists(sobject: Sobject, record: Values, touched: set[str]) -> None:
        for name in touched:
            field = sobject.fields[name]
            if field.controller and field.restricted:
                check_dependency(field, sobject.fields[field.controller], record)

    def _check_unique(self, sobject: Sobject, record: Values, touched: set[str]) -> None:
        for name in touched:
            field = sobject.fields[name]
            if not field.unique or record.get(name) is None:
                continue
            for other in self._org.records.find(sobject.name, name, record[name]):
                is_same = other[name] == record[name] or not field.case_sensitive
                if other["Id"] != record["Id"] and is_same:
                    message = (
                        f"duplicate value found: {name} duplicates value on record with id: "
                        f"{other['Id'][:15]}"
                    )
                    raise ApiError("DUPLICATE_VALUE", message, fields=())

    def _check_duplicates(
        self, sobject: Sobject, record: Values, touched: set[str], *, is_new: bool
    ) -> None:
        rule = sobject.duplicate_rule
        if rule is None or not (is_new or touched & set(rule.fields)):
            return
        if any(record.get(name) is None for name in rule.fields):
            return
        found = [
            other
            for other in self._org.records.find(sobject.name, rule.fields[0],
                                                record[rule.fields[0]])
            if other["Id"] != record["Id"] and not other.get("IsConverted")
            and all(_alike(other.get(name), record[name]) for name in rule.fields)
        ]  # fmt: skip
        if found and not (self._allow_save and rule.allow_save):
            raise self._duplicates(sobject, rule, found)

    def _duplicates(self, sobject: Sobject, rule: MatchRule, found: list[Values]) -> ApiError:
        result = {
            "allowSave": rule.allow_save,
            "duplicateRule": rule.rule,
            "duplicateRuleEntityType": sobject.name,
            "errorMessage": rule.message,
            "matchResults": [
                {
                    "entityType": sobject.name,
                    "errors": [],
                    "matchEngine": "FuzzyMatchEngine",
                    "matchRecords": [self._match_record(sobject, each) for each in found],
                    "rule": rule.match,
                    "size": len(found),
                    "success": True,
                }
            ],
        }
        # The single-record resource misspells this key.
        return ApiError("DUPLICATES_DETECTED", rule.message, extra={"duplicateResut": result})

    def _match_record(self, sobject: Sobject, record: Values) -> dict[str, Any]:
        shown = {
            "attributes": attributes(sobject.name, record["Id"], self._version),
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


def _not_writeable(names: list[str]) -> ApiError:
    listed = ", ".join(names)
    return ApiError(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        f"Unable to create/update fields: {listed}. Please check the security settings of this "
        "field and verify that it is read/write for your profile or permission set.",
        fields=tuple(names),
    )


def _available_record_type(sobject: Sobject, field: Field, record_type_id: str) -> str:
    for each in sobject.record_types:
        if each.id == record_type_id and each.available:
            return record_type_id
    raise ApiError(
        "INVALID_CROSS_REFERENCE_KEY",
        f"{field.label}: this ID value isn't valid for the user: {record_type_id}",
        fields=(field.name,),
    )
