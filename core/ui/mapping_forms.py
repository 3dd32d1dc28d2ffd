"""Which AI Form is in view: the account's default for all of them, or what one does otherwise."""

from collections.abc import Sequence

import streamlit as st

from core.mapping.forms import form_id_of, override_for
from core.mapping.model import FormOverride, MappingDraft, SourceRecord
from core.ui.formats import count
from core.ui.messages import escaped

_CHOSEN = "mapping.form"
_NAME_KEYS = ("form.name", "submission.form_name")


def choose_form(draft: MappingDraft, sample: Sequence[SourceRecord]) -> FormOverride | None:
    """Draw the choice where any form is known; None stands for the default."""
    forms = known_forms(draft, sample)
    if not forms:
        return None
    if st.session_state.get(_CHOSEN, "") not in ("", *forms):
        st.session_state[_CHOSEN] = ""
    chosen = st.selectbox(
        "AI Form",
        ["", *forms],
        format_func=lambda form_id: _words(draft, forms, form_id),
        key=_CHOSEN,
        help="The default is for every form. A row that is changed for one form is sent that way "
        "for that form only.",
        width=260,
    )
    if not chosen:
        return None
    own = override_for(draft, chosen)
    return own or FormOverride(form_id=chosen, form_name=forms[chosen])


def draw_form_note(form: FormOverride | None) -> None:
    """Make sure that nobody takes one form's view for all of them."""
    if form is not None:
        name = escaped(form.form_name or form.form_id)
        st.info(
            f"You see what {name} sends. An edit here changes this form only.",
            icon=":material/assignment:",
        )


def known_forms(draft: MappingDraft, sample: Sequence[SourceRecord]) -> dict[str, str]:
    """The forms the inquiries came from and those with rows of their own: id to name."""
    forms: dict[str, str] = {}
    for record in sample:
        form_id = form_id_of(record)
        if form_id:
            names = (record.values.get(key, "").strip() for key in _NAME_KEYS)
            forms.setdefault(form_id, next((name for name in names if name), form_id))
    for each in draft.forms:
        forms.setdefault(each.form_id, each.form_name or each.form_id)
    return forms


def _words(draft: MappingDraft, forms: dict[str, str], form_id: str) -> str:
    if not form_id:
        return "Default for all AI Forms"
    own = override_for(draft, form_id)
    rows = f" · {count(len(own.rows), 'row')} of its own" if own else ""
    return f"{forms[form_id]}{rows}"
