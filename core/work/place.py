"""Where background work is written down: never among the store's own tables."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from core.settings import Settings
from core.store.databases import build_engine, sqlite_file

SCHEMA = "work"


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """A database for the work. `file` is None where it is a schema in the store's PostgreSQL."""

    url: str = field(repr=False)  # may carry a password
    file: Path | None

    def beside(self, name: str) -> Path:
        """A file of this name beside the embedded database."""
        assert self.file is not None
        return self.file.with_name(f"{self.file.stem}.{name}")


def work_place(settings: Settings) -> WorkPlace:
    """The place that belongs to the settings' store."""
    file = sqlite_file(settings)
    if file is None:
        url = make_url(settings.database_url).set(drivername="postgresql+psycopg")
        return WorkPlace(url.render_as_string(hide_password=False), None)
    own = file.with_name(f"{file.stem}-work.sqlite")  # two stores may share a folder
    return WorkPlace(f"sqlite:///{own}", own)


def open_work_database(settings: Settings) -> Engine:
    """A private file in write-ahead mode, or the store's server, as the store itself is opened."""
    place = work_place(settings)
    engine = build_engine(replace(settings, database_url=place.url))
    with engine.connect():  # the first connection sets the file's journal mode for good
        return engine
