"""How Streamlit serves the console: every value is the expected one and says why it is."""

import tomllib
from pathlib import Path

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
EXPECTED = {
    "client": {
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "toolbarMode": "viewer",
        "disableDataExport": True,
    },
    "runner": {"postScriptGC": False, "magicEnabled": False},
    "server": {
        "address": "127.0.0.1",
        "port": 8501,
        "headless": True,
        "enableCORS": True,
        "enableXsrfProtection": True,
        "xsrfCookieSameSite": "strict",
        "allowedHosts": ["localhost", "127.0.0.1"],
        "maxUploadSize": 100,
        "maxMessageSize": 50,
        "enableStaticServing": False,
        "enableAgentApi": False,
        "fileWatcherType": "none",
    },
    "browser": {"gatherUsageStats": False},
    "logger": {"level": "info"},
}


def test_every_value_is_the_expected_one() -> None:
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    config.pop("theme")  # colours only

    assert config == EXPECTED


def test_every_line_says_why() -> None:
    lines = CONFIG.read_text(encoding="utf-8").splitlines()

    without = [line for line in lines if "=" in line and len(line.partition("  # ")[2].split()) < 3]
    assert without == []
