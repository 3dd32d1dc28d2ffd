"""What one row would do with any value: every step, and the outcome in each state of the org. Pure.

It runs the very functions that a preview runs, so that it cannot tell something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.mapping.apply import AppliedCell, PreparedMapping, row_reader
from core.mapping.decide import Decision, NewerFacts, decide
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    JsonValue,
    NullRule,
    ObjectMapping,
    SourceKind,
    SourceRecord,
    WriteRule,
)
from core.mapping.pipeline import ApplySettings

_LONG_AGO, _LATER = "2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z"
_MOST_SHOWN = 300  # characters of the longest edge value; a long text area's limit is not typed out


@dataclass(frozen=True, slots=True)
class Step:
    """One step with the text after it; None where nothing was sent."""

    name: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Situation:
    """What Salesforce may hold, in words, and what the row then does."""

    held: str
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """`steps` from source to the text that meets the field's type; `cell` is the outcome."""

    steps: tuple[Step, ...]
    cell: AppliedCell
    situations: tuple[Situation, ...]


def simulate(
    row: FieldRow,
    describe: SobjectDescribe,
    values: Mapping[str, str],
    settings: ApplySettings | None = None,
    *,
    held: JsonValue = None,
) -> Simulation:
    """Return what the row makes of these source values.

    `held` is what a record that is found would hold; without one an example that differs is taken.
    Raises KeyError where the object has no such field.
    """
    field = describe.field(row.field_name)
    if field is None:
        raise KeyError(row.field_name)
    settings = settings or ApplySettings()
    prepared = PreparedMapping(
        ObjectMapping(sobject_name=describe.name, rows=(row,)), describe, settings
    )
    cell = prepared.apply(SourceRecord(row_number=1, values=values)).cells[0]
    example = example_held(field, cell.value) if held is None else held
    return Simulation(
        steps=_steps(row, field, describe, values, settings),
        cell=cell,
        situations=_situations(cell, row, field, example),
    )


def values_for(row: FieldRow, text: str | None) -> dict[str, str]:
    """Return the inquiry that carries just this text where the row reads a field."""
    if row.source.kind is not SourceKind.FIELD or text is None:
        return {}
    return {row.source.text: text}


def _steps(
    row: FieldRow,
    field: FieldDescribe,
    describe: SobjectDescribe,
    values: Mapping[str, str],
    settings: ApplySettings,
) -> tuple[Step, ...]:
    """Run ever longer beginnings of the row's way; each gives the text it leaves."""
    bare = replace(
        row,
        transforms=(),
        value_map=None,
        null_rule=NullRule.BY_WRITE_RULE,
        lookup=None,
    )
    stages = [("Source", bare)]
    for count in range(1, len(row.transforms) + 1):
        name = row.transforms[count - 1].kind.value
        stages.append((name, replace(bare, transforms=row.transforms[:count])))
    if row.value_map is not None:
        mapped = replace(bare, transforms=row.transforms, value_map=row.value_map)
        stages.append(("Value map", mapped))
    if row.null_rule is NullRule.USE_TEXT:
        stages.append(("Text for blanks", replace(row, lookup=None)))
    return tuple(
        Step(name, row_reader(each, field, describe, settings)(values, {}).text)
        for name, each in stages
    )


def _situations(
    cell: AppliedCell, row: FieldRow, field: FieldDescribe, held: JsonValue
) -> tuple[Situation, ...]:
    newer, older = NewerFacts(_LATER, _LONG_AGO), NewerFacts(_LONG_AGO, _LATER)
    told = [
        Situation("New record", decide(cell, row, field, None, is_create=True)),
        Situation(
            "Salesforce is blank", decide(cell, row, field, None, is_create=False, newer=newer)
        ),
    ]
    if row.write_rule is not WriteRule.ONLY_IF_NEWER:
        filled = decide(cell, row, field, held, is_create=False)
        return (*told, Situation("Salesforce has a value", filled))
    return (
        *told,
        Situation(
            "Salesforce has an older value",
            decide(cell, row, field, held, is_create=False, newer=newer),
        ),
        Situation(
            "Salesforce has a newer value",
            decide(cell, row, field, held, is_create=False, newer=older),
        ),
    )


