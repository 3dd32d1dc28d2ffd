"""Streamlit pieces that pages share: guard, frame, messages, tables, session. Holds no rules."""
