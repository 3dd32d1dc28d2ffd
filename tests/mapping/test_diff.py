"""The diff is complete, in words, and in the order in which a person reads a mapping."""

import copy
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import MappingProblem
from core.mapping.diff.changes import ChangeKind
from core.mapping.diff.drafts import diff_mappings
from core.mapping.files.serialize import from_content, to_content
from core.mapping.model import (
    FieldRow,
    FormOverride,
    MappingDraft,
    NotSent,
    Operation,
    OverrideRow,
    RowSource,
    SourceKind,
    Transform,
    TransformKind,
    ValueMap,
    WriteRule,
)
from tests.mapping.fields import make_draft, make_mapping, make_row
from tests.mapping.whole import WHOLE, whole_mappings

DRAFTS = st.from_type(MappingDraft)


def sentences(before: MappingDraft, after: MappingDraft) -> list[str]:
    return [each.sentence for each in diff_mappings(before, after)]


def places_of(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_of(each, (*path, key))


def changed_at(content, path, how):
    """The content with one place changed: a text longer, an enum moved on, a list turned around."""
    content = copy.deepcopy(content)
    holder = content
    for key in path[:-1]:
        holder = holder[key]
    value = holder[path[-1]]
    if isinstance(value, list):
        holder[path[-1]] = [value[::-1], value[:-1], [*value, *value[:1]]][how % 3]
    elif isinstance(value, dict):
        holder[path[-1]] = None
    elif isinstance(value, str):
        holder[path[-1]] = [f"{value}x", "hold", "upsert", "lead_first"][how % 4]
    else:
        holder[path[-1]] = ["lead_first", {"pairs": [["a", "b"]]}][how % 2]
    return content


@whole_mappings
@given(draft=DRAFTS, data=st.data())
def test_any_one_change_shows_in_the_diff(draft, data):
    content = to_content(draft)
    places = [path for path in places_of(content) if path and path != ("format",)]
    path = data.draw(st.sampled_from(places))
    try:
        other = from_content(changed_at(content, path, data.draw(st.integers(0, 3))))
    except MappingProblem:
        assume(False)

    assert bool(diff_mappings(draft, other)) == (draft != other)
    assert bool(diff_mappings(other, draft)) == (draft != other)


def test_no_part_of_a_mapping_is_forgotten():
    content = to_content(WHOLE)
    places = [path for path in places_of(content) if path and path != ("format",)]
    tried = 0

    for path in places:
        for how in range(4):
            try:
                other = from_content(changed_at(content, path, how))
            except MappingProblem:
                continue
            tried += 1
            assert bool(diff_mappings(WHOLE, other)) == (other != WHOLE), path
            assert bool(diff_mappings(other, WHOLE)) == (other != WHOLE), path
    assert tried > len(places)


@whole_mappings
@given(one=DRAFTS, other=DRAFTS)
def test_equal_mappings_and_only_they_have_an_empty_diff(one, other):
    assert diff_mappings(one, one) == ()
    assert bool(diff_mappings(one, other)) == (one != other)


def test_a_change_reads_as_a_sentence():
    before = make_mapping(make_row("lead.email", "Email", write_rule=WriteRule.IF_BLANK))
    after = make_mapping(make_row("lead.email", "Email", write_rule=WriteRule.ALWAYS))

    [change] = diff_mappings(before, after)

    assert change.sentence == (
        "Person · Email ← lead.email: write rule: only if blank in Salesforce → "
        "always, a blank clears"
    )
    assert (change.object_id, change.row_id) == ("person", "row-lead.email")
    assert change.kind is ChangeKind.CHANGED


def test_pairs_of_a_value_map_are_told_one_by_one():
    pairs = (("MBA", "Business"), ("CS", "Computing"), ("CS", "Science"))
    before = make_mapping(make_row("q.program", "Program__c", value_map=ValueMap(pairs=pairs)))
    pairs = (("MBA", "Master of Business"), ("CS", "Computing"), ("Art", "Arts"))
    after = make_mapping(make_row("q.program", "Program__c", value_map=ValueMap(pairs=pairs)))

    place = "Person · Program__c ← q.program · value map"
    assert sentences(before, after) == [
        f"{place}: “MBA”: “Business” → “Master of Business”",
        f"{place}: “Art”: added → “Arts”",
        f"{place}: “CS”: removed → “Science”",
    ]


def test_added_and_removed_rows_name_their_rule_and_what_is_not_the_default():
    phone = make_row(
        "lead.phone",
        "Phone",
        transforms=(Transform(kind=TransformKind.PHONE, options=(("country", "US"),)),),
    )
    before, after = make_mapping(make_row("lead.email", "Email")), make_mapping(phone)

    assert sentences(before, after) == [
        "Person · Phone ← lead.phone: added (overwrite, never blank out)",
        "Person · Phone ← lead.phone: transforms: none → phone (country: “US”)",
        "Person · Email ← lead.email: removed (overwrite, never blank out)",
    ]


def test_everything_is_told_from_the_whole_to_the_forms():
    row = make_row("lead.email", "Email")
    before = make_mapping(row)
    inquiry = make_draft(sobject_name="Inquiry__c", operation=Operation.INSERT, match_keys=())
    after = MappingDraft(
        objects=(
            replace(before.person, record_type="Graduate"),
            replace(inquiry, object_id="inquiry"),
        ),
        not_sent=(NotSent(source_key="lead.gender", reason="not wanted"),),
        forms=(
            FormOverride(
                form_id="f1",
                form_name="Nursing",
                rows=(OverrideRow(object_id="person", row=row),),
            ),
        ),
        default_country="CA",
    )

    assert sentences(before, after) == [
        "Whole mapping: default country: “US” → “CA”",
        "Person: record type: the org's default → Graduate",
        "Inquiry: object: added Inquiry__c",
        "Inquiry: operation: upsert: update where found, else create → insert: create only",
        "Not sent: lead.gender: added because “not wanted”",
        "AI Form “Nursing”: added with a way of its own",
        "AI Form “Nursing” · Person · Email ← lead.email: added (overwrite, never blank out)",
    ]


def test_rows_that_changed_places_are_told_and_the_others_are_not():
    rows = [make_row(key, key) for key in ("a", "b", "c", "d")]
    before = make_mapping(*rows)
    after = make_mapping(rows[0], rows[2], rows[1], rows[3])

    assert sentences(before, after) == [
        "Person: order of the rows: “b ← b”, “c ← c” → “c ← c”, “b ← b”"
    ]


def test_a_blank_constant_shows_against_a_space():
    def constant(text: str) -> FieldRow:
        return FieldRow(
            row_id="extra:1", source=RowSource(kind=SourceKind.CONSTANT, text=text), field_name="A"
        )

    [told] = sentences(make_mapping(constant("")), make_mapping(constant(" ")))

    assert told.endswith("source: constant “” → constant “ ”")
