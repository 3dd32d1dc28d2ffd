"""A page with one of each thing the measuring tab must follow. Served, never imported."""

import pandas as pd
import streamlit as st


def _first() -> None:
    st.session_state.setdefault("first.runs", 0)
    st.text(f"hello {st.text_input('Name', key='first.name')}")
    table = pd.DataFrame({"row": [f"row {number}" for number in range(3_000)]})
    chosen = st.dataframe(table, key="first.rows", on_select="rerun", selection_mode="single-row")
    st.text(f"chosen {chosen.selection.rows}")
    if st.button("Press", key="first.press"):
        st.text("pressed")
    if st.button("Twice", key="first.twice"):
        st.session_state["first.runs"] += 1
        st.rerun()
    st.text(f"restarted {st.session_state['first.runs']}")
    st.button("Reset", key="first.reset", on_click=_reset)


def _reset() -> None:
    st.session_state["first.name"] = "nobody"


def _second() -> None:
    st.text(f"account {st.query_params.get('account_id', '')}")
    st.text(f"picked {st.selectbox('Pick', ['a', 'b'], key='second.pick')}")
    _part_of_second()


@st.fragment
def _part_of_second() -> None:
    chosen = st.segmented_control("Kind", ["x", "y"], key="second.kind")
    if chosen:
        st.text(f"only {chosen}")


def _broken() -> None:
    raise ValueError("broken on purpose")


if __name__ == "__main__":
    st.navigation(
        [
            st.Page(_first, default=True),
            st.Page(_second, url_path="second"),
            st.Page(_broken, url_path="broken"),
        ]
    ).run()
else:
    st.navigation([lambda: None], position="hidden")
    app = st.App(__file__)
