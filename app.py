"""Entry of `streamlit run app.py`: imported, it builds the server; as a script, it draws a page."""

import streamlit as st

if __name__ == "__main__":
    from core.ui.navigation import draw

    draw()
else:
    from core.ui.messages import on_script_error
    from core.web.server import server_parts

    # Until the first navigation call of the process Streamlit would serve pages/ by itself.
    st.navigation([lambda: None], position="hidden")
    app = st.App(__file__, on_script_error=on_script_error, **server_parts())
