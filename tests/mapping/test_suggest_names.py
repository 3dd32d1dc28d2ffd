"""Names as universities write them: what they mean, and what only looks like a Halda field.

The two lists beside this file hold label, API name, type and, where it is one of ours, the key.
"""

from pathlib import Path

import pytest

from core.halda.schema import CANONICAL_FIELDS
from core.mapping.describe import SobjectDescribe
from core.mapping.suggestions.suggest import suggest
from tests.mapping.fields import make_field

SENSITIVE = {field.key for field in CANONICAL_FIELDS if field.sensitive}
# One choice of several does not fit a tick box; a number for texts may be another phone.
BELOW_THE_LINE = {"Veteran__c", "Is_Veteran__c", "Text_Number__c"}


def lines(name):
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [pytest.param(*line.split(" | "), id=line.split(" | ")[1]) for line in text.splitlines()]


def suggestions(label, api_name, type_):
    field = make_field(api_name, type_, label=label, length=255, custom=True)
    return suggest(CANONICAL_FIELDS, SobjectDescribe(name="Lead", label="Lead", fields=(field,)))


@pytest.mark.parametrize(("label", "api_name", "type_", "key"), lines("names_meant.txt"))
def test_a_name_is_understood_and_taken_unless_it_needs_a_look(label, api_name, type_, key):
    (found,) = suggestions(label, api_name, type_)

    assert found.source_key == key
    is_taken = key not in SENSITIVE | {"lead.full_name"} and api_name not in BELOW_THE_LINE
    assert found.accept is is_taken, found.reason


@pytest.mark.parametrize(("label", "api_name", "type_"), lines("names_not_meant.txt"))
def test_what_only_looks_like_ours_is_never_taken_unseen(label, api_name, type_):
    assert not any(each.accept for each in suggestions(label, api_name, type_))


def test_every_group_of_fields_is_in_the_list():
    keys = {param.values[3] for param in lines("names_meant.txt")}

    assert {key.partition(".")[0] for key in keys} >= {
        "lead",
        "interest",
        "edu",
        "submission",
        "form",
        "visit",
        "consent",
        "comm",
    }
