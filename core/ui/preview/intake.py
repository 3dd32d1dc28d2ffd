"""Loading inquiries: a file, a pasted webhook payload, or what is stored already."""

from typing import NoReturn

import streamlit as st

from core.errors import ConsoleError
from core.halda.intake import Intake, read_inquiries
from core.halda.reading import MAX_BYTES, MAX_ROWS
from core.halda.schema import ANSWER_PREFIX, CANONICAL_FIELDS
from core.store.inquiries import (
    BatchInfo,
    delete_batch,
    find_same_load,
    list_batches,
    list_fields,
    remember_fields,
    save_batch,
)
from core.ui import state
from core.ui.formats import ago, count, count_inquiries, exact_utc, local_time, number, told_apart
from core.ui.messages import escaped, show_error
from core.ui.place import Place


def choose_batch(place: Place) -> BatchInfo | None:
    """Draw the stored loads and the ways to add one; return the chosen load."""
    batches = list_batches(place.console.store, place.account.account_id)
    by_id = {batch.batch_id: batch for batch in batches}
    words = told_apart({key: _words(batch) for key, batch in by_id.items()}, lambda key: key[:6])
    chosen = st.selectbox(
        "Inquiries",
        list(by_id),
        format_func=words.__getitem__,
        key=_key(place, "batch"),
        placeholder="Load a file below",
    )
    with st.expander("Load inquiries", icon=":material/upload:", expanded=not batches):
        _draw_file(place)
        _draw_paste(place)
    if chosen and (notes := st.session_state.get(_notes_key(chosen))):
        st.caption(escaped(notes))
    if chosen:
        _draw_delete(place, by_id[chosen])
    return by_id.get(chosen) if chosen else None


def _generation_key(place: Place) -> str:
    return f"preview.intake.{place.account.account_id}"


def _key(place: Place, name: str) -> str:
    """A fresh widget after each load or deletion: the browser would send the old choice again."""
    generation = st.session_state.get(_generation_key(place), 0)
    return f"preview.{name}.{place.account.account_id}.{generation}"


def _notes_key(batch_id: str) -> str:
    """What was told of a load as it was read: a toast is gone before it is understood."""
    return f"preview.notes.{batch_id}"


def _start_anew(place: Place, *, chosen: str = "") -> NoReturn:
    key = _generation_key(place)
    st.session_state[key] = st.session_state.get(key, 0) + 1
    if chosen:
        st.session_state[_key(place, "batch")] = chosen
    st.query_params.pop("run", None)
    st.rerun()


def _words(batch: BatchInfo) -> str:
    # the browser answers by these words, so they must be the same at every look
    return (
        f"{batch.name} · {count_inquiries(batch.record_count)} · {batch.kind.replace('_', ' ')} · "
        f"loaded {local_time(batch.loaded_at, seconds=True)} by {batch.loaded_by}"
    )


def _draw_file(place: Place) -> None:
    # The uploader takes any type: a wrong one gets our sentence and what to do about it.
    label = f"CSV or JSON file, up to {number(MAX_ROWS)} inquiries and {MAX_BYTES >> 20} MB"
    uploaded = st.file_uploader(label, key=_key(place, "file"))
    if uploaded is not None and st.button("Load this file", key="preview.load_file"):
        _load(place, uploaded.getvalue(), uploaded.name)


def _draw_paste(place: Place) -> None:
    with st.form("preview.paste", clear_on_submit=False):
        text = st.text_area(
            "Or paste a webhook payload (JSON or URL-encoded)",
            placeholder='{"event": "inquiry.created", …}   or   event=inquiry.created&…',
            height=90,
        )
        if st.form_submit_button("Load this payload") and text:
            _load(place, text.encode(), "")


def _load(place: Place, content: bytes, file_name: str) -> None:
    try:
        with st.spinner(escaped(f"Reading and storing {file_name or 'the payload'} …")):
            intake, batch = _read_and_keep(place, content, file_name)
    except ConsoleError as error:
        show_error(error)
        return
    state.flash(_told(intake))
    st.session_state[_notes_key(batch.batch_id)] = " ".join(intake.notes)
    _start_anew(place)


def _read_and_keep(place: Place, content: bytes, file_name: str) -> tuple[Intake, BatchInfo]:
    store, account_id = place.console.store, place.account.account_id
    own = list_fields(store, account_id)
    intake = read_inquiries(content, file_name=file_name, known=(*CANONICAL_FIELDS, *own))
    remember_fields(
        store, account_id, [f for f in intake.fields_seen if f.key.startswith(ANSWER_PREFIX)]
    )
    if known := find_same_load(store, account_id, intake.records):
        _offer_known(place, known)
    batch = save_batch(
        store,
        account_id=account_id,
        name=file_name or "Pasted payload",
        kind=intake.kind.value,
        records=intake.records,
        operator=place.operator.name,
    )
    return intake, batch


def _offer_known(place: Place, known: BatchInfo) -> NoReturn:
    """The same inquiries once more: the load that is there is chosen, nothing is kept twice."""
    state.flash(
        f"These inquiries are here already, loaded {ago(known.loaded_at)} "
        f"({exact_utc(known.loaded_at)}) by {known.loaded_by} as {known.name}. That load is chosen."
    )
    _start_anew(place, chosen=known.batch_id)


def _told(intake: Intake) -> str:
    return " ".join([f"{count(len(intake.records), 'record')} loaded.", *intake.notes])


def _draw_delete(place: Place, batch: BatchInfo) -> None:
    with st.popover("Delete these inquiries", icon=":material/delete:"):
        st.text(
            f"Deletes {count_inquiries(batch.record_count)} and their previews from this console. "
            "Nothing happens in Salesforce or in Halda."
        )
        if st.button("Delete", key="preview.delete", type="primary"):
            try:
                delete_batch(
                    place.console.store,
                    batch_id=batch.batch_id,
                    operator=place.operator.name,
                    with_previews=True,
                )
            except ConsoleError as error:
                show_error(error)
                return
            state.flash("Deleted.")
            _start_anew(place)
