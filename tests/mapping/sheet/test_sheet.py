"""The sign-off sheet: all of the mapping is in it, the same in both forms, and nothing runs."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.mapping.describe import SobjectDescribe
from core.mapping.files.serialize import content_hash
from core.mapping.model import (
    FieldRow,
    FormOverride,
    Lookup,
    MappingDraft,
    MatchKey,
    Newer,
    Operation,
    OverrideRow,
    RowSource,
    SourceKind,
    ValueMap,
)
from core.mapping.sheet import (
    SampleCell,
    SheetFacts,
    SignOffSheet,
    build_sheet,
    permissions_to_grant,
    to_html,
    to_workbook,
)
from tests.mapping.fields import LEAD, make_draft, make_mapping, make_row
from tests.mapping.whole import WHOLE, whole_mappings

CONTACT = replace(LEAD, name="Contact", label="Contact")
LABELS = {"lead.email": "E-mail", "form.program": "Program of interest"}
FACTS = SheetFacts(
    university="Lakeside University",
    environment="production",
    org_name="Lakeside",
    org_id="00Dxx0000000001EAA",
    version=3,
    content_hash=content_hash(WHOLE),
    saved_by="Ines",
    saved_at=datetime(2026, 8, 24, 10, 0, tzinfo=UTC),
    origin="copied from sandbox version 5",
)
SIGNED = replace(
    FACTS,
    customer_name="Dana Cole",
    signed_by="Ines",
    signed_at=datetime(2026, 8, 25, 9, 30, tzinfo=UTC),
    note="agreed on the call",
)
SAMPLE = SampleCell(
    record="Ana Lima",
    object_id="person",
    field_name="Email",
    source="Ana@example.edu",
    before="old@example.edu",
    after="ana@example.edu",
    reason="replaces what is there",
)


def sheet_of(draft: MappingDraft = WHOLE, facts: SheetFacts = SIGNED) -> SignOffSheet:
    return build_sheet(draft, facts, {"Contact": CONTACT}, LABELS, (SAMPLE,))


class Cells(HTMLParser):
    """The lines of a page's tables, and every tag it uses."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, ...]] = []
        self.tags: set[str] = set()
        self._line: list[str] | None = None
        self._is_cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self._line = []
        self._is_cell = tag in {"td", "th"}
        if self._is_cell and self._line is not None:
            self._line.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._line is not None:
            self.lines.append(tuple(self._line))
        self._is_cell = self._is_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._is_cell and self._line:
            self._line[-1] += data


def html_cells(page: str) -> Cells:
    cells = Cells()
    cells.feed(page)
    cells.close()
    return cells


def workbook_lines(content: bytes) -> list[tuple[str, ...]]:
    book = load_workbook(io.BytesIO(content))
    return [
        tuple("" if value is None else str(value) for value in line)
        for page in book
        for line in page.iter_rows(values_only=True)
    ]


def every_line(sheet: SignOffSheet) -> list[tuple[str, ...]]:
    return [*sheet.facts, *(line for each in sheet.sections for line in each.lines)]


def test_every_line_is_on_the_page_and_in_the_workbook():
    sheet = sheet_of()
    expected = every_line(sheet)

    on_page = html_cells(to_html(sheet)).lines
    in_book = workbook_lines(to_workbook(sheet))

    assert len(expected) > 40
    assert [line for line in on_page if line in expected] == expected
    assert [line for line in in_book if line in expected] == expected


def test_every_part_of_the_mapping_is_told():
    told = "\n".join("\n".join(line) for line in every_line(sheet_of()))

    rows = [row for each in WHOLE.objects for row in each.rows]
    for row in rows:
        assert row.field_name in told
        assert row.note in told
        for pair in row.value_map.pairs if row.value_map else ():
            assert all(text in told for text in pair)
    for part in (
        "Dana Cole",
        content_hash(WHOLE),
        "2026-08-25 09:30 UTC",
        "copied from sandbox version 5",
        "1. Halda ID (Halda_ID__c)\n2. Email (Email) + Last Name (LastName)",
        "Prospect",
        "Program of interest (form.program)",
        "piece 2, divided by “;”",
        "send the default “Undecided”",
        "hed__Term__c by Name",
        "the university does not keep it",
        "Nursing: apply (f1)",
        "old@example.edu",
    ):
        assert part in told


