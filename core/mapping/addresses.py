"""Whether an org with state and country picklists takes the places of an address together. Pure.

Such an org keeps a code beside each state and country and refuses a state without its country.
https://help.salesforce.com/s/articleView?id=xcloud.admin_state_country_picklists_field_syncing.htm
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, PicklistValue, SobjectDescribe
from core.mapping.model import JsonValue
from core.mapping.problems import Problem, ProblemKind

_COUNTRY_CODE = "CountryCode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The four fields of one address that the org keeps in step."""

    country: FieldDescribe
    country_code: FieldDescribe
    state: FieldDescribe
    state_code: FieldDescribe

    @property
    def names(self) -> tuple[str, ...]:
        fields = (self.country, self.country_code, self.state, self.state_code)
        return tuple(field.name for field in fields)


def find_addresses(describe: SobjectDescribe) -> tuple[Address, ...]:
    """Return the addresses that have codes; none where the org has no such picklists."""
    return tuple(_addresses(describe))


def _addresses(describe: SobjectDescribe) -> Iterator[Address]:
    for code in describe.fields:
        if not code.name.endswith(_COUNTRY_CODE) or not code.picklist_values:
            continue
        prefix = code.name.removesuffix(_COUNTRY_CODE)
        country, state, state_code = (
            describe.field(f"{prefix}{part}") for part in ("Country", "State", "StateCode")
        )
        if country and state and state_code and code.compound_field_name:
            yield Address(country=country, country_code=code, state=state, state_code=state_code)


def judge_address(
    address: Address, payload: Mapping[str, JsonValue], current: Mapping[str, JsonValue]
) -> Iterator[tuple[str, Problem]]:
    """Yield the field that is refused, and why; at most one of an address.

    `current` is what the record found holds, nothing for a new one.
    """
    sent = [name for name in address.names if name in payload]
    if not sent:
        return
    whole = {name: payload.get(name, current.get(name)) for name in address.names}
    country = _country_of(address, payload, whole)
    text = whole[address.country.name]
    by_text = address.country.name in payload and address.country_code.name not in payload
    if by_text and country is None and not is_blank(text):
        yield address.country.name, _not_listed(address.country, ProblemKind.UNKNOWN_COUNTRY)
        return
    state = _state_of(address, payload, whole)
    if is_blank(state) or _is_cleared(address, payload, country):
        return
    field = _sent_field(address, payload, sent)
    if country is None:
        yield field.name, _without_country(field, address.country)
    elif _state_entry(address, payload, whole, country) is None:
        yield field.name, _not_listed(field, ProblemKind.UNKNOWN_STATE)


def kept_in_step(
    addresses: Sequence[Address],
    payload: Mapping[str, JsonValue],
    current: Mapping[str, JsonValue],
) -> dict[str, JsonValue]:
    """Return the address fields as the org keeps them once it has taken the payload."""
    kept: dict[str, JsonValue] = {}
    for address in addresses:
        if not any(name in payload for name in address.names):
            continue
        whole = {name: payload.get(name, current.get(name)) for name in address.names}
        place = _country_of(address, payload, whole)
        country = None if place is None else address.country_code.picklist_values[place]
        state = None if place is None else _state_entry(address, payload, whole, place)
        kept |= _both(address.country, address.country_code, country)
        kept |= _both(address.state, address.state_code, state)
    return kept


def _both(
    text: FieldDescribe, code: FieldDescribe, entry: PicklistValue | None
) -> dict[str, JsonValue]:
    return {text.name: entry.label if entry else None, code.name: entry.value if entry else None}


def _country_of(
    address: Address, payload: Mapping[str, JsonValue], whole: Mapping[str, JsonValue]
) -> int | None:
    """Return the place of the address's country in the org's list."""
    by_text = address.country.name in payload and address.country_code.name not in payload
    wanted = whole[address.country.name if by_text else address.country_code.name]
    for place, entry in enumerate(address.country_code.picklist_values):
        if _folded(entry.label if by_text else entry.value) == _folded(wanted):
            return place
    return None


def _by_state_text(address: Address, payload: Mapping[str, JsonValue]) -> bool:
    return address.state.name in payload and address.state_code.name not in payload


def _state_of(
    address: Address, payload: Mapping[str, JsonValue], whole: Mapping[str, JsonValue]
) -> JsonValue:
    by_text = _by_state_text(address, payload)
    return whole[address.state.name if by_text else address.state_code.name]


def _is_cleared(address: Address, payload: Mapping[str, JsonValue], country: int | None) -> bool:
    """Clearing the country by its code clears the state with it, unless a state is sent too."""
    is_sent = {address.state.name, address.state_code.name} & set(payload)
    return country is None and address.country_code.name in payload and not is_sent


def _state_entry(
    address: Address,
    payload: Mapping[str, JsonValue],
    whole: Mapping[str, JsonValue],
    country: int,
) -> PicklistValue | None:
    """Return the org's entry of the address's state in this country."""
    by_text = _by_state_text(address, payload)
    wanted = _folded(_state_of(address, payload, whole))
    for entry in _states(address, country):
        if _folded(entry.label if by_text else entry.value) == wanted:
            return entry
    return None


def _states(address: Address, country: int) -> Iterator[PicklistValue]:
    entries = address.state_code.picklist_values
    return (entry for entry in entries if entry.is_valid_for(country))


def _sent_field(
    address: Address, payload: Mapping[str, JsonValue], sent: Sequence[str]
) -> FieldDescribe:
    fields = (address.state, address.state_code, address.country, address.country_code)
    return next(field for field in fields if field.name in payload and field.name in sent)


def _folded(value: JsonValue) -> str:
    return str(value or "").strip().casefold()


def _not_listed(field: FieldDescribe, kind: ProblemKind) -> Problem:
    return Problem(
        kind,
        f"{field.label} is not on the org's list of states and countries, or not of this country.",
        "Add the step that writes the org's own value, or correct the place at the source.",
    )


def _without_country(field: FieldDescribe, country: FieldDescribe) -> Problem:
    return Problem(
        ProblemKind.AMBIGUOUS_STATE,
        f"{field.label} is refused by this org where {country.label} stays empty.",
        f"Map {country.label} too, or send it with the inquiry.",
    )
