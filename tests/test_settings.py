"""Settings: typed values, defaults, and refusals that name the variable and never its value."""

import dataclasses
from pathlib import Path

import pytest

from core.errors import StartRefused
from core.secret import Secret
from core.settings import Settings


def read(**environ: str) -> Settings:
    return Settings.from_environ(
        {f"HALDA_CONSOLE_{name}": value for name, value in environ.items()}
    )


def refusal(**environ: str) -> str:
    with pytest.raises(StartRefused) as refused:
        read(**environ)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return str(refused.value)


def test_nothing_set_gives_an_embedded_store_of_this_user() -> None:
    settings = Settings.from_environ({"PATH": "/bin"})

    home = Path.home() / ".halda-console"
    assert settings.home == home
    assert settings.database_url == f"sqlite:///{home}/data/console.sqlite3"
    assert settings.key_file == home / "keys" / "console.key"
    assert settings.secret_keys is None
    assert settings.demo_org
    assert settings.is_loopback


def test_empty_value_counts_as_not_set() -> None:
    assert read(SECRET_KEYS="", DEMO_ORG="  ", DATABASE_URL="") == read()


def test_database_and_key_file_follow_the_home(tmp_path: Path) -> None:
    settings = read(HOME=str(tmp_path))

    assert settings.database_url == f"sqlite:///{tmp_path}/data/console.sqlite3"
    assert settings.key_file == tmp_path / "keys" / "console.key"


def test_home_may_begin_with_the_users_folder() -> None:
    assert read(HOME="~/x").home == Path.home() / "x"


def test_every_kind_of_value_is_read() -> None:
    settings = read(
        URL="HTTPS://Console.Example:8443/",
        DEMO_ORG="OFF",
        API_VERSION_CEILING="64.0",
        OPERATOR_NAME="Inés",
        EGRESS_ADDRESSES="192.0.2.7, 198.51.100.0/24",
        LEASE_SECONDS="40",
        SECRET_KEYS="k1:x",
    )

    assert settings.console_url == "https://console.example:8443"
    assert not settings.is_loopback
    assert not settings.demo_org
    assert settings.api_version_ceiling == "64.0"
    assert settings.operator_name == "Inés"
    assert settings.egress_addresses == "192.0.2.7, 198.51.100.0/24"
    assert settings.lease_seconds == 40
    assert settings.secret_keys == Secret("k1:x")


def test_demo_org_address_follows_its_port() -> None:
    assert read(DEMO_ORG_PORT="9000").demo_org_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_console_on_this_machine_is_loopback(host: str) -> None:
    assert read(URL=f"http://{host}:8501").is_loopback


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOME", "~no-such-user-canary/x"),
        ("HOME", "canary\0"),
        ("DATABASE_URL", "mysql://canary:canary@host/x"),
        ("DATABASE_URL", "sqlite://"),
        ("PUBLIC_BASE_URL", "http://canary.example"),
        ("PUBLIC_BASE_URL", "https://canary:word@host"),
        ("PUBLIC_BASE_URL", "https://host/canary"),
        ("PUBLIC_BASE_URL", "https://host?canary"),
        ("PUBLIC_BASE_URL", "https://host#canary"),
        ("PUBLIC_BASE_URL", "canary"),
        ("PUBLIC_BASE_URL", "https://cänäry.example"),
        ("URL", "http://127.0.0.1:99999"),
        ("URL", "http://[::1"),
        ("URL", "javascript:canary"),
        ("DEMO_ORG", "canary"),
        ("DEMO_ORG_PORT", "0"),
        ("DEMO_ORG_PORT", "65536"),
        ("API_VERSION_CEILING", "66"),
        ("API_VERSION_CEILING", "9.0"),
        ("CA_BUNDLE", "/no/such/canary.pem"),
        ("OPERATOR_NAME", "canary\x1b[2J"),
        ("OPERATOR_NAME", "canary" * 20),
        ("EGRESS_ADDRESSES", "192.0.2.7, canary"),
        ("LEASE_SECONDS", "0"),
        ("LEASE_SECONDS", "canary"),
        ("LEASE_SECONDS", "9" * 5000),
        ("STORAGE_WAIT_SECONDS", "-1"),
    ],
)
def test_unusable_value_is_refused_by_name_and_not_repeated(name: str, value: str) -> None:
    sentence = refusal(**{name: value})

    assert f"HALDA_CONSOLE_{name} " in sentence
    assert "canary" not in sentence
    assert len(sentence) < 300


def test_unknown_name_is_refused_with_the_nearest_one() -> None:
    sentence = refusal(SECRETKEYS="k1:canary")

    assert "HALDA_CONSOLE_SECRETKEYS" in sentence
    assert "HALDA_CONSOLE_SECRET_KEYS?" in sentence
    assert "canary" not in sentence


def test_unknown_name_is_refused_even_where_it_is_empty() -> None:
    assert "HALDA_CONSOLE_NONSENSE" in refusal(NONSENSE="")


def test_token_call_may_not_outlive_its_lease() -> None:
    assert "TOKEN_DEADLINE_SECONDS" in refusal(TOKEN_DEADLINE_SECONDS="30", LEASE_SECONDS="30")


def test_settings_show_neither_keys_nor_the_databases_password() -> None:
    settings = read(SECRET_KEYS="k1:canary", DATABASE_URL="postgresql://u:canary@host/x")

    assert "canary" not in repr(settings)
    assert "canary" not in str(settings)
    with pytest.raises(TypeError):
        dataclasses.asdict(settings)
