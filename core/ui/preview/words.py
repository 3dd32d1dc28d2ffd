"""How a preview's outcomes and values look on the screen, and what of them is hidden."""

from typing import Any

from core.preview.cells import CellPlan
from core.preview.exports.masking import masked, masked_reason
from core.preview.exports.words import OUTCOME_WORDS
from core.preview.plan import Outcome
from core.preview.references import reference_words
from core.preview.runs import RunView
from core.ui import state
from core.ui.formats import count_inquiries, local_time
from core.ui.place import Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOOK = {
    Outcome.CREATE: (OUTCOME_WORDS[Outcome.CREATE], ":material/add_circle:", "green"),
    Outcome.UPDATE: (OUTCOME_WORDS[Outcome.UPDATE], ":material/edit:", "blue"),
    Outcome.UNCHANGED: (OUTCOME_WORDS[Outcome.UNCHANGED], ":material/check:", "gray"),
    Outcome.HELD: (OUTCOME_WORDS[Outcome.HELD], ":material/pan_tool:", "orange"),
}


def run_words(run: RunView) -> str:
    """Which preview it is, in a list of several.

    The browser answers by these words: nothing in them may change by itself, such as an age or
    the state, and no two previews may have the same.
    """
    return (
        f"{local_time(run.started_at, seconds=True)} · {count_inquiries(run.record_count)} of "
        f"{run.batch_name} · {run.mapping_words} · {run.run_id[:6]}"
    )


def org_url(place: Place, run: RunView) -> str:
    """Where the preview's records can be opened; empty where the connection is to another org."""
    org = place.connection.org
    return org.instance_url if org and org.org_id == run.org_id else ""


def value_words(value: Any) -> str:
    """A value as a cell of a table shows it, hidden while the screen is shared."""
    if words := reference_words(value):
        return words
    return hidden("" if value is None else str(value))


def change_words(cell: CellPlan) -> str:
    """Old and new value of one field."""
    before, after = value_words(cell.current), value_words(cell.sent_value)
    return f"{before or '(blank)'} → {after or '(blank)'}"


def why_words(cell: CellPlan) -> str:
    """Why a field is sent or not, and how its value came about.

    A note may repeat the value without quotes, so a shared screen has none.
    """
    if state.is_screen_shared() or not cell.note:
        return hidden_reason(cell.reason)
    return f"{cell.reason} · {cell.note}"


def hidden_reason(reason: str) -> str:
    return masked_reason(reason) if state.is_screen_shared() else reason


def hidden(text: str) -> str:
    return masked(text) if state.is_screen_shared() else text
