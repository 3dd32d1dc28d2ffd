"""Each page file guards itself: Streamlit can run one without the navigation."""

import ast
from pathlib import Path

import pytest

from core.ui.navigation import PAGES

PAGE_FILES = sorted((Path(__file__).resolve().parents[2] / "pages").glob("*.py"))


@pytest.mark.parametrize("file", PAGE_FILES, ids=lambda file: file.stem)
def test_guard_is_the_first_statement(file: Path) -> None:
    docstring, *statements = ast.parse(file.read_text(encoding="utf-8")).body

    first = next(each for each in statements if not isinstance(each, ast.Import | ast.ImportFrom))
    assert isinstance(docstring, ast.Expr)
    assert ast.unparse(first) == "operator = guard()"


def test_every_page_file_is_in_the_navigation() -> None:
    assert {entry.key for entry in PAGES} == {file.stem for file in PAGE_FILES}
