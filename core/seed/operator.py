"""Who the demo's own work is done by."""

from typing import Final

OPERATOR: Final = "Demo specialist"
