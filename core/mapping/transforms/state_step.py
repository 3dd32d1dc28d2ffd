"""States to a code, a name or the org's own entry, by the inquiry's country."""

from collections.abc import Mapping
from functools import lru_cache

from core.mapping.describe import FieldDescribe, PicklistValue
from core.mapping.model import Transform
from core.mapping.problems import ProblemKind
from core.mapping.transforms.countries import find_country, find_listed_country
from core.mapping.transforms.country_step import no_list
from core.mapping.transforms.names import MAX_NAME, name_key
from core.mapping.transforms.outcome import Transformed, Transformer, blocked, warned
from core.mapping.transforms.states import (
    State,
    find_named_states,
    find_state,
    has_table,
    load_states,
)

DEFAULT_COUNTRY_KEY = "lead.country"
_MIN_NAME = 4  # what is shorter may be a code


def state_transformer(
    transform: Transform, field: FieldDescribe | None, controller: FieldDescribe | None
) -> Transformer:
    """Return the transformer; `controller` is the country field that rules the state's values."""
    to = transform.option("to", "org")
    country_key = transform.option("country_key") or DEFAULT_COUNTRY_KEY
    if to == "org" and (field is None or not field.picklist_values):
        return lambda text, _values: no_list(text, field)
    listed = StateList(field, controller) if to == "org" and field else None

    def read(text: str, country: str) -> Transformed:
        return listed.find(text, country) if listed else _written(text, country, to)

    remembered = lru_cache(maxsize=4096)(read)

    def to_state(text: str, values: Mapping[str, str]) -> Transformed:
        named = values.get(country_key, "").strip()
        country = find_country(named)
        if country is None and named:
            return _unknown_country(text)
        code = country.alpha2 if country else ""
        return (remembered if len(text) <= MAX_NAME else read)(text, code)

    return to_state


def _written(text: str, country: str, to: str) -> Transformed:
    state, failed = _recognise(text, country)
    if state is not None:
        return _spelled(text, state.codes[0] if to == "code" else state.name)
    assert failed is not None  # one of the two is always there
    if country and not has_table(country) and to == "name" and len(text) >= _MIN_NAME:
        return warned(
            text,
            ProblemKind.STATE_NOT_CHECKED,
            "The states of this country are not known here: the name is sent as received.",
            "Check that the university's field takes it.",
        )
    return failed


def _recognise(text: str, country: str) -> tuple[State | None, Transformed | None]:
    """Return the state, or the answer that says why there is none."""
    if country:
        state = find_state(text, country)
        return state, None if state else _unknown_state(text)
    named = find_named_states(text)
    if len(named) == 1:
        return named[0], None
    return None, _needs_country(text)


class StateList:
    """The active states on an org's list, by country where the org's country field rules them."""

    def __init__(self, field: FieldDescribe, controller: FieldDescribe | None) -> None:
        self._field = field
        self._active = tuple(entry for entry in field.picklist_values if entry.active)
        self._places: dict[str, int] | None = None
        if field.is_dependent and controller is not None:
            # inactive entries count: the platform numbers the whole list
            countries = [
                find_listed_country(each.value, each.label) for each in controller.picklist_values
            ]
            self._places = {each.alpha2: place for place, each in enumerate(countries) if each}
        self._home = _home_of(self._active)

    def find(self, text: str, country: str) -> Transformed:
        """Return the value of the one entry that means this state of this country."""
        if not country:
            return self._find_by_name(text)
        entries = self._of_country(country)
        state = find_state(text, country)
        meant = [each for each in entries if state and self._means(each, state)]
        if not meant and (self._places is not None or self._may_be_name(text, country)):
            meant = [each for each in entries if _is_written(each, text)]
        return self._choose(text, meant)

    def _of_country(self, country: str) -> tuple[PicklistValue, ...]:
        if self._places is None:
            return self._active
        place = self._places.get(country)
        return tuple(e for e in self._active if place is not None and e.is_valid_for(place))

    def _means(self, entry: PicklistValue, state: State) -> bool:
        """A name decides; a bare code counts for its own country alone."""
        if name_key(entry.label) in state.keys or name_key(entry.value) in state.keys:
            return True
        if entry.label.upper() != entry.value.upper() or _bare_code(entry, state) is None:
            return False
        is_own = self._places is not None or state.country == self._home
        return is_own or find_state(entry.value, self._home) is None

    def _may_be_name(self, text: str, country: str) -> bool:
        """Without a ruling country field nothing tells whose a code is, so names only."""
        return not has_table(country) and len(text) >= _MIN_NAME

    def _find_by_name(self, text: str) -> Transformed:
        named = find_named_states(text)
        if len(named) != 1:
            return _needs_country(text)
        return self._choose(text, [each for each in self._active if self._means(each, named[0])])

    def _choose(self, text: str, found: list[PicklistValue]) -> Transformed:
        values = {entry.value for entry in found}
        if len(values) == 1:
            return _spelled(text, values.pop())
        if not values:
            return _unknown_state(text, self._field.label)
        return blocked(
            text,
            ProblemKind.AMBIGUOUS_STATE,
            f"{self._field.label} lists this state more than once.",
            "Ask the university's admin which entry is in use and switch the other off.",
        )


def _is_written(entry: PicklistValue, text: str) -> bool:
    same_name = bool(name_key(text)) and name_key(text) == name_key(entry.label)
    return same_name or text.casefold() in {entry.value.casefold(), entry.label.casefold()}


def _bare_code(entry: PicklistValue, state: State) -> str | None:
    code = entry.value.upper().removeprefix(f"{state.country}-")
    return code if code in state.codes else None


def _home_of(entries: tuple[PicklistValue, ...]) -> str:
    """Return the country whose codes fill most of a list; its codes are not read as another's."""
    texts = [entry.value for entry in entries]
    counts = {
        country: sum(find_state(text, country) is not None for text in texts)
        for country in load_states()
    }
    return max(counts, key=lambda country: counts[country])


def _spelled(text: str, value: str) -> Transformed:
    return Transformed(value, note="" if value == text else "state spelled as asked for")


def _unknown_state(text: str, label: str = "") -> Transformed:
    where = f"among the active values of {label} for this country" if label else "in this country"
    return blocked(
        text,
        ProblemKind.UNKNOWN_STATE,
        f"The state is not known {where}.",
        "Correct state or country at the source, or ask the university's admin to add it.",
    )


def _unknown_country(text: str) -> Transformed:
    return blocked(
        text,
        ProblemKind.UNKNOWN_STATE,
        "The inquiry's country is not known by its name or code, so the state cannot be told.",
        "Correct the country at the source, or send its ISO code.",
    )


def _needs_country(text: str) -> Transformed:
    return blocked(
        text,
        ProblemKind.AMBIGUOUS_STATE,
        "The inquiry has no country, and without it the state cannot be told.",
        "Send the country too: AR is Arkansas in one country and Arezzo in another.",
    )