_HELD: dict[str, tuple[JsonValue, JsonValue]] = {
    "boolean": (True, False),
    "int": (7, 8),
    "double": (7, 8),
    "currency": (7, 8),
    "percent": (7, 8),
    "date": ("2020-01-01", "2020-01-02"),
    "datetime": ("2020-01-01T00:00:00.000Z", "2020-01-02T00:00:00.000Z"),
    "time": ("08:00:00.000Z", "09:00:00.000Z"),
    "email": ("earlier@example.edu", "before@example.edu"),
    "phone": ("+1 555 0100", "+1 555 0101"),
    "url": ("https://earlier.example", "https://before.example"),
    "reference": ("001000000000001AAA", "001000000000002AAA"),
}


def example_held(field: FieldDescribe, other_than: JsonValue) -> JsonValue:
    """Return a value the field may hold that differs from the one given."""
    if field.active_values:
        choices: tuple[JsonValue, ...] = (*field.active_values[:2], "Earlier value")
    else:
        choices = _HELD.get(field.type, ("Earlier value", "Another value"))
    return next((each for each in choices if each != other_than), "Earlier value")


@dataclass(frozen=True, slots=True)
class EdgeValue:
    """A value worth trying, with why. `text` is None where nothing is sent at all."""

    why: str
    text: str | None


_ALWAYS = (
    EdgeValue("The inquiry does not carry the field", None),
    EdgeValue("A blank", ""),
    EdgeValue("Only spaces", "   "),
    EdgeValue("The literal #N/A", "#N/A"),
    EdgeValue("An apostrophe", "O'Brien"),
    EdgeValue("Accents as separate characters", "Nu\u0301n\u0303ez"),
    EdgeValue("An emoji", "Ava \U0001f393"),
    EdgeValue("Another script", "王 小明"),
    EdgeValue("Several values", "Business;Design"),
    EdgeValue("A leading zero", "01234"),
    EdgeValue("Markup", "<b>Ava</b>"),
)
_BY_TYPE = {
    "boolean": ("yes", "no", "true", "0", "maybe"),
    "date": ("2027-08-31", "08/31/2027", "03/04/2027", "2027-08-31T23:30:00-07:00", "soon"),
    "datetime": ("2027-08-31T23:30:00Z", "2027-08-31T23:30:00-07:00", "2027-08-31", "soon"),
    "int": ("7", "7.5", "1,234", "007", "seven"),
    "double": ("3.75", "3,75", "1,234.5", "-0", "1e400"),
    "email": ("ava+mba@example.edu", "Ava@Example.edu", "ava@example", "ava@exämple.edu"),
    "phone": ("+1-555-555-5555", "555-0100", "07700 900123", "+44 20 7946 0000 ext. 12"),
    "reference": ("001000000000001", "MBA"),
}


def edge_values(field: FieldDescribe) -> tuple[EdgeValue, ...]:
    """Return the values most likely to surprise in this field."""
    found = list(_ALWAYS)
    found += [EdgeValue(f"For a {field.type}", text) for text in _BY_TYPE.get(field.type, ())]
    if field.active_values:
        first = field.active_values[0]
        found += [
            EdgeValue("A listed option", first),
            EdgeValue("The same in capitals", first.upper()),
            EdgeValue("An option that is not listed", "Not an option"),
        ]
    elif 0 < field.length <= _MOST_SHOWN:
        found += [
            EdgeValue(f"As long as it may be ({field.length})", "x" * field.length),
            EdgeValue(f"One character too long ({field.length + 1})", "x" * (field.length + 1)),
        ]
    return tuple(found)
