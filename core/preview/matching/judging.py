"""Whether what the match keys found is the inquiry's record, and why not. Pure."""

from collections.abc import Mapping, Sequence

from core.mapping.apply import AppliedRecord
from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import ObjectMapping, Operation
from core.preview.holds import Hold, HoldKind
from core.preview.matching.found import Hits
from core.preview.matching.keys import Key, OrgRecord, fold
from core.preview.matching.matches import Candidate, Match
from core.preview.matching.moved import (
    contact_id,
    hold_converted,
    hold_deleted,
    hold_hidden_contact,
    hold_merged,
    note_of_way,
)
from core.preview.references import referred_row

MAX_CANDIDATES = 5


class Judge:
    """The rules of one object. `identities` are the fields by which a record says who it is."""

    def __init__(
        self,
        describe: SobjectDescribe,
        draft: ObjectMapping,
        *,
        keys: Sequence[Key],
        identities: Sequence[FieldDescribe],
    ) -> None:
        self._describe, self._operation = describe, draft.operation
        self._only_converted = draft.only_converted
        self._keys, self._identities = keys, identities
        name_field = next((field.name for field in describe.fields if field.name_field), "Id")
        self._name_field = name_field

    def one(
        self,
        applied: AppliedRecord,
        hits: Hits,
        label: str,
        lost: Hits | None = None,
    ) -> Match:
        record = next(iter(hits.records.values()))
        if hits.is_merged and (other := self._other_identity(applied, record)):
            return Match(
                candidates=self._candidates(hits.records, note="the record that stayed"),
                hold=hold_merged(hits.key.label, other.label),
            )
        return Match(
            record=record,
            matched_by=label,
            hold=self._hold_for(applied, hits.key, record, label),
            candidates=_contact_of(record),
            note=note_of_way(
                hits.key.label if hits.is_merged else "", lost.key.label if lost else ""
            ),
        )

    def narrow(
        self,
        applied: AppliedRecord,
        first: Hits,
        later: Hits,
    ) -> Match:
        """Several records by one key, a single one by a later: it counts if it is among them."""
        if next(iter(later.records)) in first.records:
            return self.one(applied, later, f"{first.label}, then {later.label}")
        return Match(
            candidates=self._candidates({**first.records, **later.records}),
            hold=Hold(
                HoldKind.KEYS_DISAGREE,
                f"{first.label} finds {len(first.records)} records and {later.label} another one. "
                "Tell which is right in Salesforce, or merge them.",
            ),
        )

    def several(self, hits: Mapping[str, OrgRecord], label: str) -> Match:
        count = f"{len(hits)} records" if len(hits) > 1 else "a record"
        hold = Hold(
            HoldKind.SEVERAL_MATCHES,
            f"{label} finds {count}. Merge or correct in Salesforce, then preview again.",
        )
        return Match(candidates=self._candidates(hits), hold=hold)

    def none(self, lost: Hits | None) -> Match:
        """A deleted record is not made anew by itself; an insert asks for no record at all."""
        if lost is None or self._operation is Operation.INSERT:
            return Match(hold=self._hold_without_match())
        return Match(
            candidates=self._candidates(lost.records, note="deleted"),
            hold=hold_deleted(self._describe.label, lost.key.label),
        )

    def wrong_id(self, problem: str) -> Match:
        return Match(
            hold=Hold(
                HoldKind.STORED_ID,
                f"The stored Salesforce id {problem}. Correct it at the source, or empty it there "
                "to go by the other match keys.",
            )
        )

    def without_key(self) -> Match:
        if self._operation is Operation.INSERT:
            return Match()
        labels = ", ".join(key.label for key in self._keys)
        hold = Hold(HoldKind.NO_KEY_VALUE, f"No value to find a record by: {labels} is blank.")
        return Match(hold=hold)

    def _hold_for(
        self, applied: AppliedRecord, key: Key, record: OrgRecord, label: str
    ) -> Hold | None:
        if record.get("IsConverted") is True:
            return hold_converted(record)
        if self._operation is Operation.INSERT:
            return Hold(
                HoldKind.ALREADY_EXISTS,
                f"{label} finds {_which(record, 'a record that exists')}, and the mapping only "
                "inserts. Choose upsert to update it.",
            )
        is_sure = key.is_identity and not key.is_id  # a stored id may be old or mistaken
        other = None if is_sure else self._other_identity(applied, record)
        if other is None:
            return None
        return Hold(
            HoldKind.DIFFERENT_ID,
            f"{label} finds {_which(record, 'a record')} that carries another {other.label}. It "
            "may be another person, or the same one twice: tell which in Salesforce.",
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
        shown = list(hits.items())[:MAX_CANDIDATES]
        return tuple(self._candidate(*each, note) for each in shown)

    def _candidate(self, record_id: str, record: OrgRecord, note: str) -> Candidate:
        name = record.get(self._name_field)
        if row_number := referred_row(record_id):
            return Candidate(
                "",
                str(name or f"Row {row_number}"),
                sobject_name=self._describe.name,
                note=note or f"new, by row {row_number}",
            )
        return Candidate(
            record_id, str(name or record_id), sobject_name=self._describe.name, note=note
        )

    def _hold_without_match(self) -> Hold | None:
        if self._only_converted:
            return hold_hidden_contact()
        if self._operation is not Operation.UPDATE:
            return None
        return Hold(
            HoldKind.NO_MATCH,
            "No record was found, and the mapping only updates. Choose upsert to create it.",
        )


def _which(record: OrgRecord, existing: str) -> str:
    row_number = referred_row(record["Id"])
    return f"the new record of row {row_number}" if row_number else existing


def _contact_of(record: OrgRecord) -> tuple[Candidate, ...]:
    """The contact that a converted lead became, as far as the connected user may see it."""
    if not (found := contact_id(record)):
        return ()
    return (Candidate(found, found, sobject_name="Contact", note="the contact it became"),)
