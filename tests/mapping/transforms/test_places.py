"""Countries and states: by code, name and alias, and as the org's own list spells them."""

import json
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.describe import FieldDescribe, PicklistValue
from core.mapping.model import Transform, TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.transforms.countries import find_country, load_countries
from core.mapping.transforms.country_table import AMBIGUOUS_NAMES, COUNTRY_TABLE
from core.mapping.transforms.names import name_key
from core.mapping.transforms.states import find_state, load_states
from tests.mapping.fields import choices, make_field
from tests.mapping.transforms.steps import blocking, kinds, make_step, run

COUNTRY = make_step(TransformKind.COUNTRY, to="org")
STATE = make_step(TransformKind.STATE, to="org")
ALPHA2 = make_step(TransformKind.COUNTRY, to="alpha2")


def listing(*pairs: tuple[str, str], **changes: object) -> FieldDescribe:
    values = tuple(PicklistValue(value=value, label=label) for value, label in pairs)
    return make_field("CountryCode", "picklist", picklist_values=values, **changes)


@pytest.mark.parametrize(
    ("text", "alpha2"),
    [
        ("US", "US"),
        ("usa", "US"),
        ("U.S.", "US"),
        ("U. S. A.", "US"),
        ("United States of America", "US"),
        ("Estados Unidos", "US"),
        ("UK", "GB"),
        ("England", "GB"),
        ("Côte d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("Co\u0302te d'Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("KOR", "KR"),
        ("Bahamas (the)", "BS"),
        ("The Bahamas", "BS"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Congo, the Democratic Republic of the", "CD"),
        ("Hong Kong", "HK"),
        ("St. Lucia", "LC"),
        ("Trinidad & Tobago", "TT"),
        ("México", "MX"),
        ("中国", "CN"),
        ("대한민국", "KR"),
        ("भारत", "IN"),
    ],
)
def test_a_country_is_known_by_codes_names_and_aliases(text: str, alpha2: str) -> None:
    done = run(ALPHA2, text)

    assert (done.text, done.problems) == (alpha2, ())


@pytest.mark.parametrize("text", ["Ruritania", "ZZ", "भरत", "---", "1", "Uta", "#N/A", "x" * 500])
def test_what_names_no_country_is_a_problem(text: str) -> None:
    assert blocking(run(ALPHA2, text)) == [ProblemKind.UNKNOWN_COUNTRY]


@pytest.mark.parametrize("text", AMBIGUOUS_NAMES)
def test_a_name_of_two_countries_is_a_problem(text: str) -> None:
    assert blocking(run(ALPHA2, text)) == [ProblemKind.AMBIGUOUS_COUNTRY]


def test_no_name_or_alias_stands_for_two_countries() -> None:
    owners: dict[str, set[str]] = {}
    for line in COUNTRY_TABLE.splitlines():
        alpha2, _, name, aliases = line.split("|")
        for each in (name, *filter(None, aliases.split(";"))):
            owners.setdefault(name_key(each), set()).add(alpha2)

    assert "" not in owners
    assert [key for key, found in owners.items() if len(found) > 1] == []


def test_each_country_has_three_spellings_that_lead_back_to_it() -> None:
    countries = set(load_countries().by_code.values())

    assert len(countries) == 250
    for country in countries:
        assert find_country(country.alpha2) == find_country(country.alpha3) == country
        assert find_country(country.name) in {country, None if country.alpha2 == "CG" else country}


@given(
    st.sampled_from(sorted(load_countries().by_code)), st.sampled_from(["name", "alpha2", "alpha3"])
)
def test_each_spelling_asked_for_leads_back_to_the_same_country(code: str, to: str) -> None:
    country = find_country(code)

    written = run(make_step(TransformKind.COUNTRY, to=to), code).text

    assert load_countries().find(written) == country


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        ([("US", "United States"), ("MX", "Mexico")], "USA", "US"),
        ([("United States", "United States"), ("Mexico", "Mexico")], "US", "United States"),
        ([("USA", "USA"), ("MEX", "MEX")], "United States of America", "USA"),
        ([("Korea, Republic of", "Korea, Republic of")], "South Korea", "Korea, Republic of"),
        ([("Bahamas (the)", "Bahamas (the)")], "BS", "Bahamas (the)"),
        ([("c1", "Ivory Coast"), ("c2", "Ghana")], "Côte d'Ivoire", "c1"),
        ([("Kosovo", "Kosovo"), ("Other", "Other")], "other", "Other"),
        ([("Korea", "Korea"), ("Japan", "Japan")], "Korea", "Korea"),
        ([("UK", "UK"), ("England", "England")], "england", "England"),
    ],
)
def test_the_orgs_own_spelling_is_found_by_meaning(
    entries: list[tuple[str, str]], text: str, expected: str
) -> None:
    done = run(COUNTRY, text, field=listing(*entries))

    assert (done.text, done.problems) == (expected, ())


