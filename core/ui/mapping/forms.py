"""Which AI Form is in view: the account's default for all of them, or what one does otherwise."""

import streamlit as st

from core.mapping.collected import Load
from core.mapping.coverage import DEFAULT_NAME
from core.mapping.forms import override_for
from core.mapping.model import FormOverride, MappingDraft
from core.ui.formats import count
from core.ui.messages import escaped

_CHOSEN = "mapping.form"


def choose_form(draft: MappingDraft, load: Load) -> FormOverride | None:
    """Draw the choice where any form is known; None stands for the default."""
    forms = load.form_names(draft)
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


def choose_form_id(form_id: str) -> None:
    """Have a form in view at the next run, the default where it is empty."""
    st.session_state[_CHOSEN] = form_id


def draw_form_note(form: FormOverride | None) -> None:
    """Make sure that nobody takes one form's view for all of them."""
    if form is not None:
        name = escaped(form.form_name or form.form_id)
        st.info(
            f"You see what {name} sends. An edit here changes this form only.",
            icon=":material/assignment:",
        )


def _words(draft: MappingDraft, forms: dict[str, str], form_id: str) -> str:
    if not form_id:
        return DEFAULT_NAME
    own = override_for(draft, form_id)
    rows = f" · {count(len(own.rows), 'row')} of its own" if own and own.rows else ""
    return f"{forms[form_id]}{rows}"
