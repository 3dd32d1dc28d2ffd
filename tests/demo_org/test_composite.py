from typing import Any

import pytest

from tests.demo_org.conftest import BASE, DemoOrg

NEW = {"LastName": "Neu", "Company": "Neu, Nora"}


def part(method: str, path: str, reference: str, body: Any = None) -> dict[str, Any]:
    return {"method": method, "url": BASE + path, "referenceId": reference, "body": body}


def run(org: DemoOrg, *parts: dict[str, Any], all_or_none: bool = False) -> Any:
    return org.call("POST", "/composite",
                    {"allOrNone": all_or_none, "compositeRequest": list(parts)})  # fmt: skip


def calls(org: DemoOrg) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = org.client.get("/demo/log", params={"org": "palmer"}).json()[
        "calls"
    ]
    return listed


def test_a_part_can_use_what_an_earlier_one_answered(palmer: DemoOrg) -> None:
    answer = run(
        palmer,
        part("POST", "/sobjects/Lead", "new", NEW),
        part("PATCH", "/sobjects/Lead/@{new.id}", "change", {"City": "Provo"}),
        part("GET", "/query?q=SELECT+City+FROM+Lead+WHERE+Id='@{new.id}'", "read"),
    )

    first, second, third = answer.json()["compositeResponse"]
    assert (first["httpStatusCode"], second["httpStatusCode"]) == (201, 204)
    assert third["body"]["records"][0]["City"] == "Provo"
    assert first["referenceId"] == "new"


def test_all_or_none_rolls_back_and_says_so(palmer: DemoOrg) -> None:
    before = palmer.hash()

    answer = run(
        palmer,
        part("POST", "/sobjects/Lead", "good", NEW),
        part("POST", "/sobjects/Lead", "bad", {"LastName": "Alone"}),
        all_or_none=True,
    )

    good, bad = answer.json()["compositeResponse"]
    assert answer.status_code == 200
    assert good["body"][0]["errorCode"] == "PROCESSING_HALTED"
    assert bad["body"][0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert palmer.hash() == before


def test_a_reference_to_a_failed_part_is_halted(palmer: DemoOrg) -> None:
    answer = run(
        palmer,
        part("POST", "/sobjects/Lead", "bad", {}),
        part("PATCH", "/sobjects/Lead/@{bad.id}", "after", {"City": "x"}),
    )

    assert answer.json()["compositeResponse"][1]["body"][0]["errorCode"] == "PROCESSING_HALTED"


@pytest.mark.parametrize(
    ("path", "count"),
    [pytest.param("/limits", 26, id="parts"), pytest.param("/query?q=x", 6, id="queries")],
)
def test_too_many_parts_are_refused_as_a_whole(palmer: DemoOrg, path: str, count: int) -> None:
    answer = run(palmer, *(part("GET", path, f"r{number}") for number in range(count)))

    assert answer.status_code == 400


def test_a_composite_counts_once_and_a_batch_counts_each_part(palmer: DemoOrg) -> None:
    run(palmer, *(part("GET", "/limits", f"r{number}") for number in range(3)))
    three = [{"method": "GET", "url": "v66.0/limits"}] * 3
    batch = palmer.call("POST", "/composite/batch", {"batchRequests": three})

    assert [each["counted"] for each in calls(palmer)[-2:]] == [1, 3]
    assert [each["statusCode"] for each in batch.json()["results"]] == [200, 200, 200]
    assert batch.headers["sforce-limit-info"] == "api-usage=4/100000"


def test_the_log_tells_reads_from_writes_inside_a_composite(palmer: DemoOrg) -> None:
    run(palmer, part("GET", "/limits", "a"))
    run(palmer, part("GET", "/limits", "a"), part("POST", "/sobjects/Lead", "b", NEW))
    palmer.call("POST", "/composite/sobjects/Lead", {"ids": ["00QPs0000000001MAA"],
                                                     "fields": ["Name"]})  # fmt: skip

    assert [each["kind"] for each in calls(palmer)[-3:]] == ["read", "write", "read"]


def test_a_halted_batch_leaves_the_rest_undone(palmer: DemoOrg) -> None:
    parts = [{"method": "GET", "url": "v66.0/nowhere"}, {"method": "GET", "url": "v66.0/limits"}]

    answer = palmer.call("POST", "/composite/batch",
                         {"haltOnError": True, "batchRequests": parts}).json()  # fmt: skip

    assert answer["hasErrors"] is True
    assert [each["statusCode"] for each in answer["results"]] == [404, 412]


RULES = part("GET", "/tooling/query/?q=SELECT+Id,ValidationName+FROM+ValidationRule", "rules")
LEADS = part("GET", "/query?q=SELECT+Id+FROM+Lead+LIMIT+1", "leads")


def test_the_tooling_apis_own_composite_reads_rules_as_one_counted_call(palmer: DemoOrg) -> None:
    before = len(calls(palmer))

    answer = palmer.call("POST", "/tooling/composite", {"compositeRequest": [RULES]})

    [read] = answer.json()["compositeResponse"]
    [logged] = calls(palmer)[before:]
    assert read["body"]["records"]
    assert (logged["counted"], logged["kind"]) == (1, "read")


@pytest.mark.parametrize(
    ("path", "parts"),
    [("/composite", [LEADS, RULES]), ("/tooling/composite", [RULES, LEADS])],
)
def test_neither_composite_takes_the_others_parts(
    palmer: DemoOrg, path: str, parts: list[dict[str, Any]]
) -> None:
    answer = palmer.call("POST", path, {"compositeRequest": parts})

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_INPUT")
