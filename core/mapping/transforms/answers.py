"""Numbers and yes-or-no answers as people write them. Separators and words are never guessed."""

import re
import unicodedata

from core.mapping.model import Transform
from core.mapping.problems import ProblemKind
from core.mapping.transforms.outcome import Step, Transformed, blocked

DEFAULT_YES = "yes,y,true,1,on,checked,si,sí,oui,ja,sim"
DEFAULT_NO = "no,n,false,0,off,unchecked,non,nein,nao,não"
_PAIRS = (
    ("true", "false"),
    ("yes", "no"),
    ("1", "0"),
    ("y", "n"),
    ("t", "f"),
    ("on", "off"),
    ("opted in", "opted out"),
)
_OPPOSITES = {**dict(_PAIRS), **{no: yes for yes, no in _PAIRS}}
_SPACES = " \u00a0\u202f\u2009"
_GROUPING = {".": f",'’{_SPACES}", ",": f".'’{_SPACES}"}
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")
_MAX_TEXT = 64


def words_of(listed: str) -> tuple[str, ...]:
    """Return the words of a comma-separated option, ready to compare."""
    return tuple(word for word in (each.strip().casefold() for each in listed.split(",")) if word)


def number_step(transform: Transform) -> Step:
    """Return the step to plain digits with a point; leading zeros and a percent sign stay."""
    decimal = transform.option("decimal", ".")
    grouping = re.escape(_GROUPING[decimal])
    shape = re.compile(
        rf"([+-]?)([0-9]*|[0-9]{{1,3}}(?:([{grouping}])[0-9]{{3}})(?:\3[0-9]{{3}})*)"
        rf"(?:{re.escape(decimal)}([0-9]+))?(\s?%)?"
    )

    def to_number(text: str) -> Transformed:
        bare = _without_currency(text) if len(text) <= _MAX_TEXT else text
        found = shape.fullmatch(bare) if len(text) <= _MAX_TEXT else None
        if not found:
            return _not_a_number(text, decimal)
        sign, whole, _, decimals, percent = found.groups(default="")
        if not whole and not decimals:
            return _not_a_number(text, decimal)
        written = sign.replace("+", "") + (re.sub(r"[^0-9]", "", whole) or "0")
        written += f".{decimals}" if decimals else ""
        written += "%" if percent else ""
        return Transformed(written, note="" if written == text else "written as a plain number")

    return to_number


def _without_currency(text: str) -> str:
    """Cut one currency sign off either end."""
    bare = text.replace("\u2212", "-").strip()
    if bare and unicodedata.category(bare[0]) == "Sc":
        return bare[1:].lstrip()
    if len(bare) > 1 and bare[0] in "+-" and unicodedata.category(bare[1]) == "Sc":
        return bare[0] + bare[2:].lstrip()
    return bare[:-1].rstrip() if bare and unicodedata.category(bare[-1]) == "Sc" else bare


def _not_a_number(text: str, decimal: str) -> Transformed:
    if len(text) <= _MAX_TEXT and _SCIENTIFIC.fullmatch(text):
        return blocked(
            text,
            ProblemKind.AMBIGUOUS_NUMBER,
            "Scientific notation, as a spreadsheet writes long numbers after losing digits.",
            "Export the column as text.",
        )
    has_digits = any(each.isdigit() for each in text)
    kind = ProblemKind.AMBIGUOUS_NUMBER if has_digits else ProblemKind.NOT_A_NUMBER
    name = "a point" if decimal == "." else "a comma"
    return blocked(
        text,
        kind,
        f"It is no number with {name} before the decimals and thousands in groups of three.",
        "Choose the separator the form writes, or send plain digits.",
    )


def boolean_step(transform: Transform) -> Step:
    """Return the step from yes and no words to true and false."""
    answers = dict.fromkeys(words_of(transform.option("yes", DEFAULT_YES)), "true")
    answers |= dict.fromkeys(words_of(transform.option("no", DEFAULT_NO)), "false")

    def to_boolean(text: str) -> Transformed:
        answer = answers.get(text.casefold())
        if answer is None:
            return blocked(
                text,
                ProblemKind.NOT_A_BOOLEAN,
                "It is neither among the words for yes nor among those for no.",
                "Add the word to one of the two lists.",
            )
        return Transformed(answer, note="" if answer == text else f"read as {answer}")

    return to_boolean


def invert(text: str) -> Transformed:
    """Return the opposite answer in the same case: true and false, yes and no."""
    opposite = _OPPOSITES.get(text.casefold())
    if opposite is None:
        return blocked(
            text,
            ProblemKind.NOT_A_BOOLEAN,
            "Only a yes or a no can be inverted, and this is neither.",
            "Put the step Yes or no before Invert, with the words the form uses.",
        )
    if text.isupper() and len(text) > 1:
        opposite = opposite.upper()
    elif text[0].isupper():
        opposite = opposite[0].upper() + opposite[1:]
    return Transformed(opposite, note="yes and no swapped")
