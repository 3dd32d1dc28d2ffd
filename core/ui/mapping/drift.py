"""What the org changed since the newest version was saved, with the inquiries it concerns."""

from collections.abc import Sequence

import streamlit as st

from core.connect.mapping_drift import DriftFinding, DriftReport, find_drift
from core.mapping.fitting.misfits import Misfit
from core.store.mappings import SavedMapping
from core.ui.formats import count
from core.ui.mapping import draft as editing
from core.ui.mapping.data import MappingDesk, all_records
from core.ui.mapping.lines import SIGNS
from core.ui.mapping.objects import choose_object_id
from core.ui.mapping.table import choose_line
from core.ui.messages import escaped
from core.ui.place import Place


def draw_drift(place: Place, desk: MappingDesk, now: editing.Editing) -> None:
    """Draw what the newest version relied on and the org no longer has; nothing if all is well."""
    if now.saved is None:
        return
    prints = "|".join(f"{name}={view.fingerprint}" for name, view in desk.views.items())
    batch_id = desk.batch.batch_id if desk.batch else ""
    report = _report(f"{now.saved.version_id}|{prints}|{batch_id}", place, desk, now.saved)
    if report.findings:
        _draw(now.saved.number, report.findings)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _report(
    key: str,  # noqa: ARG001 - the only hashed argument: it names the content of the others
    _place: Place,
    _desk: MappingDesk,
    _saved: SavedMapping,
) -> DriftReport:
    records = all_records(_place, _desk.batch) if _desk.batch else ()
    return find_drift(_place.context, _place.connection_id, _saved, records)


def _draw(number: int, findings: Sequence[DriftFinding]) -> None:
    with st.container(border=True, key="mapping.drift"):
        st.warning(
            f"The org changed since version {number} was saved: "
            f"{count(len(findings), 'thing')} this mapping relies on.",
            icon=":material/sync_problem:",
        )
        for position, finding in enumerate(findings):
            _draw_finding(position, finding)
        st.caption("Mend what is concerned and save a version: that one is compared from then on.")


def _draw_finding(position: int, finding: DriftFinding) -> None:
    misfit, pending = finding.misfit, finding.pending_count
    noun = "inquiry" if pending == 1 else "inquiries"
    concerned = f" · {pending:,} loaded {noun}" if pending else ""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.text(f"{SIGNS[misfit.severity]} {misfit.sentence}{concerned}", width="stretch")
        if misfit.row_ids:
            st.button(
                "Open the row",
                key=f"mapping.drift.{position}",
                type="tertiary",
                on_click=_open,
                args=(misfit,),
            )
    st.caption(escaped(misfit.advice))


def _open(misfit: Misfit) -> None:
    choose_object_id(misfit.object_id)
    choose_line(misfit.row_ids[0])
