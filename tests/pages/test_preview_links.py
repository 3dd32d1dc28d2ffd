"""A preview's records are opened in the org that it read, and in no other."""

from dataclasses import dataclass
from typing import Any

import pytest

from core.ui.preview.words import org_url

LAKESIDE, ANOTHER = "00D000000000001AAA", "00D000000000002AAA"
URL = "https://lakeside.my.salesforce.com"


@dataclass
class Org:
    """What a connection says of its org, and a preview of the one that it read."""

    org_id: str
    instance_url: str = URL


@dataclass
class Connection:
    org: Org | None


@dataclass
class Place:
    connection: Connection


@pytest.mark.parametrize(
    ("org", "url"),
    [
        pytest.param(Org(LAKESIDE), URL, id="the org that was read"),
        pytest.param(Org(ANOTHER), "", id="signed in to another one since"),
        pytest.param(None, "", id="signed in to none"),
    ],
)
def test_links_lead_to_the_org_that_the_preview_read(org: Org | None, url: str) -> None:
    place: Any = Place(Connection(org))
    run: Any = Org(LAKESIDE)

    assert org_url(place, run) == url
