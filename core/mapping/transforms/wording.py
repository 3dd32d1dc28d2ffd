"""Text steps: case, parts of names, pieces, cutting to a length. No word is ever dropped unsaid."""

import re
import unicodedata

from core.mapping.coercion.values import count_characters
from core.mapping.model import Transform
from core.mapping.problems import ProblemKind
from core.mapping.transforms.outcome import Step, Transformed, blocked, warned

_INVISIBLE = "\u200b\u2060\ufeff"  # zero-width characters that copying leaves at the ends
_WORD = re.compile(r"[^\s-]+")
_PARTICLE_WORDS = """
al and bin binti da das de del della den der des di do dos du e ibn la las le los of ter the und van
von y
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii", "ix"})
_SUFFIXES = _ROMAN | {"jr", "sr", "esq", "md", "m.d", "phd", "ph.d"}
_AFTER_PREFIX = re.compile(r"^(Mc|O'|O’|D'|D’|L'|L’)(\w)(?=\w)")
_JOINER = "\u200d"


def trim(text: str) -> Transformed:
    """Cut white space and invisible characters off both ends."""
    return Transformed(_strip(text))


def _strip(text: str) -> str:
    is_kept = [not (each.isspace() or each in _INVISIBLE) for each in text]
    if True not in is_kept:
        return ""
    return text[is_kept.index(True) : len(text) - is_kept[::-1].index(True)]


def upper(text: str) -> Transformed:
    """Write everything in capitals."""
    return Transformed(text.upper())


def lower(text: str) -> Transformed:
    """Write everything in small letters."""
    return Transformed(text.lower())


def title(text: str) -> Transformed:
    """Capitalise words written wholly in one case; McDonald, DeShawn and 3rd stay as they are."""
    written = _WORD.sub(lambda found: _title_word(found[0], is_first=not found.start()), text)
    return Transformed(written)


def _title_word(word: str, *, is_first: bool) -> str:
    if word[0].isdigit() or not (word.isupper() or word.islower()):
        return word
    small = word.lower()
    if small in _ROMAN:
        return word.upper()
    if small in _PARTICLES and not is_first:
        return small
    cased = (place for place, letter in enumerate(small) if letter.upper() != letter.lower())
    first = next(cased, 0)
    capitalised = small[:first] + small[first:][:1].title() + small[first:][1:]
    return _AFTER_PREFIX.sub(lambda found: found[1] + found[2].upper(), capitalised)


def name_part_step(transform: Transform) -> Step:
    """Return the step that takes first or last name out of a full name."""
    is_first = transform.option("part", "first") == "first"

    def take_part(text: str) -> Transformed:
        first, last, doubt = divide_name(text)
        part = first if is_first else last
        if not doubt:
            return Transformed(part)
        advice = "Map the separate name fields where the form asks for them."
        return warned(part, ProblemKind.NAME_DIVIDED, doubt, advice, "full name divided")

    return take_part


def divide_name(text: str) -> tuple[str, str, str]:
    """Return first name, last name, and the doubt in words; a single name is the last name."""
    before, comma, after = text.partition(",")
    words = text.split()
    if comma and after.strip().rstrip(".").casefold() in _SUFFIXES and len(before.split()) > 1:
        first, last, _ = divide_name(before)
        return first, f"{last}, {after.strip()}", "The suffix goes with the last name."
    if comma and "," not in after and before.strip() and after.strip():
        return " ".join(after.split()), " ".join(before.split()), ""
    if comma:
        return "", " ".join(words), "The commas do not tell first and last name apart."
    if len(words) == 1:
        return "", words[0], "A single name: it counts as the last name, the first name is blank."
    if _is_east_asian(text):
        return " ".join(words[1:]), words[0], "East Asian order is assumed: family name first."
    start = 2 if len(words) > 2 and len(words[1].rstrip(".")) == 1 else 1
    doubt = "" if len(words) == 2 else "More than two words: the last name is taken to begin after"
    doubt += (" the middle initial." if start == 2 else " the first.") if doubt else ""
    return " ".join(words[:start]), " ".join(words[start:]), doubt


def _is_east_asian(text: str) -> bool:
    names = [unicodedata.name(letter, "") for letter in text if not letter.isspace()]
    return all(name.startswith(("CJK", "HANGUL", "HIRAGANA", "KATAKANA")) for name in names)


def split_step(transform: Transform) -> Step:
    """Return the step that takes one piece of a divided text, counted from 1."""
    separator = transform.option("separator", ";").replace("\\n", "\n")
    index = int(transform.option("index", "1"))

    def take_piece(text: str) -> Transformed:
        pieces = text.split(separator)
        piece = pieces[index - 1].strip() if index <= len(pieces) else ""
        if piece:
            return Transformed(piece)
        return warned(
            "",
            ProblemKind.NO_SUCH_PART,
            f"Piece {index} is empty or not there; pieces in all: {len(pieces)}.",
            "Nothing is sent for this row; check separator and number if that is unexpected.",
        )

    return take_piece


def truncate_step(transform: Transform) -> Step:
    """Return the step that cuts to a length, between characters as people see them."""
    length = int(transform.option("length"))

    def cut(text: str) -> Transformed:
        if count_characters(text) <= length:
            return Transformed(text)
        kept = _cut(text, length)
        if not kept:
            return blocked(
                text,
                ProblemKind.TOO_LONG,
                f"Not even the first character fits into a length of {length}.",
                "Set a greater length.",
            )
        counts = f"from {count_characters(text)} to {count_characters(kept)} characters"
        return warned(
            kept,
            ProblemKind.CUT_OFF,
            f"Cut {counts}.",
            "The rest is not sent; map it to a longer field to keep it.",
            f"cut {counts}",
        )

    return cut


def _cut(text: str, length: int) -> str:
    in_units = text.encode("utf-16-le", "surrogatepass")[: 2 * length]
    end = len(in_units.decode("utf-16-le", "ignore"))  # half a character at the end goes
    while 0 < end < len(text) and _belongs_together(text, end):
        end -= 1
    return text[:end].rstrip()


def _belongs_together(text: str, end: int) -> bool:
    """Tell whether a cut before `end` would tear a character apart as people see it."""
    before, after = text[end - 1], text[end]
    if _JOINER in (before, after) or unicodedata.category(after).startswith("M"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":  # skin tones
        return True
    if (before, after) == ("\r", "\n"):
        return True
    flags = 0
    while flags < end and "\U0001f1e6" <= text[end - 1 - flags] <= "\U0001f1ff":
        flags += 1
    return flags % 2 == 1 and "\U0001f1e6" <= after <= "\U0001f1ff"
