"""Which country a text names: ISO codes, English names, usual aliases. Never a guess."""

from dataclasses import dataclass
from functools import cache, lru_cache

from core.mapping.transforms.country_table import AMBIGUOUS_NAMES, COUNTRY_TABLE
from core.mapping.transforms.names import MAX_NAME, name_key


@dataclass(frozen=True, slots=True)
class Country:
    """One country of ISO 3166-1 (and Kosovo, XK, which the standard leaves to its users)."""

    alpha2: str
    alpha3: str
    name: str


class Countries:
    """The table, indexed by code and by name."""

    def __init__(self) -> None:
        self.by_code: dict[str, Country] = {}
        self.by_name: dict[str, Country] = {}
        for line in COUNTRY_TABLE.splitlines():
            alpha2, alpha3, name, aliases = line.split("|")
            country = Country(alpha2, alpha3, name)
            self.by_code[alpha2] = self.by_code[alpha3] = country
            for each in (name, *filter(None, aliases.split(";"))):
                self.by_name[name_key(each)] = country

    def find(self, text: str) -> Country | None:
        """The country of a code or a name, whatever the case."""
        if len(text) in {2, 3} and text.isascii() and (found := self.by_code.get(text.upper())):
            return found
        return self.by_name.get(name_key(text))


@cache
def load_countries() -> Countries:
    """Return the table, read once."""
    return Countries()


@cache
def _ambiguous_keys() -> frozenset[str]:
    return frozenset(name_key(name) for name in AMBIGUOUS_NAMES)


def is_ambiguous_name(text: str) -> bool:
    """Tell whether people write this for two countries, such as Congo."""
    return name_key(text) in _ambiguous_keys()


def find_country(text: str) -> Country | None:
    """Return the country that the text names beyond doubt, else None."""
    return _find(text.strip()) if len(text) <= MAX_NAME else None


@lru_cache(maxsize=4096)
def _find(text: str) -> Country | None:
    return None if is_ambiguous_name(text) else load_countries().find(text)


def find_listed_country(value: str, label: str) -> Country | None:
    """Return the country of an entry on an org's list, where the label is what people read.

    An entry called just Congo is the Republic: its neighbour always carries a longer name.
    """
    countries = load_countries()
    return countries.find(label.strip()) or countries.find(value.strip())
