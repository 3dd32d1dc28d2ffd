import csv
import io
from dataclasses import replace
from functools import partial

from openpyxl import load_workbook

from core.halda.sample import sample_records
from core.preview.exports.export import (
    HEADER,
    export_raw_csv,
    export_safe_csv,
    export_xlsx,
    file_name,
)
from core.preview.exports.party_list import LIST_HEADER, export_party_csv, export_party_xlsx
from core.preview.exports.report import export_html
from core.preview.exports.sheets import RECORD_HEADER
from core.preview.reading.counts import party_counts
from core.preview.reading.parties import Party, party_of_row
from core.preview.runs import load_run, page_rows
from core.store.audit import list_events
from core.store.tables import Connection
from tests.connect.conftest import OPERATOR
from tests.preview.mappings import lakeside_objects
from tests.preview.university import University

SOURCE_VALUE = HEADER.index("source value")
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def parse(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_safe_file_has_no_cell_that_a_spreadsheet_runs(palmer: University) -> None:
    run_id = palmer.preview().run_id

    content = export_safe_csv(palmer.store, run_id, operator=OPERATOR)

    assert content.startswith(b'\xef\xbb\xbf"row"')
    assert not [cell for line in parse(content) for cell in line if cell.startswith(DANGEROUS)]


def test_raw_file_keeps_what_was_received_and_says_raw(palmer: University) -> None:
    run = palmer.preview()

    values = {
        line[SOURCE_VALUE]
        for line in parse(export_raw_csv(palmer.store, run.run_id, operator=OPERATOR))
    }

    assert {'=HYPERLINK("x")', "+1-555-555-5555"} <= values
    assert file_name(run, is_raw=True).endswith("-raw.csv")
    assert not file_name(run).endswith("-raw.csv")


def test_every_record_and_field_has_its_line(palmer: University) -> None:
    sample = sample_records()
    many = [replace(each, row_number=n) for n, each in enumerate([*sample] * 13, start=1)]
    run_id = palmer.preview(records=many).run_id

    header, *lines = parse(export_safe_csv(palmer.store, run_id, operator=OPERATOR))

    fields = 20
    assert tuple(header) == HEADER
    assert len(lines) == len(many) * (1 + fields)
    assert len({line[0] for line in lines}) == load_run(palmer.store, run_id).record_count


def test_each_object_of_an_inquiry_has_its_lines(lakeside: University) -> None:
    run_id = lakeside.preview(lakeside_objects()).run_id

    _, *lines = parse(export_safe_csv(lakeside.store, run_id, operator=OPERATOR))

    place = HEADER.index("object")
    assert list(dict.fromkeys(line[place] for line in lines if line[0] == "2")) == [
        "Contact",
        "hed__Affiliation__c",
        "hed__Application__c",
    ]
    assert "Account 'Nursing' found by Name" in {line[-1] for line in lines}


def test_workbook_holds_every_record_and_only_texts(lakeside: University) -> None:
    run_id = lakeside.preview(lakeside_objects()).run_id

    content = export_xlsx(lakeside.store, run_id, operator=OPERATOR)

    sheets = load_workbook(io.BytesIO(content)).worksheets
    cells = [cell for sheet in sheets for line in sheet.iter_rows() for cell in line]
    assert [sheet.title for sheet in sheets] == [
        "1 Contact",
        "2 hed__Affiliation__c",
        "3 hed__Application__c",
    ]
    width = len(RECORD_HEADER)
    assert {tuple(c.value for c in sheet[1])[:width] for sheet in sheets} == {RECORD_HEADER}
    assert sum(sheet.max_row - 1 for sheet in sheets) == page_rows(lakeside.store, run_id)[1]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert '=HYPERLINK("x")' in {cell.value for cell in cells}


def test_workbook_shows_old_and_new_in_one_cell(lakeside: University) -> None:
    run_id = lakeside.preview(lakeside_objects()).run_id

    content = export_xlsx(lakeside.store, run_id, operator=OPERATOR)

    people = load_workbook(io.BytesIO(content)).worksheets[0]
    header = [cell.value for cell in people[1]]
    lines = {line[0]: dict(zip(header, line, strict=True)) for line in people.values}
    term = "Term of Interest (Term_of_Interest__c)"
    assert lines["1"][term] == "Fall 2027 → Fall 2026"
    assert (lines["3"]["outcome"], lines["3"][term]) == ("held", None)


def test_cleared_and_blank_values_tell_by_the_sent_column(palmer: University) -> None:
    run_id = palmer.preview().run_id

    lines = parse(export_safe_csv(palmer.store, run_id, operator=OPERATOR))

    sent = HEADER.index("sent")
    assert {line[sent] for line in lines[1:]} == {"", "yes", "no"}


def test_download_is_told_in_the_audit_trail(palmer: University) -> None:
    run_id = palmer.preview().run_id

    export_safe_csv(palmer.store, run_id, operator="Ines")

    newest = list_events(palmer.store, limit=1)[0]
    assert (newest.action, newest.operator, newest.detail["form"]) == (
        "preview.downloaded",
        "Ines",
        "safe",
    )


def at_salesforce(university: University) -> str:
    """Preview, then let the connection's org have an address of Salesforce's own."""
    run_id = university.preview(lakeside_objects()).run_id
    with university.store.write() as session:
        found = session.get_one(Connection, university.desk.connection_id)
        found.instance_url = "https://lakeside.my.salesforce.com"
        session.add(found)
    return run_id


def test_files_link_to_the_orgs_record(lakeside: University) -> None:
    run_id = at_salesforce(lakeside)
    row = next(each for each in page_rows(lakeside.store, run_id)[0] if each.matched_id)
    url = f"https://lakeside.my.salesforce.com/lightning/r/Contact/{row.matched_id}/view"

    header, *lines = parse(export_safe_csv(lakeside.store, run_id, operator=OPERATOR))
    book = load_workbook(io.BytesIO(export_xlsx(lakeside.store, run_id, operator=OPERATOR)))
    page = export_html(lakeside.store, run_id, operator=OPERATOR).decode()

    place = header.index("record link")
    assert url in {line[place] for line in lines}
    links = {cell.hyperlink.target for cell in book.worksheets[0]["E"] if cell.hyperlink}
    assert url in links
    assert f'<a href="{url}" rel="noopener noreferrer">{row.matched_id}</a>' in page


def test_no_file_links_to_another_org_than_the_previews(lakeside: University) -> None:
    run_id = at_salesforce(lakeside)
    with lakeside.store.write() as session:
        found = session.get_one(Connection, lakeside.desk.connection_id)
        found.org_id = "00D000000000009EAA"
        session.add(found)

    told = export_raw_csv(lakeside.store, run_id, operator=OPERATOR)

    assert b"lightning" not in told


def test_each_party_gets_its_own_records_with_what_is_wrong_and_what_to_do(
    lakeside: University,
) -> None:
    run_id = at_salesforce(lakeside)
    held = [row for row in page_rows(lakeside.store, run_id, limit=500)[0] if party_of_row(row)]

    for party in party_counts(lakeside.store, run_id):
        header, *lines = parse(export_party_csv(lakeside.store, run_id, party, operator=OPERATOR))
        expected = [row for row in held if party_of_row(row) is party]
        assert tuple(header) == LIST_HEADER
        assert [line[0] for line in lines] == [str(row.row_number) for row in expected]
        assert [line[3] for line in lines] == [row.reason for row in expected]
        assert all(line[-1] for line in lines)


def test_a_partys_list_has_no_answer_that_is_not_wrong_and_can_be_masked(
    lakeside: University,
) -> None:
    run_id = at_salesforce(lakeside)
    export = partial(export_party_csv, lakeside.store, run_id, Party.DATA, operator=OPERATOR)

    _, *lines = parse(export())
    masked = parse(export(is_masked=True))[1:]

    too_long = next(line for line in lines if "92 characters" in line[6])
    assert too_long[4].endswith("→ Last Name")
    assert len(too_long[5]) == 92
    assert "example.edu" not in " ".join(too_long)
    assert all("•" in line[1] for line in masked)
    assert too_long[5] not in str(masked)


def test_a_list_is_a_workbook_too_and_told_in_the_audit_trail(lakeside: University) -> None:
    run_id = at_salesforce(lakeside)

    content = export_party_xlsx(lakeside.store, run_id, Party.MAPPING, operator="Ines")

    (sheet,) = load_workbook(io.BytesIO(content)).worksheets
    assert tuple(cell.value for cell in sheet[1]) == LIST_HEADER
    assert list_events(lakeside.store, limit=1)[0].detail["form"] == "workbook for our mapping"
