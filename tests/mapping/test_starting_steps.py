"""A suggestion that is taken works as it is: places spelled as the org does, no list missed."""

from core.halda.schema import CANONICAL_FIELDS
from core.mapping.describe import PicklistValue, SobjectDescribe
from core.mapping.model import ObjectMapping, TransformKind
from core.mapping.suggestions.suggest import Suggestion, suggest, take
from core.mapping.suggestions.templates import start_mapping
from tests.mapping.fields import choices, make_field, make_record

CODES = {"restricted_picklist": True, "compound_field_name": "Address"}
COUNTRIES = (PicklistValue("US", "United States"), PicklistValue("MX", "Mexico"))
LEAD = SobjectDescribe(
    name="Lead",
    label="Lead",
    fields=(
        make_field("LastName", label="Last Name"),
        make_field("Country", compound_field_name="Address"),
        make_field(
            "CountryCode", "picklist", label="Country Code", picklist_values=COUNTRIES, **CODES
        ),
        make_field(
            "StateCode",
            "picklist",
            label="State/Province Code",
            controller_name="CountryCode",
            picklist_values=(PicklistValue("UT", "Utah", valid_for=b"\x80"),),
            **CODES,
        ),
        make_field(
            "Inquiry_Source__c",
            "picklist",
            restricted_picklist=True,
            picklist_values=choices("Web", "Fair"),
        ),
    ),
)
SAMPLE = [
    make_record(1, lead__country="USA", lead__state="Utah", submission__source="Halda Widget"),
    make_record(2, lead__country="Mexico", submission__source="Halda Hub"),
]


def suggested(source_key: str, sample=SAMPLE) -> Suggestion:
    found = suggest(CANONICAL_FIELDS, LEAD, sample)
    return next(each for each in found if each.source_key == source_key)


def test_a_place_that_is_taken_is_written_as_the_org_lists_it():
    draft = ObjectMapping(sobject_name="Lead")
    for key in ("lead.country", "lead.state"):
        draft = take(draft, suggested(key))

    steps = {row.field_name: [each.kind for each in row.transforms] for row in draft.rows}
    assert steps == {
        "CountryCode": [TransformKind.COUNTRY],
        "StateCode": [TransformKind.STATE],
    }


def test_the_mapping_that_a_shape_starts_with_has_the_steps_too():
    person = start_mapping(None, [LEAD], CANONICAL_FIELDS, SAMPLE).person

    row = next(row for row in person.rows if row.field_name == "CountryCode")
    assert [each.kind for each in row.transforms] == [TransformKind.COUNTRY]


def test_a_closed_list_that_takes_no_value_of_the_sample_is_not_taken_unseen():
    found = suggested("submission.source")

    assert not found.accept
    assert "every value needs a value map" in found.reason


def test_a_closed_list_that_takes_some_of_the_sample_may_be_taken():
    sample = [make_record(1, submission__source="Web"), make_record(2, submission__source="Hub")]

    assert suggested("submission.source", sample).accept
