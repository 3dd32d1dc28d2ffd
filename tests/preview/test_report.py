"""The report: one page that holds what the preview holds, and nothing that runs or loads."""

from html.parser import HTMLParser

from core.preview.exports.export import export_raw_csv, export_safe_csv
from core.preview.exports.report import export_html
from core.preview.runs import object_counts
from tests.connect.conftest import OPERATOR
from tests.preview.university import University


class _Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onload", "onclick"}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def page_of(palmer: University, *, is_masked: bool = False, most: int = 5_000) -> _Tags:
    run_id = palmer.preview().run_id
    content = export_html(palmer.store, run_id, operator=OPERATOR, is_masked=is_masked, most=most)
    return _Tags(content.decode())


def test_report_tells_counts_reasons_and_every_field_and_loads_nothing(
    palmer: University,
) -> None:
    run = palmer.preview()

    page = _Tags(export_html(palmer.store, run.run_id, operator=OPERATOR).decode())

    told = "\n".join(page.texts)
    assert not page.names & {"script", "img", "link", "iframe", "form"}
    assert {run.plan_hash, run.org_id, "Why records are held"} <= set(page.texts)
    assert '=HYPERLINK("x")' in told  # as text
    [leads] = object_counts(palmer.store, run.run_id)
    for count in leads.counts.values():
        assert f"{count:,}" in page.texts
    assert "Núñez" in told
    assert {"Preview · Palmer State University", "Demo"} <= set(page.texts)


def test_masked_report_has_no_name_address_or_number_of_a_student(palmer: University) -> None:
    told = "\n".join(page_of(palmer, is_masked=True).texts)

    assert "Student values are hidden" in told
    for value in ("Lopez", "ava.lopez@example.edu", "555-0100", "Núñez"):
        assert value not in told


def test_masked_files_have_none_either(palmer: University) -> None:
    run_id = palmer.preview().run_id

    for export in (export_safe_csv, export_raw_csv):
        told = export(palmer.store, run_id, operator=OPERATOR, is_masked=True).decode("utf-8-sig")
        assert not [each for each in ("Lopez", "ava.lopez@", "555-0100") if each in told]


def test_long_report_says_what_it_leaves_out(palmer: University) -> None:
    told = "\n".join(page_of(palmer, most=2).texts)

    assert "The first 2 of " in told
    assert "The CSV of the same preview has all." in told
