"""Whether what all rows of a mapping share makes sense: country, time zone, object ids. Pure."""

import re
from collections.abc import Iterator

from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.model import MappingDraft
from core.mapping.transforms.countries import load_countries
from core.mapping.transforms.option_checks import is_zone

# What a composite request takes as the reference id by which later records point at this one.
# https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
_OBJECT_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def setting_issues(draft: MappingDraft) -> Iterator[MappingIssue]:
    """Yield the settings that no inquiry could be read by; each of them blocks."""
    code = draft.default_country.strip().upper()
    country = load_countries().by_code.get(code)
    if country is None or country.alpha2 != code:
        yield _blocks(
            IssueKind.BAD_SETTING,
            f"The default country {draft.default_country or '(blank)'} is no ISO code of two "
            "letters.",
            "Enter a code such as US or CA.",
        )
    if not is_zone(draft.time_zone):
        yield _blocks(
            IssueKind.BAD_SETTING,
            f"There is no time zone {draft.time_zone or '(blank)'}.",
            "Enter a name such as America/New_York.",
        )
    for mapping in draft.objects:
        if not _OBJECT_ID.fullmatch(mapping.object_id):
            yield _blocks(
                IssueKind.BAD_OBJECT_ID,
                f"{mapping.object_id or 'A blank text'} cannot be the name of an object of the "
                "mapping.",
                "Begin with a letter, and use letters without accents, digits and _ only.",
            )


def _blocks(kind: IssueKind, message: str, advice: str) -> MappingIssue:
    return MappingIssue(kind=kind, severity=Severity.BLOCKS, message=message, advice=advice)
