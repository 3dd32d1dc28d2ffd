"""A mapping survives storage, and anything else in its place is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MappingProblem
from core.mapping.files.serialize import content_hash, from_content, to_content
from core.mapping.model import MappingDraft, MatchKey, ObjectMapping, Operation, WriteRule
from tests.mapping.fields import make_mapping, make_row
from tests.mapping.whole import whole_mappings

DRAFTS = st.from_type(MappingDraft)
# Two whole mappings at once are more than is drawn in one example.
HALVES = st.builds(MappingDraft, objects=st.tuples(st.from_type(ObjectMapping))) | st.builds(
    MappingDraft, objects=st.just(()), not_sent=..., forms=..., shape=..., time_zone=...
)


@whole_mappings
@given(draft=DRAFTS)
def test_a_mapping_comes_back_as_it_was_saved(draft):
    stored = json.loads(json.dumps(to_content(draft)))

    assert from_content(stored) == draft
    assert content_hash(from_content(stored)) == content_hash(draft)


@whole_mappings
@given(one=HALVES, other=HALVES)
def test_only_equal_mappings_share_a_hash(one, other):
    assert (content_hash(one) == content_hash(other)) == (one == other)


def test_the_hash_does_not_depend_on_the_order_of_keys():
    content = to_content(make_mapping(make_row("lead.email", "Email")))
    reordered = dict(reversed(content.items()))

    assert content_hash(from_content(reordered)) == content_hash(from_content(content))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 99}, "another format"),
        ({"surprise": 1}, "surprise: Unexpected keyword"),
        ({"objects": "none"}, "objects: "),
        ({"objects": [3]}, r"objects\[0\]"),
        ({"objects": [{}]}, r"objects\[0\].sobject_name"),
        ({"objects": [{"sobject_name": "Lead", "operation": "delete"}]}, r"\[0\].operation"),
        ({"objects": [{"sobject_name": "Lead", "rows": [{"row_id": "1"}]}]}, r"rows\[0\].source"),
        ({"objects": [{"sobject_name": "Lead", "match_keys": [["Email"]]}]}, r"match_keys\[0\]"),
    ],
    ids=str,
)
def test_content_of_another_shape_is_refused_with_the_place(change, told):
    content = to_content(make_mapping(make_row("lead.email", "Email"))) | change

    with pytest.raises(MappingProblem, match=f"cannot be read.*{told}"):
        from_content(content)


def test_a_mapping_of_the_first_format_is_still_read():
    first = {
        "format": 1,
        "sobject": "Lead",
        "operation": "update",
        "match_keys": [["Email", "LastName"]],
        "record_type": "Graduate",
        "rows": [
            {
                "row_id": "field:lead.email",
                "source": {"kind": "field", "text": "lead.email"},
                "field": "Email",
                "write_rule": "if_blank",
            }
        ],
    }

    person = from_content(first).person

    assert (person.sobject_name, person.operation) == ("Lead", Operation.UPDATE)
    assert person.match_keys == (MatchKey(field_names=("Email", "LastName")),)
    assert person.record_type == "Graduate"
    assert (person.rows[0].field_name, person.rows[0].write_rule) == ("Email", WriteRule.IF_BLANK)


def test_broken_content_of_the_first_format_is_refused():
    with pytest.raises(MappingProblem, match="cannot be read"):
        from_content({"format": 1, "sobject": "Lead", "rows": [3]})
