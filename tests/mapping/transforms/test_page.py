"""The page about transforms says what is true: each example is run, each step and option named."""

import re
from pathlib import Path

import pytest

from core.mapping.model import TransformKind
from core.mapping.transforms import KIND_LABELS, TRANSFORM_OPTIONS
from tests.mapping.fields import choices, make_field
from tests.mapping.transforms.steps import make_step, run

PAGE = Path(__file__).parents[3] / "docs" / "transforms.md"
LISTED = make_field("Place__c", "picklist", picklist_values=choices("UK", "US", "UT", "NY"))


def read_table(heading: str) -> list[list[str]]:
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    lines = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" |")] for line in lines[1:]]


def read_pairs(cell: str) -> dict[str, str]:
    return dict(each.split("=", 1) for each in re.findall(r"`([^`]*)`", cell))


def tell(kind: str, options: str, inquiry: str, text: str) -> str:
    done = run(
        make_step(TransformKind(kind), **read_pairs(options)),
        text,
        read_pairs(inquiry),
        field=LISTED,
    )
    problems = ", ".join(problem.kind.replace("_", " ") for problem in done.problems)
    if done.is_blocked:
        return f"held: {problems}"
    written = f"`{done.text}`" if done.text else "blank"
    return f"{written}, warning: {problems}" if problems else written


EXAMPLES = read_table("Examples")
STEPS = read_table("The steps and their options")


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: " ".join(row[:4]))
def test_each_example_comes_out_as_the_page_says(row: list[str]) -> None:
    kind, options, inquiry, text, expected = row

    assert (
        tell(kind.strip("`"), options, inquiry, text.removeprefix("`").removesuffix("`"))
        == expected
    )


def test_the_page_shows_each_step_with_its_name_and_an_example() -> None:
    shown = {row[1].strip("`"): row[0] for row in STEPS}

    assert shown == {kind.value: KIND_LABELS[kind] for kind in TransformKind}
    assert {row[0].strip("`") for row in EXAMPLES} == set(shown)


@pytest.mark.parametrize("row", STEPS, ids=lambda row: row[1])
def test_the_page_names_each_option_with_its_values_and_its_default_first(row: list[str]) -> None:
    named = {}
    for part in row[2].split("; "):
        names, _, values = part.partition(":")
        for name in re.findall(r"`([^`]*)`", names):
            named[name] = re.findall(r"`([^`]*)`", values)
    for option in TRANSFORM_OPTIONS[TransformKind(row[1].strip("`"))]:
        values = named.pop(option.name)
        assert set(values) == {value for value, _ in option.allowed} or option.is_text
        assert values[:1] in ([option.default], [])
    assert named == {}
