"""Alembic's entry: always embedded, on the connection it is handed."""

from alembic import context
from sqlmodel import SQLModel

import core.store.tables  # noqa: F401  fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=context.config.attributes.get("render_item"),
    transactional_ddl=False,  # the caller's transaction is the one that counts
)
context.run_migrations()
