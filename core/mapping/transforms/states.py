"""Which state or province a text names, within a country. A code alone names none."""

from dataclasses import dataclass
from functools import cache

from core.mapping.transforms.names import name_key
from core.mapping.transforms.state_table import STATE_TABLES


@dataclass(frozen=True, slots=True)
class State:
    """One state. The first code is the one Salesforce ships; `keys` are its names' keys."""

    country: str
    codes: tuple[str, ...]
    name: str
    keys: frozenset[str]


@cache
def load_states() -> dict[str, tuple[State, ...]]:
    """Return the states of each country there is a table for, read once."""
    return {
        country: tuple(_state(country, line) for line in table.splitlines())
        for country, table in STATE_TABLES.items()
    }


def _state(country: str, line: str) -> State:
    codes, name, *aliases = line.split("|")
    names = (name, *(aliases[0].split(";") if aliases else ()))
    return State(
        country, tuple(codes.split("/")), name, frozenset(name_key(each) for each in names)
    )


def has_table(country: str) -> bool:
    """Tell whether the states of this country are known here."""
    return country in load_states()


def find_state(text: str, country: str) -> State | None:
    """Return the state of this country with that code or name; "US-UT" is a code too."""
    code = text.strip().upper().removeprefix(f"{country}-")
    key = name_key(text)
    for state in load_states().get(country, ()):
        if code in state.codes or key in state.keys:
            return state
    return None


def find_named_states(text: str) -> tuple[State, ...]:
    """Return the states of any country with that name; a code is not looked at."""
    key = name_key(text)
    return tuple(
        state for states in load_states().values() for state in states if key in state.keys
    )
