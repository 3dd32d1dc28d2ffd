import csv
import io
import tracemalloc

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


def test_large_csv_with_a_chinese_name_takes_little_more_memory_than_its_bytes() -> None:
    line = ("1", "王 小明", "Boise " * 10)
    tracemalloc.start()

    told = to_safe_csv(line for _ in range(20_000))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert told.startswith("\ufeff".encode())
    assert told.decode("utf-8-sig").count("王") == 20_000
    assert most < 2 * len(told)
