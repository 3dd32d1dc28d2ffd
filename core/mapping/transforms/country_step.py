"""Countries to a code, a name or the org's own entry. One country, one entry, or a problem."""

from core.mapping.describe import FieldDescribe, PicklistValue
from core.mapping.model import Transform
from core.mapping.problems import ProblemKind
from core.mapping.transforms.countries import (
    Country,
    find_country,
    find_listed_country,
    is_ambiguous_name,
)
from core.mapping.transforms.outcome import Step, Transformed, blocked, cached


class CountryList:
    """The active countries on an org's list, found by what they mean."""

    def __init__(self, field: FieldDescribe) -> None:
        self.label = field.label
        self._by_country: dict[str, list[PicklistValue]] = {}
        self._by_text: dict[str, list[PicklistValue]] = {}
        self._meant: dict[str, Country | None] = {}
        for entry in field.picklist_values:
            if entry.active:
                self._add(entry)

    def _add(self, entry: PicklistValue) -> None:
        country = find_listed_country(entry.value, entry.label)
        self._meant[entry.value] = country
        if country:
            self._by_country.setdefault(country.alpha2, []).append(entry)
        for each in {entry.value.casefold(), entry.label.casefold()}:
            self._by_text.setdefault(each, []).append(entry)

    def find(self, text: str) -> Transformed:
        """Return the value of the one entry that means the country which the text means."""
        country = find_country(text)
        written = self._by_text.get(text.casefold(), [])
        if country is None:
            return self._choose(text, written, is_read=False)
        meant = self._by_country.get(country.alpha2, [])
        if len(meant) > 1:
            meant = [entry for entry in meant if entry in written] or meant
        return self._choose(text, meant, is_read=True)

    def _choose(self, text: str, found: list[PicklistValue], *, is_read: bool) -> Transformed:
        values = {entry.value for entry in found}
        if len(values) == 1:
            return _spelled(text, values.pop())
        if values:
            return blocked(
                text,
                ProblemKind.AMBIGUOUS_COUNTRY,
                f"{self.label} lists this country more than once.",
                "Ask the university's admin which entry is in use and switch the other off.",
            )
        return _unlisted(text, self.label) if is_read else unknown_country(text)


def _spelled(text: str, value: str) -> Transformed:
    return Transformed(value, note="" if value == text else "country spelled as asked for")


def _unlisted(text: str, label: str) -> Transformed:
    return blocked(
        text,
        ProblemKind.UNKNOWN_COUNTRY,
        f"The country is not among the active values of {label}.",
        "Ask the university's admin to add it, or leave such inquiries to a person.",
    )


def unknown_country(text: str) -> Transformed:
    """Return the answer for a text that names no country, or two."""
    if is_ambiguous_name(text):
        return blocked(
            text,
            ProblemKind.AMBIGUOUS_COUNTRY,
            "The name is used for more than one country.",
            "Send the ISO code or the full name, such as Korea, Republic of.",
        )
    return blocked(
        text,
        ProblemKind.UNKNOWN_COUNTRY,
        "No country is known by this name or code.",
        "Correct it at the source, or send the ISO code.",
    )


def country_step(transform: Transform, field: FieldDescribe | None) -> Step:
    """Return the step to the org's entry, the English name or an ISO code."""
    to = transform.option("to", "org")
    if to != "org":
        return cached(lambda text: _written(text, to))
    if field is None or not field.picklist_values:
        return lambda text: no_list(text, field)
    return cached(CountryList(field).find)


def _written(text: str, to: str) -> Transformed:
    country = find_country(text)
    if country is None:
        return unknown_country(text)
    return _spelled(
        text, {"alpha2": country.alpha2, "alpha3": country.alpha3}.get(to, country.name)
    )


def no_list(text: str, field: FieldDescribe | None) -> Transformed:
    """Return the answer where the org's own list was asked for and there is none."""
    name = field.label if field else "The field"
    return blocked(
        text,
        ProblemKind.TRANSFORM_NOT_SET,
        f"{name} has no list of values to choose from.",
        "Choose the name or a code in the row's options instead of the org's own value.",
    )
