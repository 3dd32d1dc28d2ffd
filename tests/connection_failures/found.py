"""What the console finds by itself: every refusal with words of its own, read from the source."""

import ast
import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from core import errors
from core.connect.attempts import PROBLEMS, problem_error
from core.connect.doctor.findings import Verdict
from core.errors import ConsoleError, WhoActs
from core.salesforce.oauth import _refused
from tests.connection_failures.named import to_say

_MAKERS = (
    "core.salesforce.remedies",
    "core.salesforce.oauth",
    "core.connect.grants",
    "core.connect.health",
    "core.connect.lease",
    "core.connect.propagation",
    "core.connect.refresh",
    "core.connect.sign_in",
    "core.connect.tokens",
)
_CHECKS = ("connection_checks", "grant_checks", "org_checks", "permission_checks")
_WHO = {
    "_ADMIN": WhoActs.UNIVERSITY_ADMIN,
    "_OPERATOR": WhoActs.OPERATOR,
    "_NOBODY": WhoActs.NOBODY,
}


def found_by_us() -> Iterator[tuple[str, ...]]:
    """Every connection error that is made with words of its own, and every refused callback."""
    for name in _MAKERS:
        module = importlib.import_module(name)
        for call in _calls(module):
            kind = getattr(errors, getattr(call.func, "id", ""), None)
            if isinstance(kind, type) and issubclass(kind, ConsoleError) and call.args:
                yield from _told(module, call.args[0], _keywords(call), kind.who_acts)
    for error in (_refused("…"), *(problem_error(problem) for problem in PROBLEMS)):
        yield error.message, error.who_acts.value, error.advice


def found_by_the_doctor() -> Iterator[tuple[str, ...]]:
    for name in _CHECKS:
        module = importlib.import_module(f"core.connect.doctor.{name}")
        for call in _calls(module):
            verdict = getattr(call.func, "attr", "")
            if verdict in {Verdict.RED, Verdict.AMBER} and len(call.args) == 2:
                for cells in _told(module, call.args[1], _keywords(call), WhoActs.NOBODY):
                    yield verdict, *cells


def _told(
    module: ModuleType, words: ast.expr, named: dict[str, ast.expr], usual: WhoActs
) -> Iterator[tuple[str, ...]]:
    meaning, advice = _text(module, words), _text(module, named.get("advice"))
    if len(meaning) > 3 and len(advice) > 3:
        who = _who(named.get("who") or named.get("who_acts"), usual)
        yield meaning, who.value, to_say(who, advice)


def _calls(module: ModuleType) -> list[ast.Call]:
    tree = ast.parse(inspect.getsource(module))
    found = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    return sorted(found, key=lambda each: each.lineno)


def _keywords(call: ast.Call) -> dict[str, ast.expr]:
    return {each.arg: each.value for each in call.keywords if each.arg}


def _text(module: ModuleType, node: ast.expr | None) -> str:
    """The words as they stand in the source; `…` for what is only known when it happens."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(module, part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _text(module, node.value)
    constant: Any = getattr(module, node.id, None) if isinstance(node, ast.Name) else None
    return constant if isinstance(constant, str) else "…"


def _who(node: ast.expr | None, usual: WhoActs) -> WhoActs:
    if isinstance(node, ast.Attribute):
        return WhoActs[node.attr]
    return _WHO.get(node.id, usual) if isinstance(node, ast.Name) else usual
