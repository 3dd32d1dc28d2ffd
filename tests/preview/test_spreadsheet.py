import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from core.spreadsheet import to_safe_csv

CELLS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.lists(CELLS, min_size=1), min_size=1))
@example([["=1+1", "\r", " =cmd()", "＝1"]])
def test_no_parsed_cell_starts_a_formula(lines: list[list[str]]) -> None:
    text = to_safe_csv(lines).decode("utf-8-sig")

    cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(tuple("=+-@\t\r\n＝＋－＠"))]
