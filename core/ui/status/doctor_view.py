"""The connection doctor on a page: one button, what has to be mended, the whole list."""

import streamlit as st

from core.connect.connections import ConnectionView
from core.connect.context import ConnectContext
from core.connect.doctor.examine import examine
from core.connect.doctor.findings import Check, Examination, Verdict
from core.connect.doctor.kept import is_outdated, load_examination
from core.errors import WhoActs
from core.ui.formats import ago, count, exact_utc
from core.ui.messages import escaped
from core.ui.tables import count_and_download

# A sign and a word each, because colour alone tells not everybody.
VERDICT_WORDS = {
    Verdict.RED: "✕ Broken",
    Verdict.AMBER: "! Look at it",
    Verdict.GREEN: "✓ Good",
    Verdict.UNKNOWN: "? Not known",
}
_SUMMARY = {
    Verdict.RED: ("Something is broken", "red", ":material/error:"),
    Verdict.AMBER: ("Works, with something to look at", "orange", ":material/warning:"),
    Verdict.GREEN: ("Everything asked is good", "green", ":material/check_circle:"),
    Verdict.UNKNOWN: ("Nothing could be asked", "gray", ":material/help:"),
}


def draw_doctor(context: ConnectContext, connection: ConnectionView, *, operator: str) -> None:
    """Draw the button and the newest examination; nothing before the first try to sign in."""
    if connection.org is None and connection.last_error is None:
        return
    connection_id = connection.connection_id
    st.subheader("Connection doctor", anchor=False)
    st.caption(
        "Asks the org what works, what does not and who has to act. It reads only, with at most "
        "ten API calls."
    )
    if st.button("Check the connection", icon=":material/stethoscope:", key="doctor.examine"):
        with st.spinner("Asking the org …", show_time=True):
            examine(context, connection_id, asked_by=operator)
        st.rerun()
    examination = load_examination(context, connection_id)
    if examination is None:
        st.text("Never checked.")
        return
    if is_outdated(examination.examined_at, connection):
        st.text(
            f"Checked {ago(examination.examined_at)}, before the last sign-in. Check again.",
            help=exact_utc(examination.examined_at),
        )
        return
    _draw_summary(examination)
    for check in examination.to_mend:
        _draw_finding(check)
    if text := examination.admin_text:
        st.caption("Text for the university's admin")
        st.code(text, language=None, wrap_lines=True)
    _draw_list(examination)


def _draw_summary(examination: Examination) -> None:
    words, colour, icon = _SUMMARY[examination.verdict]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(words, icon=icon, color=colour)  # type: ignore[arg-type]  # a literal above
        st.text(
            f"Checked {ago(examination.examined_at)} by {examination.asked_by}, "
            f"{count(examination.api_calls, 'API call')}",
            help=exact_utc(examination.examined_at),
        )


def _draw_finding(check: Check) -> None:
    with st.container(border=True):
        say = st.error if check.verdict is Verdict.RED else st.warning
        say(f"{escaped(check.title)}: {escaped(check.meaning)}", icon=":material/error:")
        st.text(f"Who acts: {check.who_acts}")
        st.text(f"What to do: {check.advice}")
        if check.who_acts is WhoActs.HALDA_SUPPORT:  # who can do nothing without the code
            st.text(f"Came back: {check.answer}")
        with st.expander("Details"):
            st.text(f"Asked: {check.asked}\nCame back: {check.answer}")


def _draw_list(examination: Examination) -> None:
    rows = [
        {
            "Result": VERDICT_WORDS[check.verdict],
            "Check": check.title,
            "What it means": check.meaning,
            "Came back": check.answer,
            "Asked": check.asked,
            "Who acts": check.who_acts or "",
            "What to do": check.advice,
        }
        for check in examination.checks
    ]
    with st.expander(f"All {count(len(rows), 'check')}"):
        count_and_download(rows, len(rows), noun="checks", file="connection-doctor.csv")
        st.dataframe(
            rows,
            hide_index=True,
            height="content",
            alt="Every check with its result, what it means and who acts",
        )
