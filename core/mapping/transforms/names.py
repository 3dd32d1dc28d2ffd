"""Keys by which names of places are compared. A name that leaves no key matches nothing."""

import re
import unicodedata
from functools import lru_cache

_NO_MEANING = frozenset({"the", "of", "and", "de", "et", "y", "und"})
_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
MAX_NAME = 120


def name_key(text: str) -> str:
    """Return the words without accents, case, punctuation, filler words and order.

    "Korea, Republic of" and "Republic of Korea" share a key; letters of any script are kept.
    """
    return _key(text) if len(text) <= MAX_NAME else ""


@lru_cache(maxsize=8192)
def _key(text: str) -> str:
    joined = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", text)
    folded = unicodedata.normalize("NFKD", joined.translate(_APOSTROPHES).casefold())
    # only accents go: the vowel signs of other scripts (category Mc, some Mn) tell names apart
    plain = "".join(each for each in folded if not "\u0300" <= each <= "\u036f")
    apart = "".join(each if _is_letter(each) else " " for each in plain)
    words = ["saint" if word == "st" else word for word in apart.split()]
    return " ".join(sorted(word for word in words if word not in _NO_MEANING)) or " ".join(words)


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
