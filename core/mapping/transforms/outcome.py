"""What a transform answers: the new text, what is wrong with it, and what was done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.mapping.problems import Problem, ProblemKind


@dataclass(frozen=True, slots=True)
class Transformed:
    """The text after a step. Where a problem blocks, the text is the one that came in."""

    text: str
    problems: tuple[Problem, ...] = ()
    note: str = ""

    @property
    def is_blocked(self) -> bool:
        return any(problem.blocks for problem in self.problems)


# (text, the whole inquiry's values) -> answer
Transformer = Callable[[str, Mapping[str, str]], Transformed]
# A transformer that looks at nothing but the text, which is never blank.
Step = Callable[[str], Transformed]
# Longer texts are answered each time anew, so that a cache stays small.
_MAX_CACHED_TEXT = 120


def blocked(text: str, kind: ProblemKind, message: str, advice: str) -> Transformed:
    """Return the answer for a text that the transform cannot read."""
    return Transformed(text, (Problem(kind, message, advice),))


def warned(text: str, kind: ProblemKind, message: str, advice: str, note: str = "") -> Transformed:
    """Return a text that goes on, with something that may surprise somebody."""
    return Transformed(text, (Problem(kind, message, advice, blocks=False),), note)


def cached(step: Step, size: int = 4096) -> Step:
    """Return the step with a memory for short texts, which come again in every list."""
    remembered = lru_cache(maxsize=size)(step)
    return lambda text: (remembered if len(text) <= _MAX_CACHED_TEXT else step)(text)
