"""Random people of an org, and the inquiries of the same and of other people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from bench.agreement.slots import NAME_KEYS, STORED_ID_KEY, DrawnMapping, Slot
from bench.agreement.texts import BAD_EMAILS
from core.mapping.model import JsonValue, Operation, SourceKind, SourceRecord

_FIRST_NAMES: Final = ("Ava", "María José", "小明", "محمد", "Zoë 🎓", "Siobhán", "J.", "=SUM(A1)")
_LAST_NAMES: Final = ("Lopez", "O'Brien", "Nu\u0301n\u0303ez", "王", "d'Arc-Müller", "Nguyễn")


class State(StrEnum):
    """How the org holds somebody."""

    NEW = "new"  # not at all
    SAME = "same"
    WITHOUT_ID = "without_id"
    OTHER_SURNAME = "other_surname"
    OTHER_ID = "other_id"
    TWICE = "twice"
    CONVERTED = "converted"
    DELETED = "deleted"


_STATES: Final = (
    *[State.NEW] * 7,
    *[State.SAME] * 9,
    *[State.WITHOUT_ID] * 3,
    State.OTHER_SURNAME,
    State.OTHER_ID,
    State.TWICE,
    State.CONVERTED,
    State.DELETED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    number: int
    state: State
    values: Mapping[str, str]
    record_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record to be put into the org before the preview."""

    person: Person
    object_id: str
    values: dict[str, JsonValue]


def draw_people(mark: str, count: int, operation: Operation, random: Random) -> list[Person]:
    """Return people whom no other scenario shares; `mark` makes their ids and addresses.

    A mapping that only inserts meets new people mostly, one that only updates known ones.
    """
    more = {Operation.INSERT: [State.NEW] * 60, Operation.UPDATE: [State.SAME] * 40}
    states = (*_STATES, *more.get(operation, ()))
    return [_person(mark, number, random.choice(states), random) for number in range(count)]


def _person(mark: str, number: int, state: State, random: Random) -> Person:
    values = {
        "halda_id": f"cl{mark}{number:05d}",
        "first_name": random.choice(_FIRST_NAMES),
        "last_name": f"{random.choice(_LAST_NAMES)} {mark}{number}",
        "email": f"Inquirer.{number}+{mark}@Example.edu",
        "phone": f"+1 801 555 {number % 10_000:04d}",
    }
    return Person(number=number, state=state, values=values)


def held_people(
    people: Sequence[Person], names: Mapping[str, str], drawn: DrawnMapping, random: Random
) -> Iterator[Held]:
    """Yield the records by which the org knows these people; `names` are its person's fields."""
    for person in people:
        if person.state is State.NEW:
            continue
        values: dict[str, JsonValue] = {
            name: person.values[part] for part, name in names.items() if part in person.values
        }
        values |= drawn_values(drawn.slots["person"], random)
        if person.state in (State.WITHOUT_ID, State.TWICE):
            values.pop(names["halda_id"])
        if person.state is State.OTHER_SURNAME:
            values[names["last_name"]] = f"Other {person.number}"
        if person.state is State.OTHER_ID:
            values[names["halda_id"]] = f"other-{person.values['halda_id']}"
        if random.random() < 0.3:
            values.pop(names["phone"])
        yield Held(person=person, object_id="person", values=values)
        if person.state is State.TWICE:
            yield Held(person=person, object_id="person", values=dict(values))


def drawn_values(slots: Sequence[Slot], random: Random) -> dict[str, JsonValue]:
    """Return what an org may hold in the mapped fields: most are filled, some are blank."""
    values: dict[str, JsonValue] = {}
    for slot in slots:
        known = [each.held for each in slot.good if each.held is not None]
        if known and slot.field.createable and random.random() < 0.7:
            values[slot.field.name] = random.choice(known)
    return values


def draw_inquiries(
    people: Sequence[Person], drawn: DrawnMapping, count: int, random: Random
) -> list[SourceRecord]:
    """Return inquiries in a random order; some people inquire several times."""
    return [
        SourceRecord(row_number=row, values=_inquiry(random.choice(people), drawn, random))
        for row in range(1, count + 1)
    ]


def _inquiry(person: Person, drawn: DrawnMapping, random: Random) -> dict[str, str]:
    values = {NAME_KEYS[part]: text for part, text in person.values.items()}
    values[STORED_ID_KEY] = _stored_id(person, random)
    values["submission.status"] = "partial" if random.random() < 0.02 else "complete"
    values["submission.submitted_at"] = random.choice(
        ("2019-05-01T10:00:00Z", "2031-05-01T10:00:00Z", "not a time")
    )
    values["lead.wants_more"] = random.choice(("yes", "yes", "yes", ""))
    slots = [slot for each in drawn.slots.values() for slot in each if slot.source_key]
    told = 0.92 if random.random() < 0.94 else 0.0  # some say who they are and nothing more
    for slot in slots:
        if random.random() < told:
            values[slot.source_key] = _text(slot, random)
    if random.random() < 0.18:
        _spoil(values, slots, random)
    if random.random() < 0.2:
        _vary(values, random)
    return values


def _stored_id(person: Person, random: Random) -> str:
    """Now and then in 15 characters, of nobody, or something else."""
    wrong = ("nonsense", "701000000000001AAA", person.record_id[:14])
    if random.random() < 0.06:
        return random.choice(wrong)
    return person.record_id[: random.choice((15, 18))] if random.random() < 0.7 else ""


def _text(slot: Slot, random: Random) -> str:
    if random.random() < 0.08:
        return random.choice(("", "   "))
    return random.choice(slot.good).text


def _spoil(values: dict[str, str], slots: Sequence[Slot], random: Random) -> None:
    """Give one field what it does not take, so that a refusal names that field alone."""
    open_slots = [slot for slot in slots if slot.bad and slot.row.source.kind is SourceKind.FIELD]
    if open_slots:
        weights = [4 if _is_plain_id(slot) else 1 for slot in open_slots]
        (slot,) = random.choices(open_slots, weights)
        values[slot.source_key] = random.choice(slot.bad)


def _is_plain_id(slot: Slot) -> bool:
    """Few mappings carry an id as it is, so their inquiries get it wrong the more often."""
    return slot.field.type == "reference" and slot.row.lookup is None


def _vary(values: dict[str, str], random: Random) -> None:
    """Say who it is in another way, or not quite."""
    match random.randrange(9):
        case 0:
            values["lead.email"] = values["lead.email"].lower()
        case 1:
            values["lead.email"] = random.choice(BAD_EMAILS)
        case 2:
            values["lead.last_name"] = ""
        case 3:
            values["lead.first_name"] = "x" * random.choice((40, 41))
        case 4:
            values["lead.last_name"] = "y" * random.choice((80, 81))
        case 5:
            values.pop("lead.lead_profile_uid")
        case 6:
            values["lead.phone"] = "9" * random.choice((40, 41))
        case 7:
            values["lead.first_name"] = f"{'z' * 38}🎓" + random.choice(("", "!"))
        case _:
            values["lead.lead_profile_uid"] = "h" * random.choice((1, 41))
