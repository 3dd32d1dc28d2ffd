"""The words by which start terms are written. Data and the reading of it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Season(StrEnum):
    FALL = "fall"
    SPRING = "spring"
    SUMMER = "summer"
    WINTER = "winter"


SEASON_WORDS = {
    Season.FALL: "fall autumn fa f fal aut au otono automne herbst outono autunno 秋 秋季",
    Season.SPRING: "spring sp spr primavera printemps fruhjahr fruhling 春 春季",
    Season.SUMMER: "summer su sum smr verano ete sommer verao estate 夏 夏季",
    Season.WINTER: "winter wi win wtr w invierno hiver inverno 冬 冬季",
}
_SEASONS = {word: season for season, words in SEASON_WORDS.items() for word in words.split()}
# Words that say nothing more than that this is a term.
_FILLER_WORDS = """
academic admission class de del do du entry intake of quarter semester semestre session start
starting term trimester trimestre the year
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
# Answers of people who have not chosen, in the order in which they come to mind.
_UNDECIDED_PHRASES = """
undecided|unsure|not sure|unknown|tbd|tba|asap|as soon as possible|immediately|now|anytime|any time
any|n a|na|none|no idea|dont know|later|other|flexible|not decided|to be determined|to be decided
next available|rolling|just looking|exploring options|no se|indeciso|indecisa|aun no se
je ne sais pas|indecis|weiss nicht
"""
_UNDECIDED = frozenset(
    tuple(sorted(phrase.split()))
    for phrase in _UNDECIDED_PHRASES.strip().replace("\n", "|").split("|")
)
_SMALL_TALK = frozenset({"i", "im", "am", "yet", "still"})
_MAX_TEXT = 80
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_SHORT_YEAR = re.compile(r"[0-9]{2}")
_LONG_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Term:
    """What a text says of a term. A part it does not name is None."""

    season: Season | None = None
    year: int | None = None
    is_undecided: bool = False


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in folded if not "\u0300" <= each <= "\u036f")
    return _TOKEN.findall(plain.replace("'", "").replace("’", ""))


def read_term(text: str) -> Term | None:
    """Return the term, or None where a word is unknown or season or year come twice."""
    if len(text) > _MAX_TEXT:
        return None
    tokens = _tokens(text)
    said = tuple(sorted(token for token in tokens if token not in _SMALL_TALK))
    if said in _UNDECIDED and not text.startswith("#"):  # #N/A is a spreadsheet's error
        return Term(is_undecided=True)
    season: Season | None = None
    year: int | None = None
    for token in tokens:
        if token in _FILLERS:
            continue
        if token in _SEASONS and season in {None, _SEASONS[token]}:
            season = _SEASONS[token]
        elif token.isdigit() and year is None and (found := _year(token)):
            year = found
        else:
            return None
    is_short = any(_SHORT_YEAR.fullmatch(token) for token in tokens)
    if (season is None and year is None) or (is_short and season is None):
        return None
    return Term(season, year)


def _year(token: str) -> int:
    if _LONG_YEAR.fullmatch(token):
        return int(token)
    return 2000 + int(token) if _SHORT_YEAR.fullmatch(token) else 0
