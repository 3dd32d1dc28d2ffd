"""One difference between two mappings: where it is, what was and what is. Words, no search."""

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `place` and `what` say where in words; an added one has no `before`.

    `object_id`, `row_id` and `form_id` name the place for programs; empty where they do not apply.
    """

    place: str
    kind: ChangeKind = ChangeKind.CHANGED
    what: str = ""
    before: str = ""
    after: str = ""
    object_id: str = ""
    row_id: str = ""
    form_id: str = ""

    @property
    def sentence(self) -> str:
        """`Person · Email ← lead.email: write rule: only on create → append`."""
        head = f"{self.place}: {self.what}" if self.what else self.place
        if self.kind is ChangeKind.CHANGED:
            return f"{head}: {self.before} → {self.after}"
        return f"{head}: {self.kind} {self.after or self.before}".rstrip()
