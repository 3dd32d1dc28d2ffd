"""The demo org as a process: how it starts, refuses to start, and ends with its parent."""

import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.demo_org_process import CALLBACK_URL, DemoOrgProcess

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = (sys.executable, "-m", "core.demo_org")
PUBLIC = "https://palmer.my.salesforce.com"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DemoOrgProcess, Path]]:
    home = tmp_path_factory.mktemp("running")
    with DemoOrgProcess(home=home) as org:
        yield org, home


def start(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )


def test_it_ends_when_its_parent_closes_stdin(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", "--home", str(tmp_path / "demo"), "--exit-with-stdin"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    ready = process.stdout.readline()

    process.stdin.close()
    status = process.wait(timeout=10)

    rest = process.stdout.read()
    process.stdout.close()
    assert ready.startswith("demo org ready on http://127.0.0.1:")
    assert (status, rest) == (0, "")


def test_a_taken_port_is_one_sentence_and_status_3(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = start("--port", str(port), "--home", str(tmp_path / "demo"))

    assert ended.returncode == 3
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 is taken" in ended.stderr
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])
def test_it_listens_on_loopback_only(tmp_path: Path, host: str) -> None:
    ended = start("--port", "0", "--home", str(tmp_path / "demo"), "--host", host)

    assert ended.returncode == 3
    assert "only listens on loopback" in ended.stderr


def test_the_public_address_is_what_tokens_name(tmp_path: Path) -> None:
    with DemoOrgProcess(home=tmp_path, arguments=("--public-url", PUBLIC)) as org:
        tokens = org.tokens("palmer")
        state = org.state("palmer")
        public = httpx2.get(f"{org.url}/healthz", headers={"Host": "palmer.my.salesforce.com"})
        other = httpx2.get(f"{org.url}/healthz", headers={"Host": "lakeside.my.salesforce.com"})

    user_id = next(each["id"] for each in state["users"] if each["is_integration"])
    assert tokens["instance_url"] == PUBLIC
    assert tokens["id"] == f"{PUBLIC}/id/{state['org_id']}/{user_id}"
    assert (public.status_code, other.status_code) == (200, 403)


def test_without_one_tokens_name_the_address_that_was_asked(
    running: tuple[DemoOrgProcess, Path],
) -> None:
    org, _ = running

    assert org.tokens("palmer")["instance_url"] == org.url


def test_its_data_is_for_its_owner_only(running: tuple[DemoOrgProcess, Path]) -> None:
    _, home = running

    modes = {
        each.name: stat.S_IMODE(each.stat().st_mode)
        for each in ((home / "demo_org"), *(home / "demo_org").iterdir())
    }

    assert modes["demo_org"] == 0o700
    assert {mode for name, mode in modes.items() if name != "demo_org"} == {0o600}


def test_a_very_long_address_gets_the_platforms_answer(
    running: tuple[DemoOrgProcess, Path],
) -> None:
    org, _ = running

    answer = httpx2.get(f"{org.url}/services/data/v66.0/query?q={'x' * 60_000}")
    longer = httpx2.get(f"{org.url}/services/data/v66.0/query", headers={"X-Note": "y" * 120_000})

    assert (answer.status_code, longer.status_code) == (414, 431)
    assert "<h1>" in answer.text


def test_the_helper_walks_sign_in_and_reads_log_and_hash(
    running: tuple[DemoOrgProcess, Path],
) -> None:
    org, _ = running
    consumer_key, _secret = org.app("lakeside")
    before = org.records_hash("lakeside")
    tokens = org.tokens("lakeside")
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}

    denied = org.authorize(
        consumer_key, CALLBACK_URL, "s t", user="integration@lakeside.demo", allow=False
    )
    read = httpx2.get(f"{org.url}/services/data/v66.0/limits", headers=headers)
    hash_after_read = org.records_hash("lakeside")
    written = httpx2.post(
        f"{org.url}/services/data/v66.0/sobjects/Contact", headers=headers, json={"LastName": "N"}
    )

    assert denied.startswith(f"{CALLBACK_URL}?error=access_denied&")
    assert "state=s+t" in denied or "state=s%20t" in denied
    assert (read.status_code, written.status_code) == (200, 201)
    kinds = [call["kind"] for call in org.log("lakeside") if call["kind"] != "auth"]
    assert kinds == ["read", "write"]
    assert before == hash_after_read != org.records_hash("lakeside")


def test_the_helper_shows_the_page_of_a_refused_sign_in(
    running: tuple[DemoOrgProcess, Path],
) -> None:
    org, _ = running
    consumer_key, _secret = org.app("palmer")

    with pytest.raises(AssertionError, match="OAUTH_EC_APP_NOT_FOUND"):
        org.authorize(consumer_key, CALLBACK_URL, "s", user="integration@lakeside.demo")


def test_records_grants_and_keys_survive_a_restart_and_reset_forgets(tmp_path: Path) -> None:
    with DemoOrgProcess(home=tmp_path) as org:
        tokens = org.tokens("palmer")
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        path = "/services/data/v66.0/sobjects/Lead"
        lead = {"LastName": "Kept", "Company": "K"}
        made = httpx2.post(f"{org.url}{path}", headers=headers, json=lead).json()["id"]

    with DemoOrgProcess(home=tmp_path) as org:
        kept = httpx2.get(f"{org.url}{path}/{made}?fields=LastName", headers=headers)
    with DemoOrgProcess(home=tmp_path, arguments=("--reset",)) as org:
        gone = httpx2.get(f"{org.url}{path}/{made}", headers=headers)

    assert kept.json()["LastName"] == "Kept"
    assert gone.status_code == 401
