"""`python -m core suggest`: JSON on standard output, reasons on standard error, three statuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.commands.main import main

ROOT = Path(__file__).parents[2]
PUBLIC_FIXTURES = os.environ.get("SALESFORCE_FIXTURES", "")


def field(name, type_="string", **changes):
    label = name.removesuffix("__c").replace("_", " ")
    return {
        "name": name,
        "label": label,
        "type": type_,
        "createable": True,
        "updateable": True,
    } | changes


LEAD = {
    "name": "Lead",
    "label": "Lead",
    "fields": [
        field("Id", "id", createable=False, updateable=False),
        field("FirstName", label="First Name"),
        field("Email", "email"),
        field("Intended_Major__c"),
        field("Favorite_Color__c"),
    ],
}
TERM = {"name": "Term__c", "label": "Term", "fields": [field("Code__c")]}


@pytest.fixture
def told(tmp_path, capsys):
    """Runs the command on a describe and an optional sample; gives status, output, errors."""

    def run(describe, *arguments, sample=None, name="sample.csv"):
        path = tmp_path / "describe.json"
        content = describe if isinstance(describe, str) else json.dumps(describe)
        path.write_text(content, encoding="utf-8")
        if sample is not None:
            (tmp_path / name).write_text(sample, encoding="utf-8")
            arguments = (*arguments, "--sample", str(tmp_path / name))
        status = main(["suggest", "--describe", str(path), *arguments])
        streams = capsys.readouterr()
        return status, streams.out, streams.err

    return run


def targets(out):
    return {each["source"]: each["target"] for each in json.loads(out)}


def test_json_holds_every_pair_with_what_speaks_for_it(told):
    status, out, err = told(LEAD, "--format", "json")

    assert (status, err) == (0, "")
    assert targets(out) == {
        "lead.first_name": "FirstName",
        "lead.email": "Email",
        "interest.major_of_interest": "Intended_Major__c",
    }
    assert list(json.loads(out)[0]) == [
        "source",
        "target",
        "score",
        "reason",
        "accept",
        "also",
        "invert",
    ]


def test_text_has_a_line_for_each_pair_and_a_sum(told):
    status, out, _ = told(LEAD, "--format", "text")

    assert status == 0
    assert out.splitlines()[-1] == "3 suggestions for Lead, 3 above the line."


@pytest.mark.parametrize(
    "wrapped",
    [
        {"status": 0, "result": LEAD},
        {"request": {"method": "GET"}, "response": {"status": 200, "body": LEAD}},
        {"response": {"body": json.dumps(LEAD)}},
        [LEAD],
        {"sobjects": [LEAD]},
        {"objects": {"Lead": LEAD["fields"]}},
        {"Lead": LEAD},
    ],
    ids=["tool", "recording", "recorded text", "list", "sobjects", "fields by name", "by name"],
)
def test_a_wrapped_describe_is_read_as_a_bare_one(told, wrapped):
    bare = told(LEAD, "--format", "json")

    assert told(wrapped, "--format", "json") == bare


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_describe_is_read_as_a_shell_or_an_editor_saved_it(encoding, tmp_path, capsys):
    path = tmp_path / "describe.json"
    path.write_text(json.dumps(LEAD), encoding=encoding)

    assert main(["suggest", "--describe", str(path), "--format", "json"]) == 0
    assert targets(capsys.readouterr().out)["lead.email"] == "Email"


def test_package_metadata_is_read_though_it_says_nothing_about_writing(told):
    described = {
        "objects": {
            "Contact": [
                {"name": "hed__GPA__c", "label": "GPA", "metadataType": "Number"},
                {"name": "hed__SSN__c", "label": "SSN", "metadataType": "EncryptedText"},
                {"name": "Key__c", "label": "Email", "metadataType": "AutoNumber"},
            ]
        }
    }

    status, out, _ = told(described, "--format", "json")

    assert (status, targets(out)) == (0, {"edu.gpa": "hed__GPA__c"})


def test_the_object_is_chosen_by_name_without_case(told):
    _, out, _ = told([TERM, LEAD], "--format", "json", "--object", "lead")

    assert targets(out)["lead.email"] == "Email"


def test_a_sample_limits_the_sources_to_its_columns_and_keeps_its_questions(told):
    sample = "first_name,What is your favorite color?\nAva,Green\n"

    _, out, _ = told(LEAD, "--format", "json", sample=sample)

    assert targets(out) == {
        "lead.first_name": "FirstName",
        "answer.what_is_your_favorite_color": "Favorite_Color__c",
    }
    assert "1 of 1 sample values fit" in out


def test_a_json_sample_is_read_too(told):
    sample = json.dumps([{"lead.email": "ava@example.edu"}])

    _, out, _ = told(LEAD, "--format", "json", sample=sample, name="sample.json")

    assert targets(out) == {"lead.email": "Email"}


def test_nothing_to_suggest_is_an_empty_list_and_status_1(told):
    assert told(TERM, "--format", "json") == (1, "[]\n", "")


@pytest.mark.parametrize(
    ("describe", "arguments", "reason"),
    [
        ("not json", (), "is not JSON"),
        ("[" * 100_000, (), "is not JSON"),
        ({"totalSize": 0}, (), "holds no describe"),
        (
            {"sobjects": [{"name": "Lead", "label": "Lead"}]},
            (),
            "holds the list of an org's objects",
        ),
        ([{"errorCode": "INVALID_SESSION_ID"}], (), "holds the error INVALID_SESSION_ID"),
        (LEAD["fields"], (), "does not say of which object"),
        (LEAD | {"fields": []}, (), "describes Lead without a single field"),
        (LEAD | {"fields": [field("A__c", length=float("nan"))]}, (), "is not JSON"),
        ([LEAD, TERM], (), "holds 2 objects: Lead, Term__c"),
        (LEAD, ("--object", "Contact"), "holds no object Contact"),
        (LEAD | {"fields": [field("A__c", picklistValues=7)]}, (), "is broken"),
    ],
    ids=[
        "text",
        "deep",
        "other",
        "global",
        "error",
        "fields alone",
        "no field",
        "not a number",
        "two objects",
        "wrong object",
        "broken",
    ],
)
def test_a_file_that_cannot_be_used_says_what_who_and_how_with_status_2(
    told, describe, arguments, reason
):
    status, out, err = told(describe, *arguments, "--format", "json")

    assert (status, out) == (2, "")
    assert reason in err
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "error",
        "who acts",
        "what to do",
    ]


def test_a_sample_that_cannot_be_read_is_named_with_status_2(told):
    status, out, err = told(LEAD, "--format", "json", sample="a,a\n1,2\n")

    assert (status, out) == (2, "")
    assert "sample.csv: These columns appear twice" in err


def test_a_file_that_is_not_there_gives_status_2(capsys, tmp_path):
    assert main(["suggest", "--describe", str(tmp_path / "none.json")]) == 2
    assert "cannot be read: no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["suggest"], ["suggest", "--describe", "x", "--format", "xml"], ["unknown"]],
    ids=["nothing", "no file", "bad format", "unknown command"],
)
def test_arguments_that_make_no_sense_exit_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as exited:
        main(arguments)

    assert exited.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("arguments", [["--help"], ["suggest", "--help"]])
def test_help_states_the_exit_statuses(arguments, capsys):
    with pytest.raises(SystemExit):
        main(arguments)

    assert "exit status:" in capsys.readouterr().out


def test_a_process_needs_no_settings_no_home_and_no_screen(tmp_path):
    path = tmp_path / "describe.json"
    path.write_text(json.dumps(LEAD), encoding="utf-8")
    script = (
        "import sys; from core.commands.main import main; "
        f"main(['suggest', '--describe', {str(path)!r}, '--format', 'json']); "
        "sys.exit('streamlit' in sys.modules or 'sqlalchemy' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"HALDA_CONSOLE_NO_SUCH_SETTING": "x", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert targets(done.stdout.decode("utf-8"))["lead.email"] == "Email"


@pytest.mark.skipif(not PUBLIC_FIXTURES, reason="SALESFORCE_FIXTURES names no folder")
@pytest.mark.parametrize("name", ["Lead__v59.0__cumulusci", "Contact__vxx__cumulusci"])
def test_a_recorded_describe_gives_the_person_above_the_line(name, capsys):
    path = Path(PUBLIC_FIXTURES) / "describe" / f"{name}.json"

    assert main(["suggest", "--describe", str(path), "--format", "json"]) == 0

    found = {each["source"]: each for each in json.loads(capsys.readouterr().out)}
    for key in ("lead.first_name", "lead.last_name", "lead.email", "lead.phone", "lead.city"):
        assert found[key]["accept"]
