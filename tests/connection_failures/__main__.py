"""Writes docs/connection-failures.md from the code: `python -m tests.connection_failures`."""

from collections.abc import Iterable, Iterator

from core.salesforce.remedy_rest import NO_TABLE_LINE
from tests.connection_failures.found import found_by_the_doctor, found_by_us
from tests.connection_failures.named import named_by_salesforce
from tests.console_process import ROOT

FILE = ROOT / "docs" / "connection-failures.md"
PICTURES = {
    "failure_page": "Salesforce's own page, pasted into the help box",
    "failure_sign_in": "a sign-in that comes back without a grant",
    "failure_renewal": "a renewal that is refused",
    "failure_call": "a data call that is refused",
    "failure_unknown": "a code nobody knows: shown with an excerpt, never guessed at",
}


def page() -> str:
    """The whole document."""
    named, own, found = named_by_salesforce(), dict.fromkeys(found_by_us()), found_by_the_doctor()
    return "\n".join(
        [
            *_intro(len(named)),
            *_table(("Code", "Where it shows", "Meaning", "Who acts", "What to say"),
                    (each.cells for each in named)),
            "",
            "## What the console finds by itself",
            "",
            "No answer, an answer that must not be used, or a sign-in that is not ours.",
            "",
            *_table(("Meaning", "Who acts", "What to say"), own),
            "",
            "## What the connection doctor finds besides",
            "",
            "Each stands under its check, with what was asked and what came back. `…` is a name.",
            "",
            *_table(("Verdict", "Meaning", "Who acts", "What to say"), found),
            "",
        ]
    )  # fmt: skip


def _intro(count: int) -> list[str]:
    pictures = [f"![{words}](screenshots/{name}.png)" for name, words in PICTURES.items()]
    return [
        "# Connection failures",
        "",
        "For support: what a connection can fail by, what it means, who has to act and what to say."
        " Written by `python -m tests.connection_failures` from the code; the tests fail where it"
        " is out of date.",
        "",
        "Every failure can be tried: the demo org's trouble page offers each by name, and *Check"
        " the connection* then shows it.",
        "",
        "- **Sign-in page**: Salesforce shows it and never comes back. Paste its text into"
        " *Salesforce showed me an error* on Connect.",
        "- **Sign-in**: the browser comes back to Connect without a grant.",
        "- **Renewal**: the session has ended and the stored sign-in is not renewed.",
        "- **Data calls**: the org refuses to be asked.",
        "",
        *pictures,
        "",
        "## What Salesforce names",
        "",
        f"{count} failures. A code that is not here is shown as it came, with an excerpt free of"
        f" values: “{NO_TABLE_LINE.message} {NO_TABLE_LINE.advice}” Refusals of single records are"
        " told by the preview.",
        "",
    ]


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for cells in (heads, ("---",) * len(heads), *rows):
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")
