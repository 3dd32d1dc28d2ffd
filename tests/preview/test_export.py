import csv
import io
from dataclasses import replace

from core.halda.sample import sample_records
from core.preview.export import HEADER, export_raw_csv, export_safe_csv, file_name
from core.preview.runs import load_run
from core.store.audit import list_events
from tests.connect.conftest import OPERATOR
from tests.preview.university import University

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
        line[7] for line in parse(export_raw_csv(palmer.store, run.run_id, operator=OPERATOR))
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
