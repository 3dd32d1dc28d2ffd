"""life of a mapping"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "examination",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("connection_id", sa.String(), nullable=False),
        sa.Column("examined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("api_calls", sa.Integer(), nullable=False),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("examination", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_examination_connection_id"), ["connection_id"], unique=False
        )

    op.create_table(
        "mapping_draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("connection_id", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["connection.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connection_id"),
    )
    op.create_table(
        "mapping_sign_off",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("mapping_version_id", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mapping_version_id"],
            ["mapping_version.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("mapping_sign_off", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mapping_sign_off_mapping_version_id"),
            ["mapping_version_id"],
            unique=False,
        )

    with op.batch_alter_table("mapping", schema=None) as batch_op:
        batch_op.add_column(sa.Column("live_version", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("live_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("live_by", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("mapping_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table(
        "plan_row",
        # SQLite never named the constraint; this gives it the name that PostgreSQL did
        naming_convention={"uq": "%(table_name)s_%(column_0_N_name)s_key"},
    ) as batch_op:
        batch_op.add_column(
            sa.Column("object_id", sa.String(), nullable=False, server_default="person")
        )
        batch_op.add_column(
            sa.Column("object_index", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("sobject_name", sa.String(), nullable=False, server_default="")
        )
        batch_op.drop_constraint("plan_row_preview_run_id_row_number_key", type_="unique")
        batch_op.create_unique_constraint(
            "plan_row_preview_run_id_row_number_object_index_key",
            ["preview_run_id", "row_number", "object_index"],
        )
