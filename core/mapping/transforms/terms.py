"""Start terms such as "Fall 2026" to the form a target takes. "Undecided" is never a term."""

import re
from dataclasses import dataclass
from datetime import date

from core.mapping.model import Transform
from core.mapping.problems import ProblemKind
from core.mapping.transforms.outcome import Step, Transformed, blocked, cached, warned
from core.mapping.transforms.term_words import Season, Term, read_term

PLACEHOLDERS = ("year", "year2", "next_year", "next_year2", "season", "season_code")
DEFAULT_PATTERNS = {"code": "{year}{season_code}", "text": "{season} {year}"}
_COMMON_YEAR = 2001
_YEARS = range(1990, 2100)
_PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class TermForm:
    """What a row makes of a term: `codes` are codes, or start days for a date."""

    to: str
    pattern: str
    codes: dict[Season, str]

    def write(self, season: Season, year: int) -> str:
        """Return the term in this form; "" where the form has nothing for the season."""
        if self.to == "date":
            return _start_day(year, self.codes[season])
        if "{season_code}" in self.pattern and not self.codes[season]:
            return ""
        return self._fill(season, str(year), str(year + 1))

    def _fill(self, season: Season, year: str, next_year: str) -> str:
        values = {
            "year": year,
            "year2": year[-2:],
            "next_year": next_year,
            "next_year2": next_year[-2:],
            "season": season.value.capitalize(),
        }
        values["season_code"] = _put(self.codes[season], values)
        return _put(self.pattern, values)


def _put(pattern: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], ""), pattern)


def _start_day(year: int, month_and_day: str) -> str:
    try:
        return date.fromisoformat(f"{year:04d}-{month_and_day}").isoformat()
    except ValueError:
        return ""


def is_start_day(month_and_day: str) -> bool:
    """Tell whether this is a day that every year has, written 08-15."""
    return bool(_start_day(_COMMON_YEAR, month_and_day))


def placeholders_of(pattern: str) -> tuple[str, ...]:
    """Return the names in braces, in their order."""
    return tuple(_PLACEHOLDER.findall(pattern))


def form_of(transform: Transform) -> TermForm:
    """Return the form the options describe."""
    to = transform.option("to", "text")
    pattern = transform.option("pattern") or DEFAULT_PATTERNS.get(to, "")
    return TermForm(to, pattern, {season: transform.option(season).strip() for season in Season})


def term_step(transform: Transform) -> Step:
    """Return the step from any usual spelling of a term to the row's form."""
    form = form_of(transform)
    is_undecided_blank = transform.option("undecided", "hold") == "blank"
    own = _own_results(form)

    def to_form(text: str) -> Transformed:
        term, result = read_term(text), own.get(text.casefold())
        if term is None:
            return _done(text, result) if result else _not_a_term(text)
        if term.is_undecided:
            return _undecided(text, is_blank=is_undecided_blank)
        written = _write(term, form)
        # the row's own result in one reading, another term in the other
        if written is None or (result and written != result):
            return _not_a_term(text)
        return _done(text, written) if written else _no_code(text, term, form)

    return cached(to_form)


def _done(text: str, written: str) -> Transformed:
    return Transformed(written, note="" if written == text else "start term rewritten")


def _write(term: Term, form: TermForm) -> str | None:
    """Return None where the text lacks a part that the form needs, "" where the form lacks one."""
    if form.to == "season":
        return term.season.value.capitalize() if term.season else None
    if form.to == "year":
        return str(term.year) if term.year else None
    if term.season is None or term.year is None:
        return None
    return form.write(term.season, term.year)


def _own_results(form: TermForm) -> dict[str, str]:
    """Return what the form writes, so that a source that holds the code already is understood."""
    if form.to not in DEFAULT_PATTERNS:
        return {}
    results = {form.write(season, year) for year in _YEARS for season in Season}
    return {result.casefold(): result for result in results if result}


def _not_a_term(text: str) -> Transformed:
    return blocked(
        text,
        ProblemKind.NOT_A_TERM,
        "It names no single season and year.",
        "Send it as Fall 2026, or correct it at the source.",
    )


def _undecided(text: str, *, is_blank: bool) -> Transformed:
    message = "The person has not decided on a start term."
    if is_blank:
        return warned(
            "",
            ProblemKind.TERM_UNDECIDED,
            message,
            "Nothing is sent, as the row asks for.",
            "undecided: left blank",
        )
    return blocked(
        text,
        ProblemKind.TERM_UNDECIDED,
        message,
        "Let undecided answers stay blank in this row's options, or ask the person.",
    )


def _no_code(text: str, term: Term, form: TermForm) -> Transformed:
    season = term.season.value.capitalize() if term.season else "this season"
    what = "start day" if form.to == "date" else "code"
    return blocked(
        text,
        ProblemKind.NO_TERM_CODE,
        f"The row has no {what} for {season}.",
        f"Enter the university's {what} for {season} in the row's options.",
    )
