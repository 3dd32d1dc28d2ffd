"""What differs between two mappings, line by line."""

from collections.abc import Sequence

from core.mapping.diff.changes import Change
from core.ui.tables import table


def draw_changes(changes: Sequence[Change], *, key: str) -> None:
    """Draw the changes in their order; long ones scroll."""
    table(
        [
            {
                "Where": change.place,
                "What": f"{change.kind}: {change.what}",
                "Before": change.before,
                "After": change.after,
            }
            for change in changes
        ],
        key=key,
        empty="Nothing differs.",
        alt="Differences between two versions of the mapping",
        height=min(36 * (len(changes) + 1), 400) if changes else None,
    )
