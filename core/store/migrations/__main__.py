"""Write a migration from the tables: `python -m core.store.migrations ["what it does"]`.

Without a message the first migration is written anew, which is only right before a release.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.script.base import Script
from sqlalchemy import create_engine
from sqlmodel.sql.sqltypes import AutoString

from core.store.migrate import MIGRATIONS, alembic_config
from core.store.tables import UtcDateTime

_FIRST = MIGRATIONS / "versions" / "0001_first_tables.py"


def write_migration(message: str) -> Path:
    """Write the next migration, or the first anew for an empty message; return its path."""
    if not message:
        _FIRST.unlink(missing_ok=True)
    with create_engine("sqlite://").connect() as connection:
        config = alembic_config(connection)
        config.attributes["render_item"] = render_item
        if message:
            command.upgrade(config, "head")
        numbers = [int(each.name[:4]) for each in _FIRST.parent.glob("[0-9]*.py")]
        script = command.revision(
            config,
            message or "first tables",
            autogenerate=True,
            rev_id=f"{max(numbers, default=0) + 1:04}",
        )
    assert isinstance(script, Script)
    path = Path(script.path)
    for arguments in (["format"], ["check", "--fix", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, str(path)], check=True)  # noqa: S603  our own tool and path
    return path


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Plain column types, so that an old migration never depends on today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def main(arguments: Sequence[str]) -> None:
    path = write_migration(" ".join(arguments))
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
