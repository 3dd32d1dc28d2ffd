"""What an org refuses of a new record as a whole is counted before anything is previewed."""

from dataclasses import replace

from core.mapping.checks.issues import MappingIssue, Severity
from core.mapping.checks.one_object import check_mapping
from core.mapping.describe import PicklistValue
from core.mapping.model import Operation, SourceField
from core.mapping.problems import ProblemKind
from tests.mapping.fields import LEAD, choices, make_draft, make_field, make_record, make_row

PLACES = {"compound_field_name": "Address"}
COUNTRIES = (PicklistValue("US", "United States"), PicklistValue("MX", "Mexico"))
STATES = (
    PicklistValue("UT", "Utah", valid_for=b"\x80"),
    PicklistValue("JA", "Jalisco", valid_for=b"\x40"),
)
ORG = replace(
    LEAD,
    fields=(
        *LEAD.fields,
        make_field("Country", **PLACES),
        make_field("State", **PLACES),
        make_field("CountryCode", "picklist", picklist_values=COUNTRIES, **PLACES),
        make_field(
            "StateCode",
            "picklist",
            controller_name="CountryCode",
            picklist_values=STATES,
            **PLACES,
        ),
    ),
)
FIELDS = [
    SourceField(key=key, label=key, group="Person")
    for key in ("lead.state", "lead.country", "answer.building", "answer.campus")
]
STATE, COUNTRY = make_row("lead.state", "State"), make_row("lead.country", "Country")
BUILDING = make_row("answer.building", "Building__c")
CAMPUS = make_row("answer.campus", "Campus__c")
SAMPLE = [
    make_record(1, lead__state="Utah", lead__country="United States"),
    make_record(2, lead__state="Utah"),
    make_record(3, lead__state="Jalisco", lead__country=" "),
    make_record(4, lead__country="Mexico"),
]


def found(*rows, org=ORG, sample=SAMPLE, **changes) -> list[MappingIssue]:
    issues = check_mapping(make_draft(*rows, **changes), org, sample, FIELDS)
    kinds = {
        ProblemKind.AMBIGUOUS_STATE,
        ProblemKind.UNKNOWN_STATE,
        ProblemKind.UNKNOWN_COUNTRY,
        ProblemKind.WRONG_DEPENDENT_VALUE,
        ProblemKind.CONTROLLER_UNKNOWN,
    }
    return [each for each in issues if each.kind in kinds]


def test_a_state_without_its_country_is_counted_with_the_first_example():
    [issue] = found(STATE, COUNTRY)

    assert (issue.kind, issue.severity) == (ProblemKind.AMBIGUOUS_STATE, Severity.HOLDS)
    assert (issue.row_id, issue.affected_count) == (STATE.row_id, 2)
    assert (issue.first_example, issue.first_row_number) == ("Utah", 2)
    assert "Country stays empty" in issue.message


def test_where_no_row_sends_the_country_every_state_is_counted():
    [issue] = found(STATE)

    assert (issue.kind, issue.affected_count) == (ProblemKind.AMBIGUOUS_STATE, 3)


def test_a_state_of_another_country_and_a_country_that_is_not_listed_are_counted():
    sample = [
        make_record(1, lead__state="Jalisco", lead__country="United States"),
        make_record(2, lead__country="USA"),
    ]

    issues = found(STATE, COUNTRY, sample=sample)

    assert [(each.row_id, each.kind, each.affected_count) for each in issues] == [
        (STATE.row_id, ProblemKind.UNKNOWN_STATE, 1),
        (COUNTRY.row_id, ProblemKind.UNKNOWN_COUNTRY, 1),
    ]


def test_an_org_without_such_picklists_takes_any_place():
    plain = replace(ORG, fields=tuple(f for f in ORG.fields if not f.name.endswith("Code")))

    assert found(STATE, COUNTRY, org=plain) == []


def test_an_update_is_not_judged_because_the_record_may_hold_the_country():
    assert found(STATE, COUNTRY, operation=Operation.UPDATE) == []


def test_a_dependent_value_whose_controlling_field_stays_empty_holds_a_new_record():
    sample = [make_record(7, answer__building="North Hall")]

    [issue] = found(BUILDING, CAMPUS, sample=sample)

    assert (issue.kind, issue.severity) == (ProblemKind.WRONG_DEPENDENT_VALUE, Severity.HOLDS)
    assert (issue.affected_count, issue.first_row_number) == (1, 7)


def test_a_dependent_value_of_a_record_that_exists_is_only_warned_about():
    sample = [make_record(7, answer__building="North Hall")]

    [issue] = found(BUILDING, CAMPUS, sample=sample, operation=Operation.UPDATE)

    assert (issue.kind, issue.severity) == (ProblemKind.CONTROLLER_UNKNOWN, Severity.WARNS)


def test_a_controlling_field_that_salesforce_fills_by_itself_is_only_warned_about():
    campus = make_field(
        "Campus__c", "picklist", picklist_values=choices("Main"), defaulted_on_create=True
    )
    org = replace(ORG, fields=tuple(campus if f.name == "Campus__c" else f for f in ORG.fields))

    [issue] = found(BUILDING, CAMPUS, org=org, sample=[make_record(answer__building="Virtual")])

    assert issue.severity is Severity.WARNS
