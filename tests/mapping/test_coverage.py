"""Every piece of data is mapped, deliberately not sent, or open."""

from dataclasses import replace

from core.mapping.collected import collect
from core.mapping.covering import coverage
from core.mapping.model import (
    NotSent,
    RowSource,
    SourceField,
    SourceKind,
    ValueMap,
)
from core.mapping.value_coverage import value_coverage
from core.mapping.value_maps import count_values
from tests.mapping.fields import make_mapping, make_record, make_row

FIELDS = tuple(
    SourceField(key=key, label=key, group="Person")
    for key in ("lead.email", "lead.phone", "answer.pet", "answer.why", "visit.gclid")
)
SAMPLE = [
    make_record(lead__email="a@example.edu", lead__phone="", answer__pet="cat"),
    make_record(lead__email="b@example.edu", answer__why="Cost", answer__pet="dog"),
]
LOAD = collect(SAMPLE)


def statuses(mapping):
    return {line.key: line.status.value for line in coverage(mapping, FIELDS, LOAD).lines}


def test_a_field_is_mapped_not_sent_or_open():
    mapping = replace(
        make_mapping(make_row("lead.email", "Email")),
        not_sent=(NotSent(source_key="answer.pet", reason="Not agreed"),),
    )

    told = coverage(mapping, FIELDS, LOAD)

    assert statuses(mapping) == {
        "lead.email": "mapped",
        "lead.phone": "open",
        "answer.pet": "not_sent",
        "answer.why": "open",
        "visit.gclid": "open",
    }
    assert told.lines[0].targets == ("Lead.Email",)
    assert told.words == (
        "1 of 4 values mapped; 1 of 2 records affected · 1 not sent, with a reason · 2 open"
    )


def test_what_no_inquiry_carries_keeps_nothing_open():
    mapped = [make_row(key, "Email") for key in ("lead.email", "lead.phone")]
    answers = make_row(
        "x", "Description", source=RowSource(kind=SourceKind.TEMPLATE, text="{answer.*}")
    )

    told = coverage(make_mapping(*mapped, answers), FIELDS, LOAD)

    assert told.is_complete
    assert [line.key for line in told.lines if not line.is_collected] == ["visit.gclid"]


def test_a_reason_of_spaces_decides_nothing():
    mapping = replace(make_mapping(), not_sent=(NotSent(source_key="answer.pet", reason=" "),))

    assert statuses(mapping)["answer.pet"] == "open"


def test_filled_inquiries_are_counted_and_blank_ones_are_not():
    counts = {each.key: each.record_count for each in coverage(make_mapping(), FIELDS, LOAD).lines}

    assert counts == {
        "lead.email": 2,
        "lead.phone": 0,
        "answer.pet": 2,
        "answer.why": 1,
        "visit.gclid": 0,
    }


def test_a_value_map_tells_its_reach_in_values_and_in_records():
    texts = ["MBA", "mba", "Law", "Law;MBA", "", None]
    reach = value_coverage(ValueMap(pairs=(("MBA", "M"),)), count_values(texts), texts)

    assert reach.words == "1 of 2 values mapped; 2 of 6 records affected"
    assert [each.value for each in reach.unmapped] == ["Law"]
