"""Whether what the match keys found is the inquiry's record, and why not. Pure."""

from collections.abc import Mapping, Sequence

from core.mapping.apply import AppliedRecord
from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import Operation
from core.preview.found import Hits
from core.preview.holds import Hold, HoldKind
from core.preview.keys import Key, OrgRecord, fold
from core.preview.matches import Candidate, Claims, Match
from core.preview.moved import (
    contact_id,
    hold_converted,
    hold_deleted,
    hold_merged,
    note_of_way,
)

_MAX_CANDIDATES = 5


class Judge:
    """The rules of one object. `identities` are the fields by which a record says who it is."""

    def __init__(
        self,
        describe: SobjectDescribe,
        operation: Operation,
        *,
        keys: Sequence[Key],
        identities: Sequence[FieldDescribe],
    ) -> None:
        self._describe, self._operation = describe, operation
        self._keys, self._identities = keys, identities
        name_field = next((field.name for field in describe.fields if field.name_field), "Id")
        self._name_field = name_field

    def one(
        self,
        applied: AppliedRecord,
        hits: Hits,
        label: str,
        claims: Claims,
        lost: Hits | None = None,
    ) -> Match:
        record = next(iter(hits.records.values()))
        if hits.is_merged and (other := self._other_identity(applied, record)):
            return Match(
                candidates=self._candidates(hits.records, note="the record that stayed"),
                hold=hold_merged(hits.key.label, other.label),
                claims=claims,
            )
        return Match(
            record=record,
            matched_by=label,
            hold=self._hold_for(applied, hits.key, record, label),
            candidates=_contact_of(record),
            note=note_of_way(
                hits.key.label if hits.is_merged else "", lost.key.label if lost else ""
            ),
            claims=claims,
        )

    def narrow(
        self,
        applied: AppliedRecord,
        first: Hits,
        later: Hits,
        claims: Claims,
    ) -> Match:
        """Several records by one key, a single one by a later: it counts if it is among them."""
        if next(iter(later.records)) in first.records:
            return self.one(applied, later, f"{first.label}, then {later.label}", claims)
        return Match(
            candidates=self._candidates({**first.records, **later.records}),
            hold=Hold(
                HoldKind.KEYS_DISAGREE,
                f"{first.label} finds {len(first.records)} records and {later.label} another one. "
                "Tell which is right in Salesforce, or merge them.",
            ),
            claims=claims,
        )

    def several(self, hits: Mapping[str, OrgRecord], label: str, claims: Claims) -> Match:
        count = f"{len(hits)} records" if len(hits) > 1 else "a record"
        hold = Hold(
            HoldKind.SEVERAL_MATCHES,
            f"{label} finds {count}. Merge or correct in Salesforce, then preview again.",
        )
        return Match(candidates=self._candidates(hits), hold=hold, claims=claims)

    def none(self, lost: Hits | None, claims: Claims) -> Match:
        """A deleted record is not made anew by itself; an insert asks for no record at all."""
        if lost is None or self._operation is Operation.INSERT:
            return Match(claims=claims, hold=self._hold_without_match())
        return Match(
            candidates=self._candidates(lost.records, note="deleted"),
            hold=hold_deleted(self._describe.label, lost.key.label),
            claims=claims,
        )

    def without_key(self, claims: Claims) -> Match:
        if self._operation is Operation.INSERT:
            return Match(claims=claims)
        labels = ", ".join(key.label for key in self._keys)
        hold = Hold(HoldKind.NO_KEY_VALUE, f"No value to find a record by: {labels} is blank.")
        return Match(claims=claims, hold=hold)

    def _hold_for(
        self, applied: AppliedRecord, key: Key, record: OrgRecord, label: str
    ) -> Hold | None:
        if record.get("IsConverted") is True:
            return hold_converted(record)
        if self._operation is Operation.INSERT:
            return Hold(
                HoldKind.ALREADY_EXISTS,
                f"{label} finds a record that exists, and the mapping only inserts. "
                "Choose upsert to update it.",
            )
        other = None if key.is_identity else self._other_identity(applied, record)
        if other is None:
            return None
        return Hold(
            HoldKind.DIFFERENT_ID,
            f"{label} finds a record that carries another {other.label}. It may be another "
            "person, or the same one twice: tell which in Salesforce.",
        )

    def _other_identity(self, applied: AppliedRecord, record: OrgRecord) -> FieldDescribe | None:
        """The field by which the record says that it is somebody else."""
        for field in self._identities:
            ours, theirs = applied.value(field.name), record.get(field.name)
            if not (is_blank(ours) or is_blank(theirs) or fold(ours, field) == fold(theirs, field)):
                return field
        return None

    def _candidates(
        self, hits: Mapping[str, OrgRecord], *, note: str = ""
    ) -> tuple[Candidate, ...]:
        shown = list(hits.items())[:_MAX_CANDIDATES]
        return tuple(
            Candidate(
                record_id,
                str(record.get(self._name_field) or record_id),
                sobject_name=self._describe.name,
                note=note,
            )
            for record_id, record in shown
        )

    def _hold_without_match(self) -> Hold | None:
        if self._operation is not Operation.UPDATE:
            return None
        return Hold(
            HoldKind.NO_MATCH,
            "No record was found, and the mapping only updates. Choose upsert to create it.",
        )


def _contact_of(record: OrgRecord) -> tuple[Candidate, ...]:
    """The contact that a converted lead became, as far as the connected user may see it."""
    if not (found := contact_id(record)):
        return ()
    return (Candidate(found, found, sobject_name="Contact", note="the contact it became"),)
