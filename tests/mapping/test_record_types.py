"""A record type opens some values of a picklist; the rest is refused by name."""

from dataclasses import replace

import pytest

from core.mapping.coercion.coerce import coerce
from core.mapping.describe import RecordType
from core.mapping.problems import ProblemKind
from core.mapping.record_types import find_record_type, has_record_types, narrow
from tests.mapping.fields import LEAD, choices, make_field

GRADUATE = LEAD.record_types[0]
UNDERGRADUATE = RecordType(
    record_type_id="012Ps0000000002AAA",
    name="Undergraduate",
    developer_name="UG",
    is_default=True,
)
WITH_TWO = replace(LEAD, record_types=(GRADUATE, UNDERGRADUATE))


@pytest.mark.parametrize(
    ("wanted", "found"), [("ug", UNDERGRADUATE), ("", UNDERGRADUATE), ("Summer", None)]
)
def test_a_record_type_is_found_by_developer_name_or_by_default(wanted, found):
    assert find_record_type(WITH_TWO, wanted) == found


def test_an_object_with_the_master_type_alone_has_none():
    master = replace(GRADUATE, is_master=True)

    assert not has_record_types(replace(LEAD, record_types=(master,)))
    assert has_record_types(WITH_TWO)


def narrowed(name, opened):
    field = narrow(WITH_TWO, UNDERGRADUATE, {name: frozenset(opened)}).field(name)
    assert field is not None
    return field


def test_a_closed_value_is_held_with_the_name_of_the_record_type():
    field = narrowed("Program__c", ["Business"])

    assert coerce("business", field).value == "Business"
    assert field.active_values == ("Business",)
    problem = coerce("MBA", field).problems[0]
    assert (problem.kind, problem.blocks) == (ProblemKind.CLOSED_VALUE, True)
    assert "Undergraduate" in problem.message


def test_an_inactive_value_stays_inactive():
    field = narrowed("Program__c", ["Business"])

    assert coerce("Philosophy", field).problems[0].kind is ProblemKind.INACTIVE_VALUE


def test_a_closed_value_of_an_open_list_only_warns():
    free = make_field("Source__c", "picklist", picklist_values=choices("Web", "Fair"))
    describe = replace(WITH_TWO, fields=(free,))
    field = narrow(describe, UNDERGRADUATE, {"Source__c": frozenset({"Web"})}).fields[0]

    coerced = coerce("Fair", field)

    assert (coerced.value, coerced.problems[0].blocks) == ("Fair", False)


def test_a_field_the_org_said_nothing_about_stays_as_described():
    assert narrow(WITH_TWO, UNDERGRADUATE, {}).fields == WITH_TWO.fields
