"""Writes plans as a push would: payloads untouched, references resolved by composite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random
from urllib.parse import quote

from bench.agreement.org import Answer, OrgUnderTest, Part, Record
from core.mapping.model import JsonValue, MappingDraft, ObjectMapping
from core.preview.plan import Outcome, RecordPlan
from core.preview.references import parent_fields, referred_object

PlanKey = tuple[int, str]
ACTING = (Outcome.CREATE, Outcome.UPDATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the org answered by plan, and its records by id before and after."""

    answers: Mapping[PlanKey, Answer]
    before: Mapping[str, Record]
    after: Mapping[str, Record]
    changed_ids: frozenset[str]


def key_of(plan: RecordPlan) -> PlanKey:
    return plan.row_number, plan.object_id


def write_plans(
    plans: Sequence[RecordPlan], draft: MappingDraft, org: OrgUnderTest, random: Random
) -> dict[PlanKey, Answer]:
    """Write every plan that acts; a mapping of one object goes in collections or one by one."""
    acting = [plan for plan in plans if plan.outcome in ACTING]
    if len(draft.objects) == 1 and random.random() < 0.6:
        return _in_collections(acting, org)
    return _in_composites(acting, draft, org)


def _in_collections(acting: Sequence[RecordPlan], org: OrgUnderTest) -> dict[PlanKey, Answer]:
    answers: dict[PlanKey, Answer] = {}
    for outcome in ACTING:
        own = [plan for plan in acting if plan.outcome is outcome]
        bodies = [dict(plan.payload) for plan in own]
        if not own:
            continue
        if outcome is Outcome.CREATE:
            found = org.create(own[0].sobject_name, bodies)
        else:
            bodies = [{"Id": p.matched_id, **body} for p, body in zip(own, bodies, strict=True)]
            found = org.update(own[0].sobject_name, bodies)
        answers |= dict(zip(map(key_of, own), found, strict=True))
    return answers


def _in_composites(
    acting: Sequence[RecordPlan], draft: MappingDraft, org: OrgUnderTest
) -> dict[PlanKey, Answer]:
    mappings = {each.object_id: each for each in draft.objects}
    answers: dict[PlanKey, Answer] = {}
    together: list[list[Part]] = []
    alone: list[list[RecordPlan]] = []
    by_reference = {_reference(plan): key_of(plan) for plan in acting}
    for _, found in groupby(acting, key=lambda plan: plan.row_number):
        inquiry = list(found)
        if any(_looks_like_reference(plan, mappings[plan.object_id]) for plan in inquiry):
            alone.append(inquiry)
        else:
            together.append([to_part(plan, mappings[plan.object_id]) for plan in inquiry])
    for reference, answer in org.composite(together).items():
        answers[by_reference[reference]] = answer
    for inquiry in alone:
        answers |= _one_by_one(inquiry, mappings, org)
    return answers


def _one_by_one(
    inquiry: Sequence[RecordPlan], mappings: Mapping[str, ObjectMapping], org: OrgUnderTest
) -> dict[PlanKey, Answer]:
    """For texts that composite would take for references: ids are put in here instead."""
    answers: dict[PlanKey, Answer] = {}
    for plan in inquiry:
        part = to_part(plan, mappings[plan.object_id])
        body = {
            name: answers[plan.row_number, parent].record_id
            if (parent := _parent_of(name, value, mappings[plan.object_id]))
            else value
            for name, value in plan.payload.items()
        }
        answers[key_of(plan)] = org.send(replace(part, body=body))
    return answers


def to_part(plan: RecordPlan, mapping: ObjectMapping) -> Part:
    """Return the call that writes one plan; references carry the row, so inquiries can share."""
    body = {
        name: f"@{{{parent}_{plan.row_number}.id}}"
        if (parent := _parent_of(name, value, mapping))
        else value
        for name, value in plan.payload.items()
    }
    root = f"/sobjects/{plan.sobject_name}"
    if plan.outcome is Outcome.UPDATE:
        return Part(method="PATCH", path=f"{root}/{plan.matched_id}", reference=_reference(plan),
                    body=body)  # fmt: skip
    key = _upsert_key(plan, mapping)
    if not key:
        return Part(method="POST", path=root, reference=_reference(plan), body=body)
    path = f"{root}/{key}/{quote(str(body.pop(key)), safe='')}"
    return Part(method="PATCH", path=path, reference=_reference(plan), body=body)


def _upsert_key(plan: RecordPlan, mapping: ObjectMapping) -> str:
    """Every other new person is upserted by the Halda ID where that is a match key."""
    is_key = any(each.field_names == ("Halda_ID__c",) for each in mapping.match_keys)
    value = plan.payload.get("Halda_ID__c")
    is_chosen = plan.row_number % 2 == 0 and mapping.operation == "upsert"
    return "Halda_ID__c" if is_key and is_chosen and value and "/" not in str(value) else ""


def _reference(plan: RecordPlan) -> str:
    return f"{plan.object_id}_{plan.row_number}"


def _parent_of(name: str, value: JsonValue, mapping: ObjectMapping) -> str:
    return referred_object(value) if name.casefold() in parent_fields(mapping) else ""


def _looks_like_reference(plan: RecordPlan, mapping: ObjectMapping) -> bool:
    return any(
        isinstance(value, str) and "@{" in value and not _parent_of(name, value, mapping)
        for name, value in plan.payload.items()
    )
