"""The closed set of steps from text to text. Nothing of it evaluates text as code."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.mapping.describe import FieldDescribe
from core.mapping.model import Transform
from core.mapping.problems import Problem


@dataclass(frozen=True, slots=True)
class Transformed:
    """The text after one step. A problem that blocks ends the row's way."""

    text: str
    problems: tuple[Problem, ...] = ()
    note: str = ""


def make_transformer(
    transform: Transform, *, field: FieldDescribe | None, default_country: str, time_zone: str
) -> Callable[[str, Mapping[str, str]], Transformed]:
    """Return the function from text and the whole inquiry's values to the text after this step."""

    def keep(text: str, _values: Mapping[str, str]) -> Transformed:
        return Transformed(text)

    return keep
