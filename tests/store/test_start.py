"""A start that cannot work ends in a sentence, and leaves what is there alone."""

import sqlite3
from pathlib import Path

import pytest

from core.errors import StartRefused, StorageBusy, StorageError
from core.settings import Settings
from core.store.engine import Store
from core.store.vault import new_key_text
from tests.store.engines import sqlite_settings


def refusal(settings: Settings) -> str:
    with pytest.raises(StartRefused) as refused:
        Store.open(settings).close()
    return str(refused.value)


def file_of(settings: Settings) -> Path:
    file = settings.home / "data" / "console.sqlite3"
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"SQLite format 3\0" + b"\1" * 5000])
def test_damaged_database_is_refused_and_kept(home: Path, content: bytes) -> None:
    settings = sqlite_settings(home)
    file_of(settings).write_bytes(content)

    sentence = refusal(settings)

    assert str(file_of(settings)) in sentence
    assert "backup" in sentence
    assert file_of(settings).read_bytes() == content


def test_database_of_another_program_is_refused_and_kept(home: Path) -> None:
    settings = sqlite_settings(home)
    other = sqlite3.connect(file_of(settings))
    other.execute("CREATE TABLE account (x)")
    other.commit()

    assert str(file_of(settings)) in refusal(settings)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("account",)]
    other.close()


def test_home_that_is_a_file_is_refused(home: Path) -> None:
    home.write_text("x")

    assert "HALDA_CONSOLE_HOME" in refusal(sqlite_settings(home))


def test_database_that_is_a_folder_is_refused(home: Path) -> None:
    settings = sqlite_settings(home)
    file_of(settings).mkdir()

    assert str(file_of(settings)) in refusal(settings)


def test_key_folder_that_is_a_file_is_refused(home: Path) -> None:
    home.mkdir()
    (home / "keys").write_text("x")

    assert str(home / "keys") in refusal(sqlite_settings(home))


def test_home_that_cannot_be_written_is_refused(home: Path) -> None:
    assert "HALDA_CONSOLE_HOME" in refusal(sqlite_settings(Path("/proc/console")))


@pytest.mark.parametrize("port", ["1", "canary"])
def test_postgres_that_does_not_answer_is_refused_without_its_password(
    home: Path, port: str
) -> None:
    settings = sqlite_settings(
        home,
        DATABASE_URL=f"postgresql://u:canary@127.0.0.1:{port}/x",
        SECRET_KEYS=new_key_text().reveal(),
    )

    sentence = refusal(settings)

    assert "HALDA_CONSOLE_DATABASE_URL" in sentence
    assert "canary" not in sentence


def test_store_in_memory_is_refused(home: Path) -> None:
    assert "names no file" in refusal(sqlite_settings(home, DATABASE_URL="sqlite:///:memory:"))


def test_start_beside_a_long_writer_says_that_the_store_is_busy(home: Path) -> None:
    settings = sqlite_settings(home, STORAGE_WAIT_SECONDS="1")
    first = Store.open(settings)

    with first.write(), pytest.raises(StorageBusy):
        Store.open(settings)
    first.close()


def test_damage_after_the_start_is_told_as_an_error_of_the_store(home: Path) -> None:
    settings = sqlite_settings(home)
    Store.open(settings).close()
    store = Store.open(settings)
    store.close()
    file_of(settings).write_bytes(b"not a database" * 1000)

    with pytest.raises(StorageError), store.read():
        pass
    store.close()
