"""The labelled universities are sound, and the evaluation can tell a good engine from a bad one."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.suggestions.__main__ import run
from bench.suggestions.evaluation import Counts, Engine, Mistake, evaluate, judge, total
from bench.suggestions.notation import (
    SHAPES,
    BadNotation,
    LabelledOrg,
    load_orgs,
    read_field,
    read_org,
)
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.describe import SobjectDescribe
from core.mapping.model import SourceRecord
from core.mapping.suggestions.suggest import Suggestion

ORGS = load_orgs()
EACH_ORG = pytest.mark.parametrize("org", ORGS, ids=lambda org: org.key)
CANONICAL = {field.key for field in CANONICAL_FIELDS}

TOY = """shape: standard
object: Lead|Lead
university: a toy

FirstName|First Name|string(40) -> lead.first_name
Email|Email|email -> lead.email
Entry_Year__c|Entry Year|int(4) -> interest.entry_year/interest.term_year
Source__c|Source|string -> ?submission.source
Alternate__c|Alternate Email|email -> ~lead.secondary_email
SSN__c|SSN|encryptedstring(11)|x
Age__c|Age|double(3.0)|f
"""


@pytest.fixture
def toy(tmp_path: Path) -> LabelledOrg:
    file = tmp_path / "toy.txt"
    file.write_text(TOY, encoding="utf-8")
    return read_org(file)


def suggestion(source_key: str, field_name: str, *, accept: bool = True) -> Suggestion:
    return Suggestion(
        source_key=source_key, field_name=field_name, score=0.9, reason="-", accept=accept
    )


def perfect(org: LabelledOrg) -> tuple[Suggestion, ...]:
    """The answer of somebody who knows the labels: one own target for each source."""
    answer: dict[str, str] = {}
    for field in org.fields:
        for sources in field.own:
            answer.setdefault(sources[0], field.name)
    return tuple(suggestion(source, name) for source, name in answer.items())


def names(describe: SobjectDescribe) -> frozenset[str]:
    """Tells the universities apart: no two of them have the same fields."""
    return frozenset(field.name for field in describe.fields)


@EACH_ORG
def test_every_label_names_a_source_that_exists(org: LabelledOrg) -> None:
    named = {source for source, _ in org.welcome | org.unjudged}

    assert named - CANONICAL == set()


@EACH_ORG
def test_every_labelled_target_can_be_written(org: LabelledOrg) -> None:
    targets = {name for _, name in org.welcome | org.unjudged}

    assert targets & org.forbidden == set()
    assert all((field := org.describe.field(name)) and field.is_writable for name in targets)


@EACH_ORG
def test_no_target_is_the_own_one_of_two_sources(org: LabelledOrg) -> None:
    assert [field.name for field in org.fields if len(field.own) > 1] == []


@EACH_ORG
def test_no_source_is_counted_twice(org: LabelledOrg) -> None:
    counted = Counter(source for sources in org.counterparts for source in sources)

    assert [source for source, times in counted.items() if times > 1] == []


@EACH_ORG
def test_no_pair_is_both_right_and_a_matter_of_taste(org: LabelledOrg) -> None:
    assert org.welcome & org.unjudged == frozenset()


@EACH_ORG
def test_an_object_is_as_large_as_real_ones_and_holds_more_traps_than_targets(
    org: LabelledOrg,
) -> None:
    targets = {name for _, name in org.welcome}

    assert 60 <= len(org.fields) <= 260
    assert len(targets) < len(org.fields) * 0.7
    assert org.describe.field(org.fields[0].name) is not None


@EACH_ORG
def test_who_knows_the_labels_makes_no_mistake(org: LabelledOrg) -> None:
    judged = judge(org, perfect(org))

    assert judged.findings == ()
    assert judged.counts.is_enough
    assert judged.counts.recall == judged.counts.recall_at_accept == 1


def test_the_set_covers_every_shape_and_the_hard_cases() -> None:
    assert len(ORGS) >= 14
    assert {org.shape for org in ORGS} == set(SHAPES)
    labels = "".join(field.body["label"] for org in ORGS for field in org.fields)
    assert "氏名" in labels
    assert "Prénom" in labels
    assert "Teléfono" in labels


def test_every_shape_has_labels_that_two_fields_share() -> None:
    with_twins = {
        org.shape
        for org in ORGS
        if max(Counter(field.body["label"] for field in org.fields).values()) > 1
    }

    assert {"isr", "homegrown", "standard"} <= with_twins


def test_a_field_line_is_read_as_describe_would_tell_it() -> None:
    field = read_field("Level__c|Level|picklist(40)|lr|UG=Undergrad;!GR -> interest.degree_level")

    assert field.body["length"] == 40
    assert field.body["restrictedPicklist"] is True
    assert field.body["nillable"] is False
    assert field.body["picklistValues"] == [
        {"value": "UG", "label": "Undergrad", "active": True},
        {"value": "GR", "label": "GR", "active": False},
    ]


@pytest.mark.parametrize(
    "line",
    ["|Label|string", "Name__c|Label", "Name__c|Label|string|z", "Sum__c||double(3)|f -> edu.gpa"],
    ids=["no name", "no type", "unknown flag", "a formula as target"],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_place(line: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(TOY + line + "\n", encoding="utf-8")

    with pytest.raises(BadNotation, match=r"bad\.txt, line 8"):
        read_org(file)


def test_a_block_is_taken_in_and_changed_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    head = TOY.partition("\n\n")[0]
    file.write_text(f"{head}\n\n@lead\n- Fax Title\nPhone|Parent Phone|phone\n", encoding="utf-8")

    org = read_org(file)

    assert org.describe.field("Fax") is None
    assert ("lead.phone", "Phone") not in org.welcome
    assert ("lead.email", "Email") in org.welcome


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TOY.replace("standard", "unheard of"), "the head needs"),
        (TOY.replace("university: a toy\n", ""), "the head needs"),
        (TOY + "- Missing__c\n", "no Missing__c to take away"),
        (TOY + "Email|Email|email\n", "Email stands there twice"),
    ],
    ids=["unknown shape", "no university", "nothing to take away", "twice"],
)
def test_a_file_that_contradicts_itself_is_refused(text: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadNotation, match=told):
        read_org(file)


def test_what_is_right_wrong_missed_and_a_matter_of_taste_is_counted(toy: LabelledOrg) -> None:
    judged = judge(
        toy,
        [
            suggestion("lead.first_name", "FirstName"),
            suggestion("lead.parent_email", "Email"),
            suggestion("interest.term_year", "Entry_Year__c", accept=False),
            suggestion("submission.source", "Source__c"),
            suggestion("lead.secondary_email", "Alternate__c"),
        ],
    )

    assert judged.counts == Counts(
        accepted=3,
        accepted_right=2,
        counterparts=3,
        found=2,
        found_accepted=1,
        own_counterparts=1,
        own_found=1,
    )
    assert [(each.mistake, each.source_key) for each in judged.findings] == [
        (Mistake.WRONG_ACCEPTED, "lead.parent_email"),
        (Mistake.MISSED, "lead.email"),
    ]


def test_a_matter_of_taste_ends_where_the_source_has_a_field_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "toy.txt"
    file.write_text(
        TOY + "Our_Source__c|Our source|string -> submission.source\n", encoding="utf-8"
    )

    judged = judge(read_org(file), [suggestion("submission.source", "Source__c")])

    assert judged.findings[0].mistake is Mistake.WRONG_ACCEPTED
    assert judged.findings[0].right == ("Our_Source__c",)


def test_two_sources_on_one_target_and_forbidden_targets_are_never_enough(toy: LabelledOrg) -> None:
    judged = judge(
        toy,
        [
            *perfect(toy),
            suggestion("lead.secondary_email", "Email", accept=False),
            suggestion("lead.crm_reference_id", "SSN__c", accept=False),
            suggestion("lead.score", "Age__c", accept=False),
        ],
    )

    assert judged.counts.precision == judged.counts.recall == 1
    assert (judged.counts.two_to_one, judged.counts.forbidden) == (1, 2)
    assert not judged.counts.is_enough


def first_writable(
    describe: SobjectDescribe, left_out: str | None, sample: Sequence[SourceRecord]
) -> Sequence[Suggestion]:
    """A planted bad engine: takes the fields as they come."""
    targets = [field.name for field in describe.fields if field.is_writable]
    pairs = zip(CANONICAL_FIELDS, targets, strict=False)
    return [suggestion(source.key, name) for source, name in pairs]


def silent(
    describe: SobjectDescribe, left_out: str | None, sample: Sequence[SourceRecord]
) -> Sequence[Suggestion]:
    return []


@pytest.mark.parametrize("ask", [first_writable, silent])
def test_a_bad_engine_gets_low_figures_and_exit_status_1(
    ask: Engine,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = run(["--format", "json"], ask)

    told = json.loads(capsys.readouterr().out)
    assert status == 1
    assert told["held"] is False
    assert told["total"]["recall"] < 0.1
    assert ask is silent or told["total"]["precision"] < 0.1


def test_a_perfect_engine_holds_the_bars_with_exit_status_0(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = {names(org.describe): perfect(org) for org in ORGS}

    status = run([], lambda describe, *_: answers[names(describe)])

    assert status == 0
    assert "the last two 0: held" in capsys.readouterr().out


def test_every_shape_is_judged_without_its_own_knowledge() -> None:
    asked: list[str | None] = []

    def ask(
        describe: SobjectDescribe, left_out: str | None, sample: Sequence[SourceRecord]
    ) -> Sequence[Suggestion]:
        asked.append(left_out)
        return []

    evaluate(ORGS, ask)
    evaluate(ORGS, ask, leaving_out=False)

    assert asked == [org.shape for org in ORGS] + [None] * len(ORGS)


def test_mistakes_are_listed_only_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    run([], silent)
    plain = capsys.readouterr().out
    run(["--mistakes"], silent)
    listed = capsys.readouterr().out

    assert "missed" not in plain
    assert listed.count(": missed: ") == total(evaluate(ORGS, silent)).counterparts


def test_another_set_can_be_judged_and_an_empty_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        run(["--orgs", str(tmp_path)], silent)
    (tmp_path / "toy.txt").write_text(TOY, encoding="utf-8")
    run(["--orgs", str(tmp_path), "--format", "json"], silent)

    assert refused.value.code == 2
    told = json.loads(capsys.readouterr().out)
    assert [each["org"] for each in told["objects"]] == ["toy"]
