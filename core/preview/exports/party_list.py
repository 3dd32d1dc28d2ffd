"""What one party has to do about held records, as a list to send to it: a line a record."""

from collections.abc import Iterator

from core.preview.exports.export import org_address, read_rows, tell_download
from core.preview.exports.record_links import links_by_id
from core.preview.exports.words import object_words
from core.preview.reading.choosing import Choice
from core.preview.reading.parties import TO_DO, Party
from core.preview.reading.stored import RowView, RunView
from core.spreadsheet import Sheet, to_safe_csv, to_xlsx
from core.store.engine import Store

LIST_HEADER = (
    "row",
    "person",
    "object",
    "why it is held",
    "fields",
    "values received",
    "what is wrong",
    "records in Salesforce",
    "record links",
    "what to do",
)
_FILE_WORDS = {
    Party.DATA: "your-data",
    Party.MAPPING: "our-mapping",
    Party.ADMIN: "university-admin",
    Party.SALESFORCE: "salesforce",
    Party.NOBODY: "waiting",
}


def export_party_csv(
    store: Store, run_id: str, party: Party, *, operator: str, is_masked: bool = False
) -> bytes:
    """Return the party's list for a spreadsheet; the audit trail keeps who took it."""
    tell_download(store, run_id, operator, f"list for {party}")
    return to_safe_csv([LIST_HEADER, *_lines(store, run_id, party, is_masked=is_masked)])


def export_party_xlsx(
    store: Store, run_id: str, party: Party, *, operator: str, is_masked: bool = False
) -> bytes:
    """Return the same as a workbook; a single record's link can be clicked."""
    tell_download(store, run_id, operator, f"workbook for {party}")
    lines = _lines(store, run_id, party, is_masked=is_masked)
    place = LIST_HEADER.index("record links")
    return to_xlsx([Sheet("Held records", LIST_HEADER, lines, link_column=place)])


def list_file_name(run: RunView, party: Party, suffix: str, *, is_masked: bool = False) -> str:
    """Return a name that says of which preview and for whom it is."""
    masked = "-masked" if is_masked else ""
    return f"held-{_FILE_WORDS[party]}-{run.started_at:%Y%m%d-%H%M%S}{masked}.{suffix}"


def _lines(
    store: Store, run_id: str, party: Party, *, is_masked: bool
) -> Iterator[tuple[str, ...]]:
    instance_url = org_address(store, run_id)
    rows = read_rows(store, run_id, is_masked=is_masked, choice=Choice(party=party))
    return (_line(row, instance_url, TO_DO[party]) for row in rows)


def _line(row: RowView, instance_url: str, to_do: str) -> tuple[str, ...]:
    """Only what is wrong is told: nobody is sent a student's other answers."""
    wrong = [cell for cell in row.cells if any(problem.blocks for problem in cell.problems)]
    problems = [problem for cell in wrong for problem in cell.problems if problem.blocks]
    records = dict.fromkeys([row.matched_id, *(each.record_id for each in row.candidates)])
    advice = dict.fromkeys(problem.advice for problem in problems if problem.advice)
    return (
        str(row.row_number),
        row.person,
        object_words(row.sobject_name),
        row.reason,
        "\n".join(f"{cell.source_label} → {cell.field_label}" for cell in wrong),
        "\n".join(cell.source_text or "(nothing)" for cell in wrong),
        "\n".join(problem.message for problem in problems),
        " ".join(filter(None, records)),
        " ".join(links_by_id(row, instance_url).values()),
        " ".join(advice) or to_do,
    )
