"""The platform's sizes, and what each call costs of the day."""

from typing import Any

import pytest

from tests.demo_org.conftest import BASE, DemoOrg

ROWS = 2_000


def fill(org: DemoOrg, count: int) -> None:
    """Write students straight into the org; the API would take ten calls."""
    palmer = org.app.state.world.orgs["palmer"]
    sobject = palmer.sobject("Campaign")
    with palmer.records.transaction():
        for number in range(count):
            record = {"Id": palmer.new_id(sobject), "Name": f"Bulk {number}", "IsDeleted": False}
            palmer.records.put("Campaign", record)


def counted(org: DemoOrg) -> list[int]:
    listed = org.client.get("/demo/log", params={"org": "palmer"}).json()["calls"]
    return [call["counted"] for call in listed if call["kind"] != "auth"]


def part(path: str, name: str) -> dict[str, Any]:
    return {"method": "GET", "url": BASE + path, "referenceId": name}


def composite(org: DemoOrg, *paths: str) -> Any:
    parts = [part(path, f"r{number}") for number, path in enumerate(paths)]
    return org.call("POST", "/composite", {"compositeRequest": parts})


def test_a_page_holds_two_thousand_rows(palmer: DemoOrg) -> None:
    fill(palmer, ROWS + 1)
    statement = {"q": "SELECT Id FROM Campaign WHERE Name LIKE 'Bulk %' ORDER BY Name"}

    first = palmer.get("/query", params=statement).json()
    path = first["nextRecordsUrl"].removeprefix(BASE)
    second = palmer.get(path).json()

    assert (len(first["records"]), first["done"], first["totalSize"]) == (ROWS, False, ROWS + 1)
    assert (len(second["records"]), second["done"]) == (1, True)
    assert path.endswith(f"-{ROWS}")
    assert counted(palmer) == [1, 1]


def test_as_many_rows_as_a_page_holds_need_no_second_one(palmer: DemoOrg) -> None:
    fill(palmer, ROWS)

    whole = palmer.get("/query", params={"q": "SELECT Id FROM Campaign WHERE Name LIKE 'Bulk %'"})

    assert whole.json()["done"] is True
    assert "nextRecordsUrl" not in whole.json()


@pytest.mark.parametrize(("asked", "given"), [(1, 200), (250, 250), (9_999, 2_000)])
def test_the_page_size_can_be_asked_for_within_its_bounds(
    palmer: DemoOrg, asked: int, given: int
) -> None:
    fill(palmer, ROWS + 1)

    page = palmer.get(
        "/query",
        params={"q": "SELECT Id FROM Campaign"},
        headers={"Sforce-Query-Options": f"batchSize={asked}"},
    ).json()

    assert len(page["records"]) == given


@pytest.mark.parametrize("locator", ["01gnothing-2000", "01gnothing", "01g-x"])
def test_an_unknown_page_is_refused(palmer: DemoOrg, locator: str) -> None:
    answer = palmer.get(f"/query/{locator}")

    assert answer.status_code == 400
    assert answer.json()[0]["errorCode"] == "INVALID_QUERY_LOCATOR"


def test_a_long_address_is_refused_in_html_before_anybody_reads_it(palmer: DemoOrg) -> None:
    answer = palmer.get("/query", params={"q": "x" * 16_400})

    assert answer.status_code == 414
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>" in answer.text
    assert counted(palmer) == []


def test_address_and_headers_together_have_a_bound(palmer: DemoOrg) -> None:
    answer = palmer.get("/query?q=" + "x" * 8_000, headers={"X-Note": "y" * 8_200})

    assert answer.status_code == 431
    assert "<h1>" in answer.text


def test_a_statement_holds_a_hundred_thousand_characters(palmer: DemoOrg) -> None:
    start = "SELECT Id FROM Lead WHERE LastName = 'Lopez'"
    longest = start + " " * (100_000 - len(start) - 2) + "\n "
    parts = [
        {"method": "GET", "url": f"{BASE}/query?q={text}", "referenceId": name}
        for name, text in (("fits", longest), ("over", longest + " "))
    ]

    answers = palmer.call("POST", "/composite", {"compositeRequest": parts}).json()

    fits, over = answers["compositeResponse"]
    assert fits["httpStatusCode"] == 200
    assert over["body"][0]["errorCode"] == "MALFORMED_QUERY"


