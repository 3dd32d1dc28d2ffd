"""Where a record went that was deleted or merged, and which record stayed in its place.

https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import WhoActs
from core.mapping.describe import SobjectDescribe
from core.preview.holds import Hold, HoldKind
from core.preview.matching.keys import Ask, OrgRecord
from core.salesforce.soql import select_in

_MAX_MERGES = 5  # into one another; more is no chain that people make


def is_deleted(record: OrgRecord) -> bool:
    """Whether the record lies in the Recycle Bin; a merged one does, too."""
    return record.get("IsDeleted") is True


def master_id(record: OrgRecord) -> str:
    """Return the id of the record that this one was merged into; empty where it was not."""
    return str(record.get("MasterRecordId") or "")


class Trail:
    """Records by id, and what became of them. Knows only what it has asked for."""

    def __init__(self, describe: SobjectDescribe, field_names: Sequence[str]) -> None:
        self._describe, self._names = describe, field_names
        self._known: dict[str, OrgRecord] = {}

    def look_for(self, ids: Iterable[str], ask: Ask) -> None:
        """Read these records and those they were merged into; one `ask` for each step of it."""
        missing = set(ids) - self._known.keys()
        for _ in range(_MAX_MERGES):
            if not missing:
                return
            query = select_in(
                self._describe,
                self._names,
                field_name="Id",
                values=sorted(missing),
                with_deleted=True,
            )
            records = ask([query])[0]
            self._known |= {str(record["Id"]): record for record in records}
            missing = {master_id(record) for record in records if is_deleted(record)}
            missing -= {"", *self._known}

    def known(self, record_id: str) -> OrgRecord | None:
        return self._known.get(record_id)

    def stayed(self, record_id: str) -> OrgRecord | None:
        """Return the record, or the one it ended up in; None where nothing of it is left."""
        passed: set[str] = set()
        while record_id not in passed:
            passed.add(record_id)
            record = self._known.get(record_id)
            if record is None or not is_deleted(record):
                return record
            record_id = master_id(record)
        return None


def hold_deleted(label: str, key_label: str) -> Hold:
    """Return why a record that was deleted is not simply made anew."""
    return Hold(
        HoldKind.DELETED,
        f"The {label} with this {key_label} was deleted in Salesforce. Restore it from the "
        "Recycle Bin, or have it deleted there for good: then the inquiry goes the way of a "
        "new one.",
    )


def hold_merged(key_label: str, other_label: str) -> Hold:
    """Return why the record that took the one sought in is not certain to be the right one."""
    return Hold(
        HoldKind.MERGED,
        f"The record with this {key_label} was merged into one that carries another "
        f"{other_label}. Tell in Salesforce which is right, or correct the {other_label} there.",
    )


def contact_id(record: OrgRecord) -> str:
    """Return the id of the contact that a converted lead became; empty for every other record."""
    is_converted = record.get("IsConverted") is True
    return str(record.get("ConvertedContactId") or "") if is_converted else ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a lead: its contact, and when; the day is empty where it is not visible."""

    contact_id: str
    on: str = ""

    @property
    def words(self) -> str:
        return f"converted on {self.on}" if self.on else "converted"


def conversion_of(record: OrgRecord | None) -> Conversion | None:
    """Return how a lead was converted, as far as the connected user may see it."""
    if record is None or not (found := contact_id(record)):
        return None
    return Conversion(found, str(record.get("ConvertedDate") or "")[:10])


def hold_converted(record: OrgRecord) -> Hold:
    """Return why a lead that was converted takes nothing any more, and what does."""
    conversion = conversion_of(record)
    where = (
        "It became the contact below: add the Contact to the mapping, for converted leads only, "
        "or enter there what is new."
        if conversion
        else "Ask which contact it became: the connected user cannot see it."
    )
    told = conversion.words if conversion else "converted"
    return Hold(
        HoldKind.CONVERTED_LEAD,
        f"The lead found was {told}, and Salesforce lets nobody change it any more. {where}",
    )


def hold_hidden_contact() -> Hold:
    """Return why a lead's contact cannot be updated although the mapping would."""
    return Hold(
        HoldKind.CONVERTED_LEAD,
        "The lead became a contact that the connected user cannot see. Ask the university's admin "
        "for read access to it.",
    )


def hold_beside_converted(sobject_name: str) -> Hold:
    """Return why nothing is added to a lead that was converted."""
    return Hold(
        HoldKind.CONVERTED_LEAD,
        f"Its lead was converted, and a new {sobject_name} would point at what nobody works on any "
        "more. Map one that points at the contact, or enter it there.",
        WhoActs.OPERATOR,
    )


def note_of_way(merged_by: str, lost_by: str) -> str:
    """Say how a record was come by that no key found straight; empty where one did."""
    if merged_by:
        return f"The record with this {merged_by} was merged into this one, which stayed."
    return f"A record with this {lost_by} was deleted in Salesforce." if lost_by else ""
