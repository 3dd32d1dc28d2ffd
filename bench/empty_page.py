"""The smallest page there is: what a rerun costs before any page of ours draws a thing."""

import streamlit as st

if __name__ == "__main__":
    st.text(st.text_input("Text", key="empty.text"))
else:
    app = st.App(__file__)
