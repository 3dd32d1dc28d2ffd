"""The README cannot fall behind: each setting, page, command and picture it must name is there."""

import re

import pytest

from core.settings import _READERS, PREFIX
from core.ui.navigation import PAGES
from tests import connection_failures
from tests.connection_failures.__main__ import FILE, page
from tests.console_process import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(_READERS))
def test_the_readme_names_every_setting(name: str) -> None:
    assert f"{PREFIX}{name}`" in README or f"…_{name}`" in README


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_the_readme_says_what_every_page_is_for(entry: object) -> None:
    title = getattr(entry, "title").rpartition("· ")[2]  # noqa: B009 - parametrised as object

    assert f"| {title} |" in README


def test_the_readme_names_every_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE)

    assert [each for each in targets if f"`make {each}`" not in README] == ["help", "clean"]


def test_every_picture_of_the_readme_is_there() -> None:
    pictures = re.findall(r"\((docs/[^)]+\.png)\)", README)

    assert [each for each in pictures if not (ROOT / each).is_file()] == []


def test_every_file_the_readme_promises_proof_in_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", README)

    assert [each for each in named if not (ROOT / each).exists()] == []


def test_the_page_on_connection_failures_tells_what_the_code_does() -> None:
    assert FILE.read_text(encoding="utf-8") == page(), (
        f"write it anew: python -m {connection_failures.__name__}"
    )


def test_the_page_on_connection_failures_names_at_least_fifty_and_shows_five() -> None:
    written = FILE.read_text(encoding="utf-8")
    pictures = re.findall(r"\((screenshots/[^)]+\.png)\)", written)

    assert written.count("\n| `") + written.count("\n| “") >= 50
    assert len(pictures) == 5
    assert [each for each in pictures if not (FILE.parent / each).is_file()] == []


def test_the_two_commands_stand_on_the_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:14])

    assert "make run" in first_screen
    assert "make test" in first_screen
