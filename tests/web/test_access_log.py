"""The server writes no access log: its lines would hold the callback's code and state."""

from streamlit.web.server.starlette import starlette_server


def test_the_server_writes_no_access_log() -> None:
    options = starlette_server._get_uvicorn_config_kwargs()

    assert options["access_log"] is False
