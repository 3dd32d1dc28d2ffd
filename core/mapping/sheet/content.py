"""What a sign-off sheet holds: facts, then sections of lines. Texts only, the same in each form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from core.mapping.coverage import Coverage

# Neither a page nor a workbook may hold these.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFacts:
    """What the sheet is about: the org, one version of its mapping, and who agreed to it.

    `content_hash` is the version's own. Without `signed_at` the sheet says that it is a draft.
    `coverage` was judged by the inquiries of the load named.
    """

    university: str
    environment: str
    org_name: str
    org_id: str
    version: int
    content_hash: str
    saved_by: str
    saved_at: datetime
    origin: str = ""
    version_note: str = ""
    customer_name: str = ""
    signed_by: str = ""
    signed_at: datetime | None = None
    note: str = ""
    load_name: str = ""
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCell:
    """One field of one example record: what Halda has, and Salesforce before and after.

    `before` is None where no preview has read the org with this version.
    """

    record: str = field(repr=False)
    object_id: str
    field_name: str
    source: str = field(repr=False)
    before: str | None = field(default=None, repr=False)
    after: str = field(repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """One table. `name` is short, for a sheet's tab; every line has a cell for each column.

    `links` are https addresses by the text that opens them, where a cell holds nothing else.
    """

    title: str
    name: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    told: str = ""
    starts_page: bool = False
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffSheet:
    """The whole sheet; `facts` are pairs of a word and what it is."""

    title: str
    is_signed: bool
    facts: tuple[tuple[str, str], ...]
    sections: tuple[SheetSection, ...]


def showable(text: str) -> str:
    """Return the text with line ends as one and without what cannot be shown."""
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def make_section(
    title: str,
    name: str,
    columns: tuple[str, ...],
    lines: Sequence[tuple[str, ...]],
    told: str = "",
    *,
    starts_page: bool = False,
) -> SheetSection:
    """Return a section whose texts can all be shown."""
    return SheetSection(
        title=showable(title),
        name=showable(name),
        columns=columns,
        lines=tuple(tuple(map(showable, line)) for line in lines),
        told=told,
        starts_page=starts_page,
    )
