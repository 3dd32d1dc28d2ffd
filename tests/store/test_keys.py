"""Keys at start: where they may come from, and the sentence where they do not fit."""

import base64
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import StartRefused
from core.secret import Secret
from core.settings import Settings
from core.store.engine import Store
from core.store.vault import new_key_text
from tests.store.engines import sqlite_settings

KEYS = "HALDA_CONSOLE_SECRET_KEYS"


def refusal(settings: Settings) -> str:
    with pytest.raises(StartRefused) as refused:
        Store.open(settings).close()
    return str(refused.value)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def make_store(settings: Settings) -> None:
    Store.open(settings).close()


def test_new_store_makes_a_key_file_apart_that_only_its_owner_reads(home: Path) -> None:
    settings = sqlite_settings(home)

    store = Store.open(settings)

    assert mode(settings.key_file) == 0o600
    assert mode(settings.key_file.parent) == 0o700
    assert not settings.key_file.is_relative_to(home / "data")
    assert store.key_source == f"key file {settings.key_file}"
    store.close()


def test_database_and_its_logs_are_readable_by_their_owner_only(home: Path) -> None:
    store = Store.open(sqlite_settings(home))
    with store.write() as session:
        session.execute(text("DELETE FROM operator"))

    files = list((home / "data").iterdir())

    assert {each.name for each in files} >= {"console.sqlite3", "console.sqlite3-wal"}
    assert {mode(each) for each in files} == {0o600}
    assert {mode(each) for each in (home, home / "data")} == {0o700}
    store.close()


def test_loose_modes_of_an_older_store_are_tightened(home: Path) -> None:
    settings = sqlite_settings(home)
    make_store(settings)
    for path, loose in ((home, 0o755), (home / "data", 0o755), (file_of(home), 0o644)):
        path.chmod(loose)

    make_store(settings)

    assert [mode(path) for path in (home, home / "data", file_of(home))] == [0o700, 0o700, 0o600]


def file_of(home: Path) -> Path:
    return home / "data" / "console.sqlite3"


def test_keys_of_the_environment_are_used_and_no_file_is_made(home: Path) -> None:
    settings = sqlite_settings(home, SECRET_KEYS=new_key_text().reveal())

    store = Store.open(settings)

    assert store.key_source == "environment"
    assert not settings.key_file.exists()
    store.close()


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o620])
def test_key_file_that_others_can_reach_is_refused(home: Path, bits: int) -> None:
    settings = sqlite_settings(home)
    make_store(settings)
    settings.key_file.chmod(bits)

    assert "chmod 600" in refusal(settings)


def test_key_file_beside_the_database_is_refused_before_anything_is_made(home: Path) -> None:
    settings = sqlite_settings(home, KEY_FILE=str(home / "data" / "console.key"))

    assert "HALDA_CONSOLE_KEY_FILE" in refusal(settings)
    assert not settings.key_file.exists()
    assert not file_of(home).exists()


def bad_rings() -> list[tuple[str, str]]:
    short = base64.b64encode(b"s" * 31).decode()
    fit, other = (base64.b64encode(each * 32).decode() for each in (b"a", b"b"))
    return [
        (f"k1:{short}", "not 32 bytes"),
        ("k1:", "not 32 bytes"),
        ("k1:canary!", "not 32 bytes"),
        (f"k1:{fit},k1:{other}", "two keys named k1"),
        (f"k1:{fit},k2:{fit}", "a second time"),
        (fit, "NAME:BASE64"),
        (f"k1:{fit},", "NAME:BASE64"),
        (f"k 1:{fit}", "NAME:BASE64"),
    ]


@pytest.mark.parametrize(("ring", "why"), bad_rings())
def test_unusable_ring_is_refused_by_name_and_prints_no_key(
    home: Path, ring: str, why: str
) -> None:
    sentence = refusal(sqlite_settings(home, SECRET_KEYS=ring))

    assert KEYS in sentence
    assert why in sentence
    assert not [part for part in ring.split(":") if len(part) > 8 and part in sentence]
    assert "canary" not in sentence
    assert not home.exists()


def test_damaged_key_file_is_refused_by_name(home: Path) -> None:
    settings = sqlite_settings(home)
    make_store(settings)
    settings.key_file.write_bytes(b"\xff\xfecanary")

    sentence = refusal(settings)

    assert str(settings.key_file) in sentence
    assert "canary" not in sentence


def test_sealed_store_without_its_key_is_refused_and_makes_no_new_one(home: Path) -> None:
    settings = sqlite_settings(home)
    make_store(settings)
    settings.key_file.unlink()

    assert KEYS in refusal(settings)
    assert not settings.key_file.exists()


def test_missing_key_of_the_store_is_named(store_settings: Settings) -> None:
    make_store(replace(store_settings, secret_keys=new_key_text("k1")))
    other = new_key_text("k2")

    sentence = refusal(replace(store_settings, secret_keys=other))

    assert "the key k1, which is not at hand" in sentence
    assert KEYS in sentence
    assert other.reveal()[3:] not in sentence


def test_wrong_key_under_the_right_name_is_refused(store_settings: Settings) -> None:
    right = new_key_text("k1")
    make_store(replace(store_settings, secret_keys=right))
    wrong = new_key_text("k1")

    sentence = refusal(replace(store_settings, secret_keys=wrong))

    assert "not the one this store was written with" in sentence
    assert KEYS in sentence
    assert not [key for key in (right, wrong) if key.reveal()[3:] in sentence]
    make_store(replace(store_settings, secret_keys=right))


def test_further_key_is_taken_in_front_of_the_old_one(store_settings: Settings) -> None:
    old, new = new_key_text("k1"), new_key_text("k2")
    make_store(replace(store_settings, secret_keys=old))
    both = Secret(f"{new.reveal()},{old.reveal()}")

    store = Store.open(replace(store_settings, secret_keys=both))

    assert store.vault.first_key_id == "k2"
    store.close()


def test_postgres_without_a_key_is_refused_before_it_is_spoken_to(home: Path) -> None:
    settings = sqlite_settings(home, DATABASE_URL="postgresql://u:canary@127.0.0.1:1/x")

    sentence = refusal(settings)

    assert KEYS in sentence
    assert "canary" not in sentence
    assert not settings.key_file.exists()


def test_console_that_serves_other_machines_makes_no_key_file(home: Path) -> None:
    settings = sqlite_settings(home, URL="https://console.example")

    assert KEYS in refusal(settings)
    assert not home.exists()
