"""The shape of what `make bench` leaves behind."""

import json
from pathlib import Path

import pytest

from bench.__main__ import run
from bench.report import Figure, table, write_report


def test_report_is_a_list_of_name_value_unit_and_context(tmp_path: Path) -> None:
    write_report([Figure("fields_250_ms", 81.5, "ms", "median of 15")], tmp_path / "new" / "a.json")

    assert json.loads((tmp_path / "new" / "a.json").read_text()) == [
        {"name": "fields_250_ms", "value": 81.5, "unit": "ms", "context": "median of 15"}
    ]


def test_table_says_which_figure_is_over_its_limit() -> None:
    drawn = table(
        [Figure("fields_250_ms", 301, "ms", ""), Figure("objects_1300_ms", 300, "ms", "")]
    )

    assert "OVER 300" in drawn.splitlines()[1]
    assert "within 300" in drawn.splitlines()[2]


def test_what_could_not_be_measured_is_said_and_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure_nothing() -> list[Figure]:
        raise RuntimeError("no server")

    status = run([measure_nothing], tmp_path / "a.json")

    assert status == 1
    assert "measure_nothing gave no figure: no server" in capsys.readouterr().out
    assert json.loads((tmp_path / "a.json").read_text()) == []


def test_figure_over_its_limit_fails_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(value: float) -> int:
        return run([lambda: [Figure("fields_250_ms", value, "ms", "")]], tmp_path / "a.json")

    assert (measure(300), measure(301)) == (0, 1)
    assert "fields_250_ms is OVER 300" in capsys.readouterr().out
