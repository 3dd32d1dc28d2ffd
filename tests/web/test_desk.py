"""Who may be served: the person at this machine, under a name of this machine, with no proxy."""

import pytest

from core.access.desk import refusal

HOST = "127.0.0.1:8501"


@pytest.mark.parametrize(
    "client",
    [
        None,  # a request whose peer is not known, as in a page script
        "127.0.0.1",
        "127.8.9.10",
        "::1",
        "::ffff:127.0.0.1",
    ],
)
@pytest.mark.parametrize(
    "host", [HOST, "127.0.0.1", "localhost", "LocalHost:8501", "[::1]", "[::1]:8501"]
)
def test_the_person_at_this_machine_is_served(client: str | None, host: str) -> None:
    assert refusal(client_host=client, headers={"host": host}) == ""


@pytest.mark.parametrize(
    "client",
    [
        "203.0.113.9",
        "10.0.0.1",
        "192.168.1.4",
        "0.0.0.0",
        "::",
        "2001:db8::1",
        "fe80::1%eth0",
        "::ffff:203.0.113.9",
        "",
        "localhost",
        "127.0.0.1.evil.example",
        "2130706433",
    ],
)
def test_another_machine_is_refused(client: str) -> None:
    assert "only the machine it runs on" in refusal(client_host=client, headers={"host": HOST})


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8501",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "localhost.",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        "[::1].evil.example",
        "[2001:db8::1]:8501",
        "0.0.0.0:8501",
        "127.0.0.2:8501",
        "2130706433",
        "loc\u0430lhost",
    ],
)
def test_a_foreign_name_is_refused(host: str) -> None:
    told = refusal(client_host="127.0.0.1", headers={"host": host})

    assert "answers only to" in told
    assert "evil" not in told


def test_a_request_without_a_host_is_refused() -> None:
    assert refusal(client_host="127.0.0.1", headers={})


@pytest.mark.parametrize("value", ["127.0.0.1", "203.0.113.9", ""])
@pytest.mark.parametrize(
    "header",
    [
        "forwarded",
        "via",
        "x-real-ip",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-prefix",
        "x-forwarded-proto",
        "x-forwarded-server",
        "x-forwarded-user",
        "x-forwarded",
    ],
)
def test_anything_a_proxy_says_is_refused(header: str, value: str) -> None:
    told = refusal(client_host="127.0.0.1", headers={"host": HOST, header: value})

    assert "behind a proxy" in told
