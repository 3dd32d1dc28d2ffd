"""YAML text to its nodes with their lines; nothing that could hide, grow or construct. Pure."""

import contextlib
from dataclasses import dataclass
from typing import Any

import yaml

from core.errors import MappingProblem

# Value maps make a mapping long: 10 million characters hold some 200,000 pairs.
MAX_CHARACTERS = 10_000_000
MAX_DEPTH = 20
_LONG = 200_000


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong in a file. `line` counts from 1; `path` reads `objects[0].rows[1].source`."""

    line: int
    path: str
    reason: str

    @property
    def sentence(self) -> str:
        place = f"Line {self.line}, {self.path}" if self.path else f"Line {self.line}"
        return f"{place}: {self.reason}"


class UnreadableMapping(MappingProblem):
    """A file that is no mapping; `problems` has each of them by line."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        shown = " ".join(problem.sentence for problem in problems[:3])
        more = f" And {len(problems) - 3} more." if len(problems) > 3 else ""
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(
            f"The file cannot be read as a mapping: {count}. {shown}{more}",
            advice="Correct these lines and load the file again; nothing was changed.",
        )
        self.problems = problems


def parse(text: str) -> yaml.Node:
    """Return the root node. UnreadableMapping for bad YAML, several documents, anchors or tags."""
    if len(text) > MAX_CHARACTERS:
        told = f"The file has {len(text):,} characters, and is longer than the {MAX_CHARACTERS:,}"
        raise refused(1, f"{told} that are read. Shorten its value maps, or import it in parts.")
    try:
        root = _compose(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise refused(line, "A character that YAML does not allow.") from None
    except yaml.MarkedYAMLError as error:
        line = line_of(error.problem_mark or error.context_mark)
        raise refused(line, f"This is not YAML: {error.problem or error.context}.") from None
    except (ValueError, OverflowError):  # of an escape such as "\UFFFFFFFF" or a directive's number
        raise refused(1, "This is not YAML: it holds an escape for no character.") from None
    if root is None:
        raise refused(1, "The file is empty.")
    return root


def refused(line: int, reason: str) -> UnreadableMapping:
    return UnreadableMapping((FileProblem(line, "", reason),))


def line_of(mark: Any) -> int:
    """The line of one of the library's marks, counted from 1."""
    return 1 if mark is None else int(mark.line) + 1


def _compose(text: str) -> yaml.Node | None:
    if len(text) > _LONG and yaml.__with_libyaml__:
        # ten times as fast; what it refuses, such as half a character, is left to the other one
        with contextlib.suppress(yaml.YAMLError):
            return _composed(text, yaml.CSafeLoader)
    return _composed(text, yaml.SafeLoader)


def _composed(text: str, loader: Any) -> yaml.Node | None:
    _refuse_hazards(text, loader)
    return yaml.compose(text, Loader=loader)


def _refuse_hazards(text: str, loader: Any) -> None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=loader):
        line = line_of(event.start_mark)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refused(line, "Anchors (&) and aliases (*) are not taken; write it out.")
        if getattr(event, "tag", None):
            raise refused(line, "Tags (!) are not taken; quote a text that begins with one.")
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            raise refused(line, "A second document (---) begins here; a file holds one mapping.")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise refused(line, "This is nested deeper than any mapping is.")
