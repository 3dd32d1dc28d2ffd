"""How much of what is collected has a place, and what is wrong with the mapping as a whole."""

from collections import Counter

import streamlit as st

from core.mapping.checks.one_object import Severity
from core.mapping.checks.whole_draft import DraftIssue
from core.mapping.coverage import CoverageLine, CoverageStatus, Reach
from core.mapping.editing.rows import field_row_id
from core.ui.formats import count
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.forms import choose_form_id
from core.ui.mapping.lines import issue_words
from core.ui.mapping.not_sent import draw_group_reason
from core.ui.mapping.table import show_open
from core.ui.messages import escaped
from core.ui.place import Place

_JUMPED = "mapping.jumped"
_JUMPS = 40  # fields to jump to; the rest are in the table behind each of them


def draw_coverage(desk: MappingDesk) -> None:
    """Draw the meter over all objects and forms, the tally of problems, and what is open where."""
    reach = desk.coverage
    decided = len(reach.collected) - len(reach.open_lines)
    share = decided / len(reach.collected) if reach.collected else 0.0
    st.progress(share, text=escaped(f"{reach.words} · {_tally(desk)}"))
    scopes = reach.open_by_scope()
    if len(reach.scopes) > 1:
        told = f"{count(len(reach.scopes) - 1, 'AI Form')} and the default"
        told += f": {len(scopes)} with something open" if scopes else ": nothing is open"
        with st.expander(told, icon=":material/rule:", key="mapping.by_form"):
            draw_open(desk, key="page")
            _draw_settled(desk)


def draw_open(desk: MappingDesk, *, key: str) -> bool:
    """Draw, for the default and each form with something open, the fields to jump to.

    Return whether one was jumped to: a dialog is in the way then.
    """
    for scope, lines in desk.coverage.open_by_scope():
        st.text(f"{scope.form_name}: {scope.totals}")
        _draw_jumps(scope, lines, f"mapping.jump.{key}.{scope.form_id}")
    return bool(st.session_state.pop(_JUMPED, False))


def draw_not_sent(place: Place, desk: MappingDesk) -> None:
    """Give a reason for all open fields of a group."""
    still_open = desk.reach.count(CoverageStatus.OPEN)
    if still_open:
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


def _draw_jumps(scope: Reach, lines: tuple[CoverageLine, ...], key: str) -> None:
    labels = {line.key: line.label for line in lines[:_JUMPS]}
    st.session_state[key] = None
    st.pills(
        f"Open for {escaped(scope.form_name)}",
        list(labels),
        format_func=lambda source_key: escaped(labels[source_key]),
        key=key,
        label_visibility="collapsed",
        on_change=lambda: _jump(scope.form_id, st.session_state[key]),
    )
    if len(lines) > _JUMPS:
        st.caption(f"And {len(lines) - _JUMPS} more: any of these opens the list.")


def _draw_settled(desk: MappingDesk) -> None:
    still_open = {scope.form_id for scope, _ in desk.coverage.open_by_scope()}
    for scope in desk.coverage.scopes:
        if scope.form_id not in still_open:
            inherited = " as in the default" if scope.open_lines else ""
            st.text(f"{'○' if inherited else '✓'} {scope.form_name}: {scope.words}{inherited}")


def _jump(form_id: str, source_key: str | None) -> None:
    if source_key is not None:
        choose_form_id(form_id)
        show_open(field_row_id(source_key))
        st.session_state[_JUMPED] = True


def _tally(desk: MappingDesk) -> str:
    tally = Counter(each.issue.severity for each in desk.found)
    held = tally[Severity.HOLDS]
    return (
        f"{tally[Severity.BLOCKS]} block · {count(held, 'problem')} "
        f"{'holds' if held == 1 else 'hold'} single inquiries · {tally[Severity.WARNS]} warn"
    )
