"""A connected demo university, ready to be previewed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.store.engine import Store
from tests.connect.conftest import org, org_process
from tests.demo_org_process import DemoOrgProcess
from tests.preview.university import University, connect
from tests.store.engines import sqlite_settings

__all__ = ["org", "org_process"]


@pytest.fixture
def make_university(tmp_path: Path, org: DemoOrgProcess) -> Iterator[Callable[[str], University]]:
    """Connect one of the demo universities: `make_university("palmer")`."""
    settings = sqlite_settings(tmp_path / "home")
    store = Store.open(settings)
    made: list[University] = []

    def make(app: str) -> University:
        made.append(connect(store, settings, org, app))
        return made[-1]

    yield make
    for university in made:
        university.runner.close()
    store.close()


@pytest.fixture
def palmer(make_university: Callable[[str], University]) -> University:
    return make_university("palmer")


@pytest.fixture
def lakeside(make_university: Callable[[str], University]) -> University:
    return make_university("lakeside")
