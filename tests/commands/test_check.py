"""`python -m core check`: a mapping against describes and a sample, from files alone."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from core.commands.main import main
from core.mapping.files.serialize import content_hash, to_content
from core.mapping.files.yaml_file import to_yaml
from core.mapping.model import MappingDraft, NotSent, RowSource, SourceKind
from tests.mapping.fields import make_mapping, make_row

FIELDS = [
    {"name": "LastName", "label": "Last Name", "type": "string", "length": 10, "nillable": False},
    {"name": "Email", "label": "Email", "type": "email", "length": 80},
    {"name": "Halda_ID__c", "label": "Halda ID", "type": "string", "length": 36, "unique": True},
]
LEAD = {
    "name": "Lead",
    "label": "Lead",
    "createable": True,
    "updateable": True,
    "fields": [
        {"createable": True, "updateable": True, "nillable": True, "filterable": True} | field
        for field in FIELDS
    ],
}
SOUND = make_mapping(
    make_row("lead.lead_profile_uid", "Halda_ID__c"), make_row("lead.last_name", "LastName")
)
SAMPLE = "Lead Profile ID,Last name,Email,Favourite pet\nclx1,Lopez,ava@example.edu,cat\n"


@pytest.fixture
def files(tmp_path):
    """Writes a mapping, a describe and a sample; returns the arguments that name them."""

    def write(mapping=SOUND, *, sample=SAMPLE, as_json=False):
        name = "mapping.json" if as_json else "mapping.yaml"
        text = json.dumps(to_content(mapping)) if as_json else to_yaml(mapping)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "lead.json").write_text(json.dumps(LEAD), encoding="utf-8")
        arguments = ["--mapping", tmp_path / name, "--describe", tmp_path / "lead.json"]
        if sample is not None:
            (tmp_path / "sample.csv").write_text(sample, encoding="utf-8")
            arguments += ["--sample", tmp_path / "sample.csv"]
        return ["check", *map(str, arguments), "--format", "json"]

    return write


def checked(capsys, arguments):
    status = main(arguments)
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("as_json", [False, True], ids=["yaml", "json"])
def test_a_sound_mapping_ends_with_0(files, capsys, as_json):
    status, answer = checked(capsys, files(as_json=as_json))

    assert (status, answer["issues"]) == (0, [])
    assert answer["mapping"] == {"hash": content_hash(SOUND), "objects": ["Lead"]}


def test_coverage_lists_every_collected_field(files, capsys):
    mapping = replace(SOUND, not_sent=(NotSent(source_key="answer.favourite_pet", reason="no"),))

    _, answer = checked(capsys, files(mapping))

    expected = {
        "mapped": ["lead.lead_profile_uid", "lead.last_name"],
        "not_sent": ["answer.favourite_pet"],
        "open": ["lead.email"],
        "totals": "2 of 4 values mapped; 1 of 1 records affected",
        "affected_count": 1,
    }
    assert answer["coverage"] == {**expected, "forms": [{"form": "", **expected}]}


def test_a_value_that_would_be_held_ends_with_1_and_names_its_row(files, capsys):
    status, answer = checked(capsys, files(sample=SAMPLE.replace("Lopez", "Wolfeschlegel")))

    assert status == 1
    issue = answer["issues"][0]
    assert (issue["severity"], issue["kind"], issue["affected_count"]) == ("holds", "too_long", 1)
    assert (issue["field"], issue["source"]) == ("LastName", "lead.last_name")
    assert issue["first_row_number"] is not None


def test_a_warning_alone_ends_with_0(files, capsys):
    mapping = make_mapping(*SOUND.person.rows, make_row("answer.nobody", "Email"))

    status, answer = checked(capsys, files(mapping, sample=None))

    assert (status, answer["counts"]) == (0, {"blocks": 0, "holds": 0, "warns": 1})


def test_an_object_without_describe_ends_with_1(files, capsys):
    task = make_row("p", "WhoId", source=RowSource(kind=SourceKind.PARENT, text="person"))
    child = replace(SOUND.person, object_id="task", sobject_name="Task", rows=(task,))
    mapping = MappingDraft(objects=(*SOUND.objects, child))

    status, answer = checked(capsys, files(mapping))

    assert status == 1
    assert [issue["kind"] for issue in answer["issues"]] == ["no_describe"]


def test_objects_are_found_without_regard_to_case(files, capsys):
    mapping = MappingDraft(objects=(replace(SOUND.person, sobject_name="lead"),))

    assert checked(capsys, files(mapping))[0] == 0


def test_a_broken_mapping_ends_with_2_and_names_line_and_reason(files, capsys, tmp_path):
    arguments = files()
    text = (tmp_path / "mapping.yaml").read_text(encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(text.replace("upsert", "upsrt"), encoding="utf-8")

    assert main(arguments) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert "line" in told.err
    assert "operation" in told.err


@pytest.mark.parametrize("content", ["{", "\udcff", "- 1"], ids=["json", "bytes", "list"])
def test_a_file_that_is_no_mapping_ends_with_2(files, capsys, tmp_path, content):
    arguments = files()
    (tmp_path / "mapping.yaml").write_bytes(content.encode("utf-8", "surrogateescape"))

    assert main(arguments) == 2
    assert "what to do:" in capsys.readouterr().err


def test_the_text_says_the_same(files, capsys):
    arguments = files(sample=SAMPLE.replace("Lopez", "Wolfeschlegel"))[:-2]

    assert main(arguments) == 1

    told = capsys.readouterr().out
    assert "holds   Lead.LastName: 13 characters" in told
    assert "2 of 4 values mapped; 1 of 1 records affected" in told


def test_it_runs_as_a_program_without_settings_or_network(files):
    done = subprocess.run(
        [sys.executable, "-m", "core", *files()], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["issues"] == []
