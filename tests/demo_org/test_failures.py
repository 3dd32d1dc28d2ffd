"""Known refusals, asked for by name: each makes trouble and is offered on the org's own page."""

import httpx2
import pytest

from core.demo_org.failures.known import FAILURES
from tests.demo_org.conftest import DemoOrg
from tests.demo_org.test_pages import post


def test_every_failure_is_offered_on_the_page(palmer: DemoOrg) -> None:
    shown = palmer.client.get("/setup/palmer/trouble").text

    assert len(FAILURES) >= 25
    assert all(f'value="{name}"' in shown or f"value='{name}'" in shown for name in FAILURES)


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_waits_for_the_calls_it_is_about(palmer: DemoOrg, name: str) -> None:
    shown = post(
        palmer, "/setup/palmer/faults", {"failure": name}, shown_on="/setup/palmer/trouble"
    )

    assert shown.status_code == 200
    pending = palmer.client.get("/demo/faults").json()["pending"]
    assert [each["match"] for each in pending] == [each.match for each in FAILURES[name].faults]


def test_a_refused_renewal_first_ends_the_session(palmer: DemoOrg) -> None:
    palmer.client.post("/demo/faults", json={"failure": "inactive_user"})

    met: list[httpx2.Response] = [palmer.get("/limits"), palmer.get("/limits")]

    assert [each.status_code for each in met] == [401, 200]


def test_an_unknown_failure_is_refused(palmer: DemoOrg) -> None:
    answer = palmer.client.post("/demo/faults", json={"failure": "nothing"})

    assert answer.status_code == 400
