"""A preview and an org agree, and the harness tells when either of them is wrong."""

import json

import pytest

from bench.agreement.__main__ import agree, parser, run
from bench.agreement.tally import Tally
from core.mapping import decide
from core.mapping.coercion import texts
from core.mapping.coercion.values import Coerced
from core.preview.foreseen import eda
from core.preview.planning import match

_WHOLE = ("--rows", "800", "--batch", "50", "--seed", "20")
_PART = ("--rows", "150", "--batch", "50", "--seed", "20")


def judged(*arguments: str) -> Tally:
    return agree(parser().parse_args([*_PART, *arguments]))


@pytest.fixture(scope="module")
def sound() -> Tally:
    """One run of the code as it is, for all tests that only read it."""
    return agree(parser().parse_args(_WHOLE))


def test_org_does_what_the_preview_said(sound: Tally) -> None:
    assert [str(each) for each in sound.disagreements] == []
    assert sound.rows == 800
    assert sound.unknown <= 0.01 * sound.plans


def test_run_meets_all_shapes_outcomes_and_write_rules(sound: Tally) -> None:
    for group in ("shape", "outcome", "write rule"):
        assert not [each for each in sound.missed() if each.startswith(group)]
    assert sound.troubled > 0.3 * sound.rows
    assert len(sound.counts["error code"]) >= 6


def test_same_seed_draws_the_same() -> None:
    assert judged().counts == judged().counts


def test_length_that_the_preview_does_not_check_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "check_length", lambda text, *_: Coerced(value=text))

    found = judged("--shape", "lead_first").disagreements

    assert any("STRING_TOO_LONG" in each.judged.happened for each in found)


def test_length_that_the_preview_counts_too_short_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(texts, "count_characters", lambda text: len(text) + 1)

    found = judged("--shape", "lead_first").disagreements

    assert any("too_long" in each.judged.predicted for each in found)
    assert any(each.judged.happened == "taken" for each in found)


def test_values_wrongly_taken_for_the_same_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decide, "is_same", lambda *_: True)

    assert judged("--shape", "contact_first").disagreements


def test_value_that_a_write_rule_keeps_and_the_preview_sends_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decide, "_why_kept", lambda *_: "")

    assert judged("--shape", "education_cloud").disagreements


def test_unique_value_that_is_not_asked_for_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match.Matcher, "_uniques", lambda *_: ())

    runs = (
        judged("--rows", "300", "--seed", str(seed), "--shape", "contact_and_inquiry")
        for seed in range(1, 20)
    )
    assert any(
        "DUPLICATE_VALUE" in each.judged.happened for run in runs for each in run.disagreements
    )


def test_defect_of_the_org_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The org is a process of its own: here it gives every text back cut short by its last sign."""
    from bench.agreement.org import OrgUnderTest, Record

    read = OrgUnderTest.read

    def cut(*arguments: object) -> dict[str, Record]:
        found = read(*arguments)  # type: ignore[arg-type]  # passed on as they came
        return {
            record_id: {**record, "LastName": str(record["LastName"])[:-1]}
            if record.get("LastName")
            else record
            for record_id, record in found.items()
        }

    monkeypatch.setattr(OrgUnderTest, "read", cut)

    assert judged("--shape", "lead_first").disagreements


def test_last_line_counts_and_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--rows", "50", "--batch", "25", "--seed", "3"]

    run(arguments)
    last_line = capsys.readouterr().out.splitlines()[-1]
    run([*arguments, "--format", "json"])
    told = json.loads(capsys.readouterr().out)

    assert last_line == f"disagreements: {told['disagreements']}"
    assert told["seed"] == 3
    assert told["rows"] == 50


def test_package_that_is_not_foreseen_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eda.EdaTrigger, "mark", lambda _self, cells, *_: tuple(cells))

    found = judged("--shape", "contact_first").disagreements

    assert any("Preferred " in each.judged.happened for each in found)
