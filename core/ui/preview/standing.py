"""What a preview rests on: the version of the mapping and who signed it, the org, the load."""

import streamlit as st

from core.preview.runs import RunView
from core.store.mappings import MappingState, state_of
from core.ui.formats import ago, exact_utc, local_time
from core.ui.messages import escaped
from core.ui.place import Place


def draw_standing(place: Place, run: RunView) -> None:
    """Draw a line that an operator can read out: signed by whom, or not, and what came after."""
    state = state_of(place.console.store, place.connection_id)
    lines = [signed_words(state, run), *later_words(state, run)]
    if len(lines) == 1 and is_signed(state, run):
        st.caption(escaped(lines[0]))
    else:
        st.info(escaped(" ".join(lines)), icon=":material/signature:")
    draw_basis(run)


def draw_basis(run: RunView) -> None:
    """Draw what makes this plan this plan, each to be copied."""
    told = f"Plan {run.plan_hash[:12]}, made {ago(run.finished_at)} by {run.started_by}"
    with st.expander(escaped(told), icon=":material/fingerprint:"):
        st.caption(
            escaped(
                f"{local_time(run.finished_at)} ({exact_utc(run.finished_at)}). Two previews with "
                "one plan hash would send the same; where it differs, one of these does, or what "
                "the org holds."
            )
        )
        with st.container(horizontal=True):
            for label, value in basis_of(run):
                _draw_value(label, value)


def basis_of(run: RunView) -> list[tuple[str, str]]:
    """What a plan rests on, as label and value; empty where an earlier version kept none."""
    return [
        ("Plan hash", run.plan_hash),
        ("Mapping", f"{run.mapping_words} ({run.mapping_version_id})"),
        ("Org ID", run.org_id),
        ("Fields of the org (fingerprint)", run.describe_fingerprint),
        ("Inquiries (hash)", run.source_hash),
    ]


def _draw_value(label: str, value: str) -> None:
    with st.container(width=330):
        st.caption(label)
        if value:
            st.code(value, language=None, wrap_lines=True)  # comes with a copy button
        else:
            st.caption("not kept: the preview is older than this line. Preview again to have it.")


def is_signed(state: MappingState, run: RunView) -> bool:
    """Whether the customer's word stands for exactly this preview's version."""
    version = state.version(run.mapping_version_id)
    return version is not None and version.sign_off is not None


def signed_words(state: MappingState, run: RunView) -> str:
    version = state.version(run.mapping_version_id)
    if run.mapping_number < 1:
        return "This preview is of a mapping file, which is no version and cannot be pushed."
    number = f"This preview is of version {run.mapping_number}"
    if version is None or version.sign_off is None:
        return f"{number}, which is not signed off."
    signed = version.sign_off
    told = f"taken down by {signed.signed_by} {ago(signed.signed_at)}"
    return f"{number}, signed off by {signed.customer_name}, {told}."


def later_words(state: MappingState, run: RunView) -> list[str]:
    """What was changed since, so that nobody takes an old preview for the newest mapping's."""
    told = []
    newest = state.newest
    if newest and newest.info.number > run.mapping_number > 0:
        told.append(f"Version {newest.info.number} is newer: preview again to see it.")
    if state.draft:
        told.append(
            f"{state.draft.saved_by} edits the mapping; those changes are in no version yet."
        )
    return told
