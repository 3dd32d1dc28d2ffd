"""How much of what is collected has a place, and what is wrong with the mapping as a whole."""

from collections import Counter

import streamlit as st

from core.mapping.checks.one_object import Severity
from core.mapping.checks.whole_draft import DraftIssue
from core.mapping.coverage import CoverageLine, CoverageStatus
from core.ui.mapping_data import MappingDesk
from core.ui.mapping_lines import issue_words
from core.ui.mapping_not_sent import draw_group_reason
from core.ui.messages import escaped
from core.ui.place import Place


def draw_coverage(desk: MappingDesk) -> None:
    """Draw the meter over all objects and the tally of problems."""
    reach = desk.coverage
    decided = len(reach.collected) - reach.count(CoverageStatus.OPEN)
    share = decided / len(reach.collected) if reach.collected else 0.0
    st.progress(share, text=escaped(f"{reach.words} · {_tally(desk)}"))


def draw_not_sent(place: Place, desk: MappingDesk) -> None:
    """Give a reason for all open fields of a group."""
    still_open = desk.coverage.count(CoverageStatus.OPEN)
    if desk.form is None and still_open:
        with st.popover(f"Not sent, because … ({still_open} open)", icon=":material/block:"):
            draw_group_reason(place, desk)


def draw_issues(desk: MappingDesk) -> None:
    """Draw what concerns the object or the mapping as a whole."""
    of_mapping = [each.issue for each in desk.found if not each.object_id]
    for issue in [*of_mapping, *desk.issues_of(None)]:
        st.text(f"{issue_words(issue)} {issue.advice}")


def blocking(desk: MappingDesk) -> list[DraftIssue]:
    """What stops the whole mapping, in any object and form."""
    return [each for each in desk.found if each.issue.severity is Severity.BLOCKS]


def undecided(desk: MappingDesk) -> list[CoverageLine]:
    """Collected fields that nobody decided on, sensitive ones too."""
    return [line for line in desk.coverage.collected if line.status is CoverageStatus.OPEN]


def _tally(desk: MappingDesk) -> str:
    tally = Counter(each.issue.severity for each in desk.found)
    return (
        f"{tally[Severity.BLOCKS]} block · {tally[Severity.HOLDS]} hold single inquiries · "
        f"{tally[Severity.WARNS]} warn"
    )
