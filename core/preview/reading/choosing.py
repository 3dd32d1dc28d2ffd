"""Which inquiries of a stored preview are wanted and in which order, as SQL. Reads nothing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Case, ColumnElement, and_, case, literal, or_
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from core.preview.plan import LAST_STANDING, STANDING_CODES, STANDING_STEP, Outcome
from core.preview.reading.parties import (
    ADMINS_VALUES,
    BY_HOLD,
    BY_WHO_ACTS,
    MAPPINGS_VALUES,
    Party,
)
from core.preview.reading.stored import fold_search
from core.store.tables import PlanRow


class Sort(StrEnum):
    """What the list can be ordered by; the row number decides between equals."""

    ROW = "row"
    PERSON = "person"
    OUTCOME = "outcome"
    REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which inquiries are wanted; without anything all of them.

    `outcomes` are of the inquiry as a whole, of its record where an object is chosen. Reason,
    party and object hold for one and the same record; `search` finds text in any of them.
    """

    outcomes: tuple[Outcome, ...] = ()
    problem_kind: str = ""
    party: Party | None = None
    object_id: str = ""
    search: str = ""


CHANGES = (Outcome.CREATE, Outcome.UPDATE)


def choose_numbers(run_id: str, choice: Choice) -> SelectOfScalar[int]:
    """Select the row numbers of the inquiries, each once, without an order."""
    of_run = col(PlanRow.preview_run_id) == run_id
    chosen = select(PlanRow.row_number).where(of_run)
    of_record = _record_conditions(choice)
    for conditions in (of_record, _search_conditions(choice.search)):
        if conditions:
            found = select(PlanRow.row_number).where(of_run, *conditions)
            chosen = chosen.where(col(PlanRow.row_number).in_(found))
    chosen = chosen.group_by(col(PlanRow.row_number))
    if choice.outcomes and not choice.object_id:
        codes = [STANDING_CODES[each] for each in choice.outcomes]
        chosen = chosen.having((func.min(standing()) % STANDING_STEP).in_(codes))
    return chosen


def ordered(
    numbers: SelectOfScalar[int], sort: Sort, *, is_descending: bool = False
) -> SelectOfScalar[int]:
    """Order what `choose_numbers` selects."""
    row = col(PlanRow.row_number)
    first: dict[Sort, ColumnElement[Any]] = {
        Sort.ROW: func.min(row),
        Sort.PERSON: func.min(func.lower(col(PlanRow.person))),
        Sort.OUTCOME: func.min(standing()) % STANDING_STEP,
        Sort.REASON: func.min(case((_is_held(), col(PlanRow.reason)), else_=_LAST)),
    }
    key = first[sort]
    return numbers.order_by(key.desc() if is_descending else key.asc(), row)


def record_conditions(choice: Choice) -> list[ColumnElement[bool]]:
    """What a single record has to meet, its own outcome included."""
    found = [*_record_conditions(choice), *_search_conditions(choice.search)]
    if choice.outcomes and not choice.object_id:
        found.append(col(PlanRow.outcome).in_([each.value for each in choice.outcomes]))
    return found


def standing() -> Case[int]:
    """The same as for planned records, in SQL."""
    place = (col(PlanRow.object_index) + 1) * STANDING_STEP
    places = {Outcome.HELD: literal(0), Outcome.UNCHANGED: literal(LAST_STANDING)}
    told = {each.value: places.get(each, place) + code for each, code in STANDING_CODES.items()}
    return case(told, value=col(PlanRow.outcome))


def party_column() -> Case[str]:
    """Whose move a record is, in SQL as `party_of` tells it; empty where it is not held."""
    hold, acts = col(PlanRow.hold_kind), col(PlanRow.who_acts)
    return case(
        (hold == "", literal("")),
        *((hold == kind.value, literal(party.value)) for kind, party in BY_HOLD.items()),
        *((acts == who.value, literal(party.value)) for who, party in BY_WHO_ACTS.items()),
        (or_(*(_has_kind(each) for each in ADMINS_VALUES)), literal(Party.ADMIN.value)),
        (or_(*(_has_kind(each) for each in MAPPINGS_VALUES)), literal(Party.MAPPING.value)),
        else_=literal(Party.DATA.value),
    )


_LAST = "\uffff"  # what is not held has no reason to be ordered by


def _is_held() -> ColumnElement[bool]:
    return col(PlanRow.outcome) == Outcome.HELD.value


def _record_conditions(choice: Choice) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if choice.object_id:
        found.append(col(PlanRow.object_id) == choice.object_id)
        if choice.outcomes:
            found.append(col(PlanRow.outcome).in_([each.value for each in choice.outcomes]))
    if choice.problem_kind:
        found.append(_has_kind(choice.problem_kind))
    if choice.party:
        found.append(and_(_is_held(), party_column() == choice.party.value))
    return found


def _search_conditions(search: str) -> list[ColumnElement[bool]]:
    words = fold_search(search)
    return [col(PlanRow.search_text).contains(words, autoescape=True)] if words else []


def _has_kind(kind: str) -> ColumnElement[bool]:
    return col(PlanRow.problem_kinds).contains(f"|{kind}|", autoescape=True)
