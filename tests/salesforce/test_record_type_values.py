"""The picklist values that a record type opens, as the UI API tells them."""

import json
import os
from pathlib import Path

import pytest

from core.salesforce.describe import parse_record_type_values


def test_values_are_read_by_field():
    body = {
        "picklistFieldValues": {
            "Rating": {"values": [{"value": "Hot", "label": "hot!"}, {"value": "Cold"}]},
            "Empty": {"values": []},
        }
    }

    assert parse_record_type_values(json.dumps(body)) == {
        "Rating": frozenset({"Hot", "Cold"}),
        "Empty": frozenset(),
    }


def test_an_answer_without_values_says_nothing():
    assert parse_record_type_values(b"{}") is None


@pytest.mark.skipif("SALESFORCE_FIXTURES" not in os.environ, reason="no recorded payloads here")
def test_a_recorded_answer_is_read():
    folder = Path(os.environ["SALESFORCE_FIXTURES"]) / "uiapi"
    recorded = next(folder.glob("*getPicklistValuesByRecordType.json"))

    values = parse_record_type_values(recorded.read_bytes())

    assert values is not None
    assert {"Web", "Other"} <= values["AccountSource"]
