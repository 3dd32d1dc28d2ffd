"""A preview as one page to print or hand over: complete in itself, every text escaped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from core.mapping.sheet.content import SheetSection, make_section, moment
from core.mapping.sheet.page import LINKS_BETWEEN, to_page
from core.preview.cells import CellPlan
from core.preview.exports.export import org_address, read_rows, tell_download
from core.preview.exports.record_links import links_by_id
from core.preview.exports.unknown import ADVICE, summary_words, unread_words
from core.preview.exports.words import CANNOT_KNOW, OUTCOME_WORDS, problem_words, whole_object_words
from core.preview.plan import Outcome
from core.preview.reading.counts import Effect, ProblemCount, object_counts, problem_counts
from core.preview.reading.grid import value_text
from core.preview.reading.parties import party_of_row
from core.preview.reading.reading import load_run
from core.preview.reading.stored import RowView, RunView
from core.store.engine import Store
from core.store.tables import Account, Connection

MOST_RECORDS = 5_000  # a browser still opens and prints them; the CSV has all
_UNREAD = ("What", "What to do")
_COLUMNS = ("Row", "Person", "Object", "What", "Record", "Field", "In Salesforce", "Will be", "Why")


def export_html(
    store: Store, run_id: str, *, operator: str, is_masked: bool = False, most: int = MOST_RECORDS
) -> bytes:
    """Return the report of a finished preview; the audit trail keeps who took it.

    Counts are of all records, details of the first `most`, and the page says so. NotFound where
    the preview is gone.
    """
    tell_download(store, run_id, operator, "html")
    run = load_run(store, run_id)
    problems = problem_counts(store, run_id)
    total = sum(sum(each.counts.values()) for each in object_counts(store, run_id))
    rows = list(islice(read_rows(store, run_id, is_masked=is_masked), most))
    sections = [
        _counts_section(store, run_id),
        _problem_section("Why records are held", Effect.HOLDS, problems),
        _problem_section("Warnings: sent all the same", Effect.WARNS, problems),
        *_unknown_sections(run),
        _records_section(rows, total, most, org_address(store, run_id)),
    ]
    notice = "Student values are hidden: first letters only." if is_masked else ""
    shown = [each for each in sections if each.lines]
    university, environment = _whose(store, run)
    facts = [("University", university), ("Environment", environment), *_facts(run)]
    return to_page(f"Preview · {university}", facts, shown, notice=notice).encode()


def _whose(store: Store, run: RunView) -> tuple[str, str]:
    """University and environment by name: on a page that leaves the console, ids say little."""
    with store.read() as session:
        connection = session.get_one(Connection, run.connection_id)
        return session.get_one(Account, run.account_id).name, connection.environment.title()


def _facts(run: RunView) -> list[tuple[str, str]]:
    usage = ""
    if run.api_usage:
        used, allowed = run.api_usage
        usage = f"; {allowed - used:,} of {allowed:,} are left today"
    return [
        ("Inquiries", f"{run.record_count:,} of {run.batch_name}"),
        ("Mapping", f"{run.mapping_words} ({run.mapping_version_id})"),
        ("Made", f"{moment(run.started_at)} by {run.started_by}"),
        ("API calls", f"{run.api_calls:,}{usage}"),
        ("Org", run.org_id),
        ("Plan hash", run.plan_hash),
        ("Written to the org", "Nothing. " + CANNOT_KNOW),
    ]


def _counts_section(store: Store, run_id: str) -> SheetSection:
    lines = [
        (
            whole_object_words(each.sobject_name),
            *(f"{each.counts[outcome]:,}" for outcome in Outcome),
        )
        for each in object_counts(store, run_id)
    ]
    columns = ("Object", *(OUTCOME_WORDS[outcome] for outcome in Outcome))
    return make_section("Records", "Records", columns, lines)


def _problem_section(title: str, effect: Effect, problems: Sequence[ProblemCount]) -> SheetSection:
    lines = [
        (
            problem_words(each),
            whole_object_words(each.sobject_name),
            each.party or "",
            f"{each.count:,}",
        )
        for each in problems
        if each.effect is effect
    ]
    return make_section(title, title, ("What", "Object", "Who acts", "Records"), lines)


def _unknown_sections(run: RunView) -> list[SheetSection]:
    rules, title = run.org_rules, "What this preview cannot know"
    if rules is None:
        return []
    lines = [
        (
            whole_object_words(each.sobject_name),
            each.kind.capitalize(),
            each.label or each.name,
            each.message,
            each.field_name,
            each.runs_on,
        )
        for each in rules.rules
    ]
    columns = ("Object", "Kind", "Name", "Message", "Field", "Runs")
    found = [make_section(title, "Org's rules", columns, lines, summary_words(rules))]
    unread = [(each, ADVICE) for each in unread_words(rules)]
    return [*found, make_section(f"{title}: not told by the org", "Not told", _UNREAD, unread)]


def _records_section(
    rows: Sequence[RowView], total: int, most: int, instance_url: str
) -> SheetSection:
    lines = [line for row in rows for line in _lines(row)]
    told = ""
    if total > most:
        told = f"The first {most:,} of {total:,} records. The CSV of the same preview has all."
    section = make_section(
        "Every record, before and after", "Details", _COLUMNS, lines, told, starts_page=True
    )
    links = [links_by_id(row, instance_url) for row in rows]
    return replace(section, links={key: url for each in links for key, url in each.items()})


def _lines(row: RowView) -> Iterator[tuple[str, ...]]:
    """A line for the record itself where it has a reason, then one for each field that says it."""
    record = (
        str(row.row_number),
        row.person,
        whole_object_words(row.sobject_name),
        OUTCOME_WORDS[row.outcome],
        row.matched_id,
    )
    cells = [each for each in row.cells if each.will_send or each.problems or each.reason]
    if row.reason or not cells:
        party = party_of_row(row)
        acts = f" Who acts: {party}." if party else ""
        found = LINKS_BETWEEN.join(each.record_id for each in row.candidates)
        yield (*record, "(record)", found, "", f"{row.reason}{acts}".strip())
    for cell in cells:
        yield (*record, *_field(cell, is_held=row.outcome is Outcome.HELD))


def _field(cell: CellPlan, *, is_held: bool) -> tuple[str, ...]:
    before = value_text(cell.current)
    after = value_text(cell.sent_value) if cell.will_send and not is_held else before
    why = " ".join([cell.reason, *(problem.message for problem in cell.problems)]).strip()
    return (f"{cell.field_label} ({cell.field_name})", before, after, why)
