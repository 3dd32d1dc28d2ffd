"""`preview` on a real store beside a real org: JSON, files and exit statuses."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.commands.main import main
from core.connect.disconnect import disconnect
from core.halda.sample import sample_csv
from core.mapping.files.yaml_file import to_yaml
from core.mapping.model import MappingDraft
from core.preview.reading.parties import Party
from core.preview.runs import list_runs
from core.store.engine import Store
from core.store.mappings import list_versions, load_mapping, save_mapping, state_of
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk, build_desk, org, org_process
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import palmer_draft
from tests.store.engines import sqlite_settings

__all__ = ["org", "org_process"]

DRAFT = MappingDraft(objects=(palmer_draft(),))


@pytest.fixture
def desk(home: Path, org: DemoOrgProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A connected account in the home that the commands find in their environment."""
    monkeypatch.setenv("HALDA_CONSOLE_HOME", str(home))
    monkeypatch.setenv("HALDA_CONSOLE_DEMO_ORG_PORT", org.url.rpartition(":")[2])
    settings = sqlite_settings(home)
    store = Store.open(settings)
    built = build_desk(store, settings, org)
    built.add_connection()
    assert built.sign_in().is_connected
    yield built
    store.close()


@pytest.fixture
def inquiries(tmp_path: Path) -> Path:
    file = tmp_path / "inquiries.csv"
    file.write_text(sample_csv(), encoding="utf-8")
    return file


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "mapping.yaml"
    file.write_text(to_yaml(DRAFT), encoding="utf-8")
    return file


def save(desk: Desk) -> None:
    save_mapping(
        desk.context.store,
        connection_id=desk.connection_id,
        draft=DRAFT,
        based_on=0,
        operator=OPERATOR,
    )


def answer(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, Any]:
    status = main(["preview", "--account", ACCOUNT_ID, *map(str, arguments)])
    return status, json.loads(capsys.readouterr().out)


def test_the_saved_mapping_is_previewed_and_what_is_held_ends_with_1(
    desk: Desk, inquiries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(desk)

    status, found = answer(capsys, "--input", inquiries)

    counts = found["inquiries"]
    assert status == 1
    assert found["state"] == "done"
    assert counts["held"] > 0
    assert counts["total"] == sum(counts[each] for each in counts if each != "total")
    assert {"what", "object", "who_acts", "records"} <= set(found["held"][0])
    told = [(each["what"], each["object"], each["party"]) for each in found["held"]]
    assert len(set(told)) == len(told)
    assert {each["party"] for each in found["held"]} <= set(Party)
    assert min(found["api_calls"]["made"], found["api_calls"]["estimated"]) > 0
    assert len(found["plan"]["hash"]) == 64
    assert found["cannot_know"]["summary"].startswith("2 active validation rules")
    assert {"object", "kind", "name", "message", "field"} <= set(found["cannot_know"]["rules"][0])
    assert found["plan"]["mapping"] == "mapping v1"
    [kept] = list_runs(desk.context.store, desk.connection_id)
    assert (kept.run_id, kept.plan_hash) == (found["run"], found["plan"]["hash"])


def test_nothing_held_ends_with_0(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(desk)
    file = tmp_path / "one.csv"
    head, first, *_ = csv.reader(io.StringIO(sample_csv(), newline=""))
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, first])

    status, found = answer(capsys, "--input", file)

    assert (status, found["inquiries"]["held"]) == (0, 0), found["held"]


def test_a_mapping_file_is_only_tried(
    desk: Desk, inquiries: Path, mapping: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = answer(capsys, "--input", inquiries, "--mapping", mapping)

    store = desk.context.store
    assert (status, found["state"]) == (1, "done")
    assert found["plan"]["mapping"] == "a mapping file"
    assert load_mapping(store, desk.connection_id) is None
    assert list_versions(store, desk.connection_id) == []
    assert state_of(store, desk.connection_id).newest is None


def test_a_mapping_file_that_equals_the_saved_one_gives_its_plan(
    desk: Desk, inquiries: Path, mapping: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(desk)

    _, saved = answer(capsys, "--input", inquiries)
    _, tried = answer(capsys, "--input", inquiries, "--mapping", mapping)

    assert tried["plan"] == saved["plan"]


def test_a_version_is_saved_after_a_trial_as_if_there_had_been_none(
    desk: Desk, inquiries: Path, mapping: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "--input", inquiries, "--mapping", mapping)

    save(desk)

    assert [each.number for each in list_versions(desk.context.store, desk.connection_id)] == [1]


@pytest.mark.parametrize(("form", "start"), [("csv", '"row"'), ("html", "<!doctype html>")])
def test_the_records_go_to_standard_output_and_the_counts_beside_them(
    desk: Desk, inquiries: Path, capsys: pytest.CaptureFixture[str], form: str, start: str
) -> None:
    save(desk)

    main(["preview", "--account", ACCOUNT_ID, "--input", str(inquiries), "--format", form])

    said = capsys.readouterr()
    assert said.out.startswith(start)
    assert json.loads(said.err[said.err.index("{") :])["state"] == "done"


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("no mapping", "no saved mapping"),
        ("no file", "cannot be read"),
        ("not signed in", "not signed in"),
        ("no account", "no account with this id"),
    ],
)
def test_what_cannot_begin_ends_with_2_and_says_what_to_do(
    desk: Desk,
    inquiries: Path,
    capsys: pytest.CaptureFixture[str],
    trouble: str,
    words: str,
) -> None:
    if trouble != "no mapping":
        save(desk)
    if trouble == "not signed in":
        disconnect(desk.context, operator=OPERATOR, connection_id=desk.connection_id)
    account = "nobody" if trouble == "no account" else ACCOUNT_ID
    file = inquiries.with_name("none.csv") if trouble == "no file" else inquiries

    status = main(["preview", "--account", account, "--input", str(file)])

    told = capsys.readouterr().err
    assert status == 2
    assert words in told, told
    assert "what to do: " in told
