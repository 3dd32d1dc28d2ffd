"""What every test shares: the hypothesis profile, a home of its own, the browser count."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "100")),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,  # a whole mapping is large by nature
    ],
)
settings.load_profile("suite")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """Path of the browser the tests drive, from CHROMIUM_PATH or the usual names."""
    named = os.environ.get("CHROMIUM_PATH")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data directory that no other test sees."""
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's tester leaves its script as the main module, which every new process would run
    again: the console itself, on the home of whoever runs the tests."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def salesforce_fixtures() -> Path:
    """The folder of recorded payloads; tests that need it are skipped without."""
    folder = os.environ.get("SALESFORCE_FIXTURES", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("SALESFORCE_FIXTURES names no folder of recorded payloads")
    return Path(folder)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("SKIP_BROWSER") == "1":
        skip = pytest.mark.skip(reason="SKIP_BROWSER=1")
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(skip)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    ran = sum(
        1
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call" and "browser" in report.keywords
    )
    terminalreporter.write_line(f"browser tests ran: {ran}")
