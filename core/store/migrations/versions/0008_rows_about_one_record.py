"""rows of a plan that are about one record"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan_row", schema=None) as batch_op:
        for name in ("after_row", "made_by_row"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