def test_a_country_the_org_does_not_list_is_a_problem() -> None:
    done = run(COUNTRY, "Hong Kong", field=listing(("US", "United States")))

    assert blocking(done) == [ProblemKind.UNKNOWN_COUNTRY]


def test_a_country_the_org_lists_twice_is_a_problem() -> None:
    done = run(COUNTRY, "GB", field=listing(("England", "England"), ("Scotland", "Scotland")))

    assert blocking(done) == [ProblemKind.AMBIGUOUS_COUNTRY]


def test_an_entry_that_is_switched_off_is_not_used() -> None:
    field = make_field(
        "Country__c", "picklist", picklist_values=choices("United States", inactive=("Mexico",))
    )

    assert blocking(run(COUNTRY, "MX", field=field)) == [ProblemKind.UNKNOWN_COUNTRY]


def test_a_state_that_is_switched_off_is_not_used() -> None:
    field = make_field("State__c", "picklist", picklist_values=choices("Ohio", inactive=("Utah",)))

    assert run(STATE, "OH", {"lead.country": "US"}, field=field).text == "Ohio"
    assert run(STATE, "UT", {"lead.country": "US"}, field=field).is_blocked


def test_an_orgs_own_code_never_passes_for_anothers_iso_code() -> None:
    done = run(COUNTRY, "AU", field=listing(("AU", "Austria"), ("AS", "Australia")))

    assert done.text == "AS"


@pytest.mark.parametrize("step", [COUNTRY, STATE], ids=["country", "state"])
@pytest.mark.parametrize("field", [None, make_field("Country")], ids=["no field", "no list"])
def test_without_a_list_the_orgs_own_value_cannot_be_told(
    step: Transform, field: FieldDescribe | None
) -> None:
    done = run(step, "US", {"lead.country": "US"}, field=field)

    assert blocking(done) == [ProblemKind.TRANSFORM_NOT_SET]


# a country list and a state list that it rules: AR is Arkansas, Arezzo and Arunachal Pradesh
RULING = listing(
    ("GB", "United Kingdom"), ("US", "United States"), ("IT", "Italy"), ("IN", "India")
)
RULED = make_field(
    "StateCode",
    "picklist",
    label="State Code",
    controller_name="CountryCode",
    restricted_picklist=True,
    picklist_values=(
        PicklistValue(value="AR", label="Arezzo", valid_for=b"\x20"),
        PicklistValue(value="AR", label="Arkansas", valid_for=b"\x40"),
        PicklistValue(value="AR", label="Arunachal Pradesh", valid_for=b"\x10"),
        PicklistValue(value="UT", label="Utah", valid_for=b"\x40"),
        PicklistValue(value="UT", label="Uttarakhand", valid_for=b"\x10"),
        PicklistValue(value="OR", label="Odisha", valid_for=b"\x10"),
    ),
)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("AR", "US", "AR"),
        ("Arkansas", "USA", "AR"),
        ("ar", "Italy", "AR"),
        ("Arezzo", "IT", "AR"),
        ("Utah", "US", "UT"),
        ("US-UT", "US", "UT"),
        ("UK", "India", "UT"),
        ("Orissa", "IN", "OR"),
        ("Utah", "", "UT"),
    ],
)
def test_a_state_is_found_among_those_of_its_country(
    text: str, country: str, expected: str
) -> None:
    done = run(STATE, text, {"lead.country": country}, field=RULED, controller=RULING)

    assert (done.text, done.problems) == (expected, ())


@pytest.mark.parametrize(
    ("text", "country", "kind"),
    [
        ("AR", "", ProblemKind.AMBIGUOUS_STATE),
        ("Arezzo", "", ProblemKind.AMBIGUOUS_STATE),
        ("AR", "GB", ProblemKind.UNKNOWN_STATE),
        ("AR", "France", ProblemKind.UNKNOWN_STATE),
        ("AR", "Ruritania", ProblemKind.UNKNOWN_STATE),
        ("Arezzo", "US", ProblemKind.UNKNOWN_STATE),
        ("Ohio", "US", ProblemKind.UNKNOWN_STATE),
        ("OR", "US", ProblemKind.UNKNOWN_STATE),
        ("王", "US", ProblemKind.UNKNOWN_STATE),
        ("...", "IT", ProblemKind.UNKNOWN_STATE),
    ],
)
@pytest.mark.parametrize("controller", [RULING, None], ids=["ruled", "without the ruling field"])
def test_a_state_that_is_not_its_countrys_is_a_problem(
    text: str, country: str, kind: ProblemKind, controller: FieldDescribe | None
) -> None:
    done = run(STATE, text, {"lead.country": country}, field=RULED, controller=controller)

    assert (done.text, blocking(done)) == (text, [kind])


def test_without_the_ruling_field_a_states_name_still_tells_it() -> None:
    values = {"lead.country": "US"}

    assert run(STATE, "AR", values, field=RULED).text == "AR"
    assert run(STATE, "Utah", values, field=RULED).text == "UT"
    assert run(STATE, "Arezzo", {"lead.country": "Italy"}, field=RULED).text == "AR"
    assert run(STATE, "AR", {"lead.country": "Italy"}, field=RULED).is_blocked


