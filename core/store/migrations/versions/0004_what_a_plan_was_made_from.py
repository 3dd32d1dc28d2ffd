"""what a plan was made from"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("preview_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("org_id", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("source_hash", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("described", sa.JSON(), nullable=False, server_default="{}"))
