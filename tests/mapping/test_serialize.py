"""A mapping survives storage, and anything else in its place is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MappingProblem
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    Operation,
    RowSource,
    SourceKind,
    WriteRule,
)
from core.mapping.serialize import content_hash, from_content, to_content
from tests.mapping.fields import make_draft, make_row

ROWS = st.builds(
    FieldRow,
    row_id=st.text(max_size=8),
    source=st.builds(RowSource, kind=st.sampled_from(SourceKind), text=st.text(max_size=20)),
    field_name=st.text(max_size=20),
    write_rule=st.sampled_from(WriteRule),
)
DRAFTS = st.builds(
    MappingDraft,
    sobject_name=st.text(max_size=20),
    operation=st.sampled_from(Operation),
    match_keys=st.lists(
        st.builds(MatchKey, field_names=st.lists(st.text(max_size=9), max_size=3).map(tuple)),
        max_size=3,
    ).map(tuple),
    rows=st.lists(ROWS, max_size=5).map(tuple),
    record_type=st.text(max_size=9),
)


@given(draft=DRAFTS)
def test_a_mapping_comes_back_as_it_was_saved(draft):
    stored = json.loads(json.dumps(to_content(draft)))

    assert from_content(stored) == draft
    assert content_hash(from_content(stored)) == content_hash(draft)


@given(one=DRAFTS, other=DRAFTS)
def test_only_equal_mappings_share_a_hash(one, other):
    assert (content_hash(one) == content_hash(other)) == (one == other)


def test_the_hash_does_not_depend_on_the_order_of_keys():
    content = to_content(make_draft(make_row("lead.email", "Email")))
    reordered = dict(reversed(content.items()))

    assert content_hash(from_content(reordered)) == content_hash(from_content(content))


@pytest.mark.parametrize(
    "change",
    [
        {"operation": "delete"},
        {"format": 99},
        {"surprise": 1},
        {"rows": "none"},
        {"rows": [{"row_id": "1"}]},
        {"rows": [3]},
        {"match_keys": [["Email", 1]]},
        {"sobject": None},
    ],
    ids=str,
)
def test_content_of_another_shape_is_refused(change):
    content = to_content(make_draft(make_row("lead.email", "Email"))) | change

    with pytest.raises(MappingProblem, match="cannot be read"):
        from_content(content)


def test_a_missing_key_is_refused_rather_than_defaulted():
    content = to_content(make_draft())
    del content["operation"]

    with pytest.raises(MappingProblem, match="operation"):
        from_content(content)