def test_a_plain_list_of_codes_belongs_to_the_country_that_fills_it() -> None:
    field = make_field(
        "State__c", "picklist", picklist_values=choices("AR", "CA", "UT", "TX", "ON")
    )

    assert run(STATE, "California", {"lead.country": "US"}, field=field).text == "CA"
    assert run(STATE, "Ontario", {"lead.country": "CA"}, field=field).text == "ON"
    assert run(STATE, "AR", {"lead.country": "India"}, field=field).is_blocked
    assert run(STATE, "CA", {"lead.country": "Italy"}, field=field).is_blocked
    assert run(STATE, "CA", {"lead.country": "Canada"}, field=field).is_blocked


def test_the_country_may_stand_under_another_key() -> None:
    step = make_step(TransformKind.STATE, to="name", country_key="visit.geo_country")

    assert run(step, "UT", {"visit.geo_country": "US"}).text == "Utah"


@pytest.mark.parametrize(
    ("text", "country", "name", "code"),
    [
        ("ut", "US", "Utah", "UT"),
        ("Washington, D.C.", "US", "District of Columbia", "DC"),
        ("Québec", "Canada", "Quebec", "QC"),
        ("New South Wales", "AU", "New South Wales", "NSW"),
        ("CDMX", "Mexico", "Ciudad de México", "DF"),
        ("Sao Paulo", "BR", "São Paulo", "SP"),
        ("Tamil Nadu", "", "Tamil Nadu", "TN"),
    ],
)
def test_a_state_is_written_as_name_or_code(text: str, country: str, name: str, code: str) -> None:
    values = {"lead.country": country}

    assert run(make_step(TransformKind.STATE, to="name"), text, values).text == name
    assert run(make_step(TransformKind.STATE, to="code"), text, values).text == code


def test_a_state_of_a_country_without_a_table_goes_as_received_with_a_warning() -> None:
    done = run(make_step(TransformKind.STATE, to="name"), "Lombardia", {"lead.country": "Italy"})

    assert (done.text, kinds(done), blocking(done)) == (
        "Lombardia",
        [ProblemKind.STATE_NOT_CHECKED],
        [],
    )
    assert run(make_step(TransformKind.STATE, to="name"), "MI", {"lead.country": "IT"}).is_blocked
    assert run(
        make_step(TransformKind.STATE, to="code"), "Lazio", {"lead.country": "IT"}
    ).is_blocked


def test_no_code_or_name_stands_for_two_states_of_a_country() -> None:
    for states in load_states().values():
        for names in (
            [code for state in states for code in state.codes],
            [key for state in states for key in state.keys],
        ):
            assert sorted(names) == sorted(set(names))


def test_each_state_leads_back_to_itself() -> None:
    for country, states in load_states().items():
        for state in states:
            assert {find_state(each, country) for each in (*state.codes, state.name)} == {state}


def test_names_of_other_scripts_never_match_each_other_as_empty() -> None:
    assert len({name_key(each) for each in ("中国", "日本", "भारत", "भरत", "भिरत", "مصر")}) == 6
    assert run(COUNTRY, "日本", field=listing(("中国", "中国"))).is_blocked


@pytest.fixture(scope="module")
def recorded(salesforce_fixtures: Path) -> dict[str, FieldDescribe]:
    path = next((salesforce_fixtures / "describe").glob("Account__v58*.json"))
    body = json.loads(path.read_text(encoding="utf-8"))
    return {
        each["name"]: make_field(
            each["name"],
            "picklist",
            controller_name=each["controllerName"],
            picklist_values=tuple(
                PicklistValue(
                    value=entry["value"],
                    label=entry["label"],
                    active=entry["active"],
                    valid_for=b64decode(entry["validFor"] or ""),
                )
                for entry in each["picklistValues"]
            ),
        )
        for each in body.get("result", body)["fields"]
        if each["name"] in {"BillingCountryCode", "BillingStateCode"}
    }


def test_each_country_of_a_recorded_org_is_found_by_its_name_and_code(
    recorded: dict[str, FieldDescribe],
) -> None:
    field = recorded["BillingCountryCode"]

    for entry in field.picklist_values:
        assert run(COUNTRY, entry.value, field=field).text == entry.value
        assert run(COUNTRY, entry.label, field=field).text == entry.value


@pytest.mark.parametrize("country", sorted(load_states()))
def test_each_state_of_a_recorded_org_is_found_by_its_name_and_code(
    recorded: dict[str, FieldDescribe], country: str
) -> None:
    countries, states = recorded["BillingCountryCode"], recorded["BillingStateCode"]
    place = [each.value for each in countries.picklist_values].index(country)
    own = [each for each in states.picklist_values if each.is_valid_for(place)]

    assert own
    for entry in own:
        for text in (entry.value, entry.label):
            values = {"lead.country": country}
            done = run(STATE, text, values, field=states, controller=countries)
            assert (done.text, done.problems) == (entry.value, ()), entry.label
