"""Stores for tests, on both engines. Import the fixtures you need into a conftest or module."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from core.settings import Settings
from core.store.engine import Store
from core.store.tables import Account, Connection
from core.store.vault import new_key_text

POSTGRES_URL = "HALDA_TEST_POSTGRES_URL"
ENGINES = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
)


def sqlite_settings(home: Path, **environ: str) -> Settings:
    """Settings of an embedded store below `home`; `environ` takes names without their prefix."""
    named = {f"HALDA_CONSOLE_{name}": value for name, value in environ.items()}
    return Settings.from_environ({"HALDA_CONSOLE_HOME": str(home), **named})


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A database of the test's own on the server that the environment names."""
    server = os.environ.get(POSTGRES_URL)
    if not server:
        pytest.skip(f"{POSTGRES_URL} names no PostgreSQL server")
    name = f"console_{uuid4().hex[:12]}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=ENGINES)
def store_settings(request: pytest.FixtureRequest, home: Path) -> Settings:
    """Settings of a new store, once on each engine."""
    if request.param == "sqlite":
        return sqlite_settings(home)
    return sqlite_settings(
        home,
        DATABASE_URL=request.getfixturevalue("postgres_url"),
        SECRET_KEYS=new_key_text().reveal(),
    )


@pytest.fixture
def store(store_settings: Settings) -> Iterator[Store]:
    """A new store, once on each engine."""
    opened = Store.open(store_settings)
    yield opened
    opened.close()


def seed_connection(store: Store, account_id: str = "acct1", name: str = "Palmer State") -> str:
    """Keep a Halda account with one production connection; return the connection's id."""
    with store.write() as session:
        now = store.now(session)
        session.add(Account(id=account_id, name=name, created_at=now, created_by="Ines"))
        session.flush()
        row = Connection(
            account_id=account_id, environment="production", state_since=now, created_at=now
        )
        session.add(row)
    return row.id
