"""Create, update, upsert and delete one record by the platform's rules. Knows nothing of HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.demo_org.addresses import settle_addresses
from core.demo_org.calls import Session
from core.demo_org.computed import finish_record, put_companion, to_timestamp
from core.demo_org.duplicates import DuplicateCheck, check_unique
from core.demo_org.errors import ApiError
from core.demo_org.finding import matching
from core.demo_org.ids import to_long_id
from core.demo_org.incoming import read_values
from core.demo_org.rules import check_choices, check_validation_rules
from core.demo_org.schema import Change, Sobject, Values
from core.demo_org.switches import Flag


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
        self._duplicates = DuplicateCheck(self._org, version, headers)

    def create(self, sobject: Sobject, sent: Mapping[str, Any]) -> str:
        """Save a new record and return its id."""
        if self._org.has_flag(Flag.STORAGE_FULL):
            raise ApiError("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded", status=403)
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
        changes = read_values(self._org, sobject, sent, is_new=True)
        record |= changes
        record["Id"] = self._org.new_id(sobject)
        record["CreatedDate"] = to_timestamp(self._org.clock())
        record["CreatedById"] = self._user_id
        change = Change(before=None, record=record, find=self._org.records.find)
        self._settle(sobject, change, set(changes))
        return str(record["Id"])

    def update(self, sobject: Sobject, record_id: str, sent: Mapping[str, Any]) -> None:
        """Change the named fields of a record that is there."""
        if not sobject.updateable:
            raise ApiError(
                "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                f"entity type cannot be updated: {sobject.label}",
            )
        before = self._existing(sobject, record_id)
        if before.get("IsConverted"):
            raise ApiError("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead",
                           fields=())  # fmt: skip
        changes = read_values(self._org, sobject, sent, is_new=False)
        record = {**before, **changes}
        change = Change(before=before, record=record, find=self._org.records.find)
        self._settle(sobject, change, {name for name in changes if change.moved(name)})

    def delete(self, sobject: Sobject, record_id: str) -> None:
        """Move a record to the recycle bin, and with it the details it is the master of."""
        record = {**self._existing(sobject, record_id), "IsDeleted": True}
        record["SystemModstamp"] = to_timestamp(self._org.clock())
        self._org.records.put(sobject.name, record)
        beside = sobject.companion
        if beside and record.get(beside.link) and (kept := self._org.sobject(beside.sobject_name)):
            self.delete(kept, record[beside.link])
        for child, field in self._org.details_of(sobject):
            for detail in self._org.records.find(child.name, field.name, record["Id"]):
                self.delete(child, detail["Id"])

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
        record: Values = {**sobject.defaults(), "IsDeleted": False}
        if sobject.find("OwnerId"):
            record["OwnerId"] = self._user_id
        default = next((each for each in sobject.record_types if each.default), None)
        if default and sobject.find("RecordTypeId"):
            record["RecordTypeId"] = default.id
        return record

    def _settle(self, sobject: Sobject, change: Change, sent: set[str]) -> None:
        """Take a record through the platform's order of execution, then put it down.

        https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm
        """
        record = change.record
        check_choices(sobject, record, sent)
        settle_addresses(sobject, record, sent)
        moved = _automate(sobject, change)
        self._check_required(sobject, record, sent | moved)
        check_choices(sobject, record, moved)
        settle_addresses(sobject, record, moved)
        check_validation_rules(sobject, record)
        self._duplicates.check(sobject, change, sent | moved)
        check_unique(self._org, sobject, record, sent | moved)
        self._put(sobject, record)

    def _check_required(self, sobject: Sobject, record: Values, touched: set[str]) -> None:
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

    def _put(self, sobject: Sobject, record: Values) -> None:
        stamp = to_timestamp(self._org.clock())
        record |= {"LastModifiedDate": stamp, "LastModifiedById": self._user_id,
                   "SystemModstamp": stamp}  # fmt: skip
        finish_record(self._org.next_serial, sobject, record)
        put_companion(self._org, sobject, record)
        kept = {name: value for name, value in record.items() if value is not None}
        self._org.records.put(sobject.name, kept)


def _automate(sobject: Sobject, change: Change) -> set[str]:
    """Run what runs before a save; return the fields it moved."""
    sent = dict(change.record)
    for automation in sobject.automations:
        if automation.active and automation.run is not None:
            automation.run(change)
    return {name for name, value in change.record.items() if sent.get(name) != value}