@pytest.mark.parametrize(("length", "status"), [(4_000, 200), (4_001, 400)])
def test_a_text_in_a_statement_holds_four_thousand_characters(
    palmer: DemoOrg, length: int, status: int
) -> None:
    statement = f"SELECT Id FROM Lead WHERE LastName = '{'x' * length}'"

    answer = palmer.get("/query", params={"q": statement})

    assert answer.status_code == status
    if status == 400:
        assert answer.json()[0]["errorCode"] == "MALFORMED_QUERY"


@pytest.mark.parametrize(
    "path",
    ["//services/data/v66.0/limits", "/services//data///v66.0/limits", f"{BASE}//limits"],
)
def test_doubled_slashes_are_one(palmer: DemoOrg, path: str) -> None:
    answer = palmer.client.get(f"http://127.0.0.1:8502{path}", headers=palmer.headers)

    assert answer.status_code == 200
    assert "DailyApiRequests" in answer.json()


def test_calls_cost_what_the_platform_counts(palmer: DemoOrg) -> None:
    palmer.client.get("/services/data")
    palmer.get("/limits")
    composite(palmer, "/limits", "/limits", "/sobjects/Lead/describe")
    parts = [{"method": "GET", "url": "v66.0/limits"}] * 25
    last = palmer.call("POST", "/composite/batch", {"batchRequests": parts})

    assert counted(palmer) == [1, 1, 25]
    assert last.headers["sforce-limit-info"] == "api-usage=27/100000"
    assert palmer.get("/limits").json()["DailyApiRequests"]["Remaining"] == 100_000 - 27


def test_the_versions_need_no_token(org: DemoOrg) -> None:
    versions = org.client.get("/services/data/").json()

    assert [each["version"] for each in versions] == [f"{number}.0" for number in range(58, 67)]


def test_an_unknown_version_is_not_found(palmer: DemoOrg) -> None:
    answer = palmer.client.get("/services/data/v9.0/limits", headers=palmer.headers)

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (404, "NOT_FOUND")


def test_a_composite_holds_five_queries_among_its_parts(palmer: DemoOrg) -> None:
    ask = "/query?q=SELECT+Id+FROM+Lead+LIMIT+1"

    five = composite(palmer, *[ask] * 5, *["/limits"] * 20)
    six = composite(palmer, *[ask] * 6)

    assert [each["httpStatusCode"] for each in five.json()["compositeResponse"]] == [200] * 25
    assert (six.status_code, six.json()[0]["errorCode"]) == (400, "LIMIT_EXCEEDED")


def test_a_composite_counts_collections_among_its_queries(palmer: DemoOrg) -> None:
    body = {"records": [{"attributes": {"type": "Lead"}, "LastName": "Neu", "Company": "N"}]}
    parts = [
        {"method": "POST", "url": f"{BASE}/composite/sobjects", "referenceId": f"c{number}",
         "body": body}
        for number in range(6)
    ]  # fmt: skip
    before = palmer.hash()

    answer = palmer.call("POST", "/composite", {"compositeRequest": parts})

    assert answer.status_code == 400
    assert palmer.hash() == before


def test_a_composite_holds_twenty_five_parts(palmer: DemoOrg) -> None:
    assert composite(palmer, *["/limits"] * 25).status_code == 200
    assert composite(palmer, *["/limits"] * 26).status_code == 400


def test_a_collection_holds_two_hundred_records(palmer: DemoOrg) -> None:
    rows = [
        {"attributes": {"type": "Lead"}, "LastName": f"Row {number}", "Company": "Rows"}
        for number in range(201)
    ]

    over = palmer.call("POST", "/composite/sobjects", {"records": rows})
    full = palmer.call("POST", "/composite/sobjects", {"records": rows[:200]})

    assert over.status_code == 400
    assert [row["success"] for row in full.json()] == [True] * 200


def test_two_thousand_records_are_read_at_once(palmer: DemoOrg) -> None:
    ids = [each["Id"] for each in palmer.query("SELECT Id FROM Lead LIMIT 3")]
    unknown = [f"00QPs{number:010d}MAA" for number in range(5_000, 6_998)]

    over = palmer.call("POST", "/composite/sobjects/Lead",
                       {"ids": ids + unknown, "fields": ["Name"]})  # fmt: skip
    full = palmer.call("POST", "/composite/sobjects/Lead",
                       {"ids": ids + unknown[:-1], "fields": ["Name"]})  # fmt: skip

    assert over.status_code == 400
    assert [row is not None for row in full.json()] == [True] * 3 + [False] * 1_997
