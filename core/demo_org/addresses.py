"""Keep state and country of an address in step, as an org with their picklists switched on does.

https://help.salesforce.com/s/articleView?id=xcloud.admin_state_country_picklists_field_syncing.htm
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.demo_org.errors import ApiError
from core.demo_org.schema import Choice, Field, Sobject, Values

_NO_COUNTRY: Final = (
    "A country/territory must be specified before specifying a state value for field: "
)
_NOT_IN_COUNTRY: Final = (
    "The existing country/territory doesn't recognize the state value for field: "
)
_BAD_COUNTRY: Final = (
    "There's a problem with this country, even though it may appear correct. Please select a "
    "country from the list of valid countries."
)
_BAD_STATE: Final = (
    "There's a problem with this state, even though it may appear correct. Please select a state "
    "from the list of valid states."
)


def settle_addresses(sobject: Sobject, record: Values, touched: set[str]) -> None:
    """Fill code from text and text from code in every address whose parts were touched.

    Raises:
        ApiError: FIELD_INTEGRITY_EXCEPTION for a pair that the org does not list.
    """
    for address in _addresses(sobject):
        names = {each.name for each in (address.country, address.country_code)}
        if names & touched:
            _settle_country(address, record, touched)
        if (names | {address.state.name, address.state_code.name}) & touched:
            _settle_state(address, record, touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    country: Field
    country_code: Field
    state: Field
    state_code: Field

    def country_place(self, record: Values) -> int | None:
        code = record.get(self.country_code.name)
        values = [each.value for each in self.country_code.choices]
        return values.index(code) if code in values else None

    def states(self, record: Values) -> list[Choice]:
        """Return the states of the record's country."""
        place = self.country_place(record)
        return [each for each in self.state_code.choices if place in (each.valid_for or ())]


def _addresses(sobject: Sobject) -> Iterator[_Address]:
    for field in sobject.fields.values():
        if field.address_code and field.controller is None:
            prefix = field.name.removesuffix("CountryCode")
            yield _Address(
                country=sobject.fields[f"{prefix}Country"],
                country_code=field,
                state=sobject.fields[f"{prefix}State"],
                state_code=sobject.fields[f"{prefix}StateCode"],
            )


def _settle_country(address: _Address, record: Values, touched: set[str]) -> None:
    code, text = address.country_code.name, address.country.name
    if code in touched:
        found = _by_value(address.country_code.choices, record.get(code))
        record[text] = found.label if found else None
        if found is None and not touched & {address.state.name, address.state_code.name}:
            record[address.state.name] = record[address.state_code.name] = None
        return
    found = _by_label(address.country_code.choices, record.get(text))
    if found is None and record.get(text) is not None:
        raise _integrity(_BAD_COUNTRY, address.country)
    record[code] = found.value if found else None
    record[text] = found.label if found else None


def _settle_state(address: _Address, record: Values, touched: set[str]) -> None:
    by_text = address.state.name in touched and address.state_code.name not in touched
    field = address.state if by_text else address.state_code
    if record.get(field.name) is None:
        record[address.state.name] = record[address.state_code.name] = None
        return
    if record.get(address.country_code.name) is None:
        raise _integrity(_NO_COUNTRY + field.label, field)
    find = _by_label if by_text else _by_value
    found = find(address.states(record), record[field.name])
    if found is None:
        raise _integrity(_BAD_STATE if by_text else _NOT_IN_COUNTRY + field.label, field)
    record[address.state.name], record[address.state_code.name] = found.label, found.value


def _by_value(choices: "list[Choice] | tuple[Choice, ...]", value: str | None) -> Choice | None:
    folded = (value or "").casefold()
    return next((each for each in choices if each.value.casefold() == folded), None)


def _by_label(choices: "list[Choice] | tuple[Choice, ...]", label: str | None) -> Choice | None:
    folded = (label or "").casefold()
    return next((each for each in choices if each.label.casefold() == folded), None)


def _integrity(message: str, field: Field) -> ApiError:
    return ApiError("FIELD_INTEGRITY_EXCEPTION", message, fields=(field.name,))