def test_page_runs_and_loads_nothing_whatever_the_mapping_says():
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"
    row = make_row(evil, "Email", note=evil, value_map=ValueMap(pairs=((evil, evil),)))
    draft = make_mapping(row, record_type=evil)

    page = to_html(sheet_of(draft, replace(SIGNED, university=evil, note=evil)))

    cells = html_cells(page)
    assert cells.tags.isdisjoint({"script", "img", "link", "iframe", "a"})
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|url\(|@import", page)
    assert any(evil in line for line in cells.lines)


def test_workbook_holds_texts_only():
    source = RowSource(kind=SourceKind.CONSTANT, text="x")
    row = FieldRow(row_id="1", source=source, field_name="Email", note="=1+1")
    book = load_workbook(io.BytesIO(to_workbook(sheet_of(make_mapping(row)))))

    cells = [cell for page in book for line in page.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert "=1+1" in [cell.value for cell in cells]


def test_unsigned_version_says_so_and_has_room_to_sign():
    draft, signed = to_html(sheet_of(facts=FACTS)), to_html(sheet_of())

    assert "Draft: not signed off" in draft
    assert "Signature" in draft
    assert "Draft" not in signed
    assert "Signature" not in signed


def test_sections_with_nothing_in_them_are_left_out():
    sheet = build_sheet(make_mapping(make_row("lead.email", "Email")), FACTS, {"Lead": LEAD}, {})

    assert [each.name for each in sheet.sections] == ["Objects", "Fields Person", "Permissions"]


def test_mapping_of_objects_that_are_not_described_is_told_by_api_names():
    sheet = build_sheet(WHOLE, FACTS, {}, {})

    assert ("Contact", "Program__c") in [
        line[:2] for line in sheet.sections[-1].lines if line[1] == "Program__c"
    ]


@whole_mappings
@given(draft=st.from_type(MappingDraft))
def test_any_mapping_makes_the_same_lines_in_both_forms(draft):
    sheet = build_sheet(draft, FACTS, {}, {})
    expected = [line for each in sheet.sections for line in each.lines]

    on_page = [line for line in html_cells(to_html(sheet)).lines if line in expected]
    in_book = [line for line in workbook_lines(to_workbook(sheet)) if line in expected]

    assert on_page == expected
    assert in_book == expected


@pytest.mark.parametrize(
    ("operation", "rights"),
    [
        (Operation.INSERT, ("read", "create")),
        (Operation.UPDATE, ("read", "edit")),
        (Operation.UPSERT, ("read", "create", "edit")),
    ],
)
def test_object_permission_is_what_the_operation_needs(operation, rights):
    draft = make_mapping(operation=operation, match_keys=())

    [granted] = permissions_to_grant(draft, {"Lead": LEAD})

    assert (granted.sobject_name, granted.field_name, granted.rights) == ("Lead", "", rights)


def test_each_field_is_listed_once_with_all_it_needs():
    lookup = Lookup(sobject_name="User", by_field="Email")
    own = OverrideRow(object_id="person", row=make_row("q", "Phone"))
    draft = MappingDraft(
        objects=(
            make_draft(
                make_row("a", "Email", newer=Newer()),
                make_row("b", "OwnerId", lookup=lookup),
                make_row("c", "LastName"),
                match_keys=(MatchKey(field_names=("email",)),),
            ),
            make_draft(object_id="second", operation=Operation.UPDATE, match_keys=()),
        ),
        forms=(FormOverride(form_id="f1", rows=(own,)),),
    )
    user = SobjectDescribe(name="User", label="User")

    granted = permissions_to_grant(draft, {"Lead": LEAD, "User": user})

    told = {(each.sobject_name, each.field_name): each.words for each in granted}
    assert told == {
        ("Lead", ""): "read, create, edit",
        ("Lead", "Email"): "read, edit",
        ("Lead", "LastModifiedDate"): "none to grant: the field goes with the object",
        ("Lead", "OwnerId"): "read, edit",
        ("User", ""): "read",
        ("User", "Email"): "read",
        ("Lead", "LastName"): "none to grant: the field goes with the object",
        ("Lead", "Phone"): "read, edit",
    }
