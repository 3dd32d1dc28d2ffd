"""Write the next migration from the tables: `python -m core.store.migrations "what it does"`.

Read what it wrote: a default for the rows there are and the names of constraints are added by hand.
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

_VERSIONS = MIGRATIONS / "versions"


def write_migration(message: str) -> Path:
    """Write what leads from the newest migration to the tables; return its path."""
    with create_engine("sqlite://").connect() as connection:
        config = alembic_config(connection)
        config.attributes["render_item"] = render_item
        command.upgrade(config, "head")
        numbers = [int(each.name[:4]) for each in _VERSIONS.glob("[0-9]*.py")]
        script = command.revision(
            config,
            message,
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
    message = " ".join(arguments).strip()
    if not message:
        sys.exit('Say what the migration does: make migration MESSAGE="keep the draft"')
    path = write_migration(message)
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
