"""An org with state and country picklists refuses a state without its country."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core.mapping.apply import PreparedMapping
from core.mapping.describe import PicklistValue
from core.mapping.model import JsonValue
from core.mapping.problems import ProblemKind
from core.preview.holds import HoldKind
from core.preview.matching.matches import Match
from core.preview.plan import RecordPlan
from core.preview.planning.match import Matcher
from core.preview.planning.planner import Planner
from tests.preview.org import LEAD, Answers, make_draft, make_field, make_record, make_source

UNITED_STATES, MEXICO = bytes([0x80]), bytes([0x40])
PLACES = {"compound_field_name": "Address"}
DESCRIBE = replace(
    LEAD,
    fields=(
        *LEAD.fields,
        make_field("Country", **PLACES),
        make_field("State", **PLACES),
        make_field(
            "CountryCode",
            type="picklist",
            picklist_values=(PicklistValue("US", "United States"), PicklistValue("MX", "Mexico")),
            **PLACES,
        ),
        make_field(
            "StateCode",
            type="picklist",
            controller_name="CountryCode",
            picklist_values=(
                PicklistValue("UT", "Utah", valid_for=UNITED_STATES),
                PicklistValue("JA", "Jalisco", valid_for=MEXICO),
            ),
            **PLACES,
        ),
    ),
)
SOURCES = {"Email": "lead.email", "LastName": "lead.last_name"}
UTAH = {"Country": "United States", "CountryCode": "US", "State": "Utah", "StateCode": "UT"}
AVA = "00Q000000000001AAA"


def plan_place(sent: Mapping[str, str], held: Mapping[str, JsonValue] | None = None) -> RecordPlan:
    """Plan an inquiry with these parts of an address, of a new person or of one who lives there."""
    sources = SOURCES | {name: f"answer.{name.lower()}" for name in sent}
    draft = make_draft(("Email",), sources=sources)
    source = make_source(LastName="Lopez", Email="ava@example.edu")
    values = {**source.values, **{sources[name]: text for name, text in sent.items()}}
    source = replace(source, values=values)
    record = make_record(AVA, LastName="Lopez", Email="ava@example.edu")
    blank = dict.fromkeys(UTAH)
    match = Match() if held is None else Match(record={**record, **blank, **held})
    applied = PreparedMapping(draft, DESCRIBE).apply(source)
    return Planner(draft, DESCRIBE, complete_keys=()).plan(source, applied, match)


def kinds(plan: RecordPlan) -> list[ProblemKind]:
    return [problem.kind for problem in plan.problems]


@pytest.mark.parametrize(
    ("sent", "held"),
    [
        ({"Country": "united states", "State": "UTAH"}, None),
        ({"Country": "Mexico"}, None),
        ({"CountryCode": "MX", "StateCode": "JA"}, None),
        ({"State": "Utah"}, {"Country": "United States", "CountryCode": "US"}),
        ({"Country": "Mexico", "State": "Jalisco"}, UTAH),
    ],
)
def test_places_that_belong_together_are_sent(
    sent: Mapping[str, str], held: Mapping[str, JsonValue] | None
) -> None:
    plan = plan_place(sent, held)

    assert (plan.hold_kind, kinds(plan)) == (None, [])


@pytest.mark.parametrize(
    ("sent", "held", "kind"),
    [
        ({"State": "Utah"}, None, ProblemKind.AMBIGUOUS_STATE),
        ({"State": "Utah"}, {}, ProblemKind.AMBIGUOUS_STATE),
        ({"Country": "USA"}, None, ProblemKind.UNKNOWN_COUNTRY),
        ({"Country": "Mexico", "State": "Utah"}, None, ProblemKind.UNKNOWN_STATE),
        ({"Country": "Mexico"}, UTAH, ProblemKind.UNKNOWN_STATE),
    ],
)
def test_place_that_the_org_would_refuse_holds_the_record(
    sent: Mapping[str, str], held: Mapping[str, JsonValue] | None, kind: ProblemKind
) -> None:
    plan = plan_place(sent, held)

    assert (plan.hold_kind, kinds(plan)) == (HoldKind.BLOCKED_VALUE, [kind])


def test_all_parts_of_a_mapped_address_are_read() -> None:
    draft = make_draft(("Email",), sources={**SOURCES, "State": "answer.state"})
    answers = Answers()
    source = make_source(LastName="Lopez", Email="ava@example.edu")
    applied = PreparedMapping(draft, DESCRIBE).apply(source)

    Matcher(draft, DESCRIBE).look_for([applied], answers)

    assert all(name in answers.asked[0] for name in UTAH)


def test_org_without_those_picklists_takes_any_place() -> None:
    plain = replace(
        DESCRIBE, fields=tuple(f for f in DESCRIBE.fields if not f.name.endswith("Code"))
    )
    draft = make_draft(("Email",), sources={**SOURCES, "State": "answer.state"})
    source = replace(make_source(), values={"lead.email": "a@example.edu", "answer.state": "Utah"})
    source = replace(source, values={**source.values, "lead.last_name": "Lopez"})
    applied = PreparedMapping(draft, plain).apply(source)

    plan = Planner(draft, plain, complete_keys=()).plan(source, applied, Match())

    assert plan.hold_kind is None
