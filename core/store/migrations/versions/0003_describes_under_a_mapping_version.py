"""describes under a mapping version"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_describe",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("connection_id", sa.String(), nullable=False),
        sa.Column("sobject_name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connection_id", "sobject_name", "fingerprint"),
    )
    with op.batch_alter_table("kept_describe", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kept_describe_connection_id"), ["connection_id"], unique=False
        )

    with op.batch_alter_table("mapping_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("basis", sa.JSON(), nullable=False, server_default="{}"))
