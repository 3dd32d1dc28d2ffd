"""`doctor` and `status` on a real store beside a real org: words, JSON and exit statuses."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.commands.main import main
from core.connect.connections import load_connection
from core.connect.disconnect import disconnect
from core.connect.doctor.examine import examine
from core.connect.tokens import find_token
from core.store.engine import Store
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk, build_desk, org, org_process
from tests.demo_org_process import DemoOrgProcess
from tests.store.engines import sqlite_settings

__all__ = ["org", "org_process"]


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


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    status = main([*arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_healthy_account_ends_with_0(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    status, found = answer(capsys, "doctor", "--account", ACCOUNT_ID)

    assert status == 0
    assert found["verdict"] == "green"
    [connection] = found["connections"]
    assert connection["environment"] == "demo"
    assert connection["api_calls"] <= 10
    assert {"check_id", "verdict", "who_acts", "admin_text"} <= set(connection["checks"][0])


def test_a_broken_account_ends_with_1_and_says_who_acts(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.org.fail("inactive_user")

    status = main(["doctor", "--account", ACCOUNT_ID])

    said = capsys.readouterr().out
    assert status == 1
    assert "demo: red" in said
    assert "Who acts: the university's Salesforce admin" in said
    assert "For the university's admin:" in said


def test_amber_needs_attention_only_when_strict(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    exhausting = {"match": "/limits", "status": 200, "times": 1}
    body = {"DailyApiRequests": {"Max": 100, "Remaining": 5}}
    for arguments, expected in (((), 0), (("--strict",), 1)):
        desk.org.fault(**exhausting, body=body)
        assert main(["doctor", "--account", ACCOUNT_ID, *arguments]) == expected
    assert "demo: amber" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["doctor", "--account", "nobody"], id="doctor, unknown account"),
        pytest.param(["doctor", "--account", ACCOUNT_ID, "--environment", "sandbox"], id="none"),
        pytest.param(["status", "--account", "nobody"], id="status, unknown account"),
    ],
)
def test_what_cannot_be_examined_ends_with_2(
    desk: Desk, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "what to do:" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["doctor", "status"])
def test_an_unusable_store_ends_with_2(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("HALDA_CONSOLE_HOME", str(tmp_path / "file" / "home"))

    assert main([command, *(["--account", "x"] if command == "doctor" else [])]) == 2
    assert "what to do:" in capsys.readouterr().err


def test_wrong_arguments_end_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["doctor"])

    assert ended.value.code == 2
    assert "--account" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["doctor", "status"])
def test_the_help_says_what_the_exit_status_means(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])

    assert "exit status:" in capsys.readouterr().out


def test_status_asks_no_org_and_carries_the_age_of_its_evidence(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    examine(desk.context, desk.connection_id, asked_by=OPERATOR)
    logged = len(desk.org.log("palmer"))

    status, entries = answer(capsys, "status", "--account", ACCOUNT_ID)

    assert status == 0
    [entry] = entries
    assert entry["state"] == "connected"
    assert entry["last_success_at"]
    assert entry["examination"]["verdict"] == "green"
    assert len(desk.org.log("palmer")) == logged


def test_status_needs_attention_where_a_sign_in_has_ended(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.org.fail("expired_token")
    main(["doctor", "--account", ACCOUNT_ID])
    capsys.readouterr()

    status = main(["status"])

    said = capsys.readouterr().out
    assert status == 1
    assert said.startswith("!  Palmer State University")
    assert "Reconnect needed" in said


def age(desk: Desk, by: timedelta) -> None:
    """Let the sign-in be older than it is."""
    with desk.context.store.write() as session:
        token = find_token(session, desk.connection_id)
        row = load_connection(session, desk.connection_id)
        assert token is not None
        assert row.connected_at is not None
        token.issued_at -= by
        row.connected_at -= by
        session.add_all([token, row])


def test_status_needs_attention_where_the_nightly_check_is_overdue(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with desk.context.store.read() as session:
        hour = (desk.context.store.now(session).hour - 6) % 24
    monkeypatch.setenv("HALDA_CONSOLE_NIGHTLY_HOUR", str(hour))
    healthy, _ = answer(capsys, "status")
    age(desk, timedelta(days=2))

    status, [entry] = answer(capsys, "status")

    assert (healthy, status) == (0, 1)
    assert entry["nightly_check"]["is_overdue"]
    assert (entry["needs_attention"], entry["attention"]) == (True, "Nightly check overdue")


def test_status_needs_attention_where_a_sign_in_is_about_to_end(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    age(desk, timedelta(days=24))
    examine(desk.context, desk.connection_id, asked_by=OPERATOR)
    with desk.context.store.write() as session:  # as though the examination had renewed nothing
        token = find_token(session, desk.connection_id)
        assert token is not None
        token.refreshed_at = None
        session.add(token)

    status = main(["status"])

    assert status == 1
    assert "Needs attention: The sign-in ends soon." in capsys.readouterr().out


def test_status_tells_grants_countdown_calls_mapping_preview_and_push(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    examine(desk.context, desk.connection_id, asked_by=OPERATOR)

    _, [entry] = answer(capsys, "status")

    assert entry["grants"] == {"held": 1, "most": 5, "others": []}
    assert entry["countdown"]["days_left"] in {29, 30}
    assert entry["api_use"]["ours"] > 0
    assert " of " in entry["api_use"]["org"]
    assert (entry["mapping"], entry["last_preview"], entry["last_push"]) == (None, None, None)


def test_nothing_secret_is_printed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.org.fail("wrong_secret")
    for command in ("doctor", "status"):
        main([command, "--account", ACCOUNT_ID, "--format", "json"])

    said = capsys.readouterr()
    key, secret = desk.org.app("palmer")
    assert secret not in said.out + said.err
    assert key not in said.out + said.err
    assert "5Aep" not in said.out + said.err


def test_a_disconnected_account_is_examined_without_a_call(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    disconnect(desk.context, operator=OPERATOR, connection_id=desk.connection_id)

    status, found = answer(capsys, "doctor", "--account", ACCOUNT_ID)

    assert status == 1
    assert found["connections"][0]["api_calls"] == 0
