"""Picklist values: the org's own spelling, restricted and dependent lists, several at once."""

from core.mapping.coercion.texts import check_length
from core.mapping.coercion.values import Coerced, Coercer, clean, count_characters, refused
from core.mapping.describe import FieldDescribe, PicklistValue
from core.mapping.model import JsonValue
from core.mapping.problems import Problem, ProblemKind

MAX_SELECTED = 100
MAX_MULTI_LENGTH = 4_099


class Picklist:
    """One field's values, indexed for lookups that ignore case as the platform does."""

    def __init__(self, field: FieldDescribe) -> None:
        self.field = field
        self._open = {entry.value for entry in field.picklist_values if entry.is_open}
        self._by_value: dict[str, str] = {}
        self._shut: dict[str, PicklistValue] = {}
        self._by_label: dict[str, list[str]] = {}
        for entry in field.picklist_values:
            if entry.is_open:
                self._by_value.setdefault(entry.value.casefold(), entry.value)
                self._by_label.setdefault(entry.label.casefold(), []).append(entry.value)
            else:
                self._shut.setdefault(entry.value.casefold(), entry)

    def find(self, text: str) -> Coerced:
        """Return the value to send for one piece of cleaned, non-empty text."""
        if text in self._open:
            return Coerced(value=text)
        folded = text.casefold()
        if folded in self._by_value:
            return Coerced(value=self._by_value[folded], note="spelled as in Salesforce")
        labelled = self._by_label.get(folded, [])
        if len(labelled) == 1:
            return Coerced(value=labelled[0], note="label matched; its API value is sent")
        return self._not_found(text, self._shut.get(folded))

    def _not_found(self, text: str, shut: PicklistValue | None) -> Coerced:
        label, is_restricted = self.field.label, self.field.restricted_picklist
        if shut is not None and shut.active:
            kind = ProblemKind.CLOSED_VALUE
            what = f"is not open to the record type {shut.closed_for} in {label}"
        elif shut is not None:
            kind, what = ProblemKind.INACTIVE_VALUE, f"is switched off in {label}"
        elif is_restricted:
            kind, what = ProblemKind.NOT_ALLOWED_VALUE, f"is not an allowed value of {label}"
        else:
            kind, what = ProblemKind.UNKNOWN_VALUE, f"is not on the list of {label}"
        advice = (
            "Send one of the allowed values, or ask the university's admin to add this one."
            if is_restricted
            else "Salesforce takes it as it stands; check that this is what the university wants."
        )
        problem = Problem(kind, f"The value {what}.", advice, blocks=is_restricted)
        return Coerced(value=None if is_restricted else text, problems=(problem,))


def picklist_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of single picklists."""
    picklist = Picklist(field)

    def coerce_picklist(text: str) -> Coerced:
        cleaned, note = clean(text)
        if not cleaned:
            return Coerced(note=note)
        found = picklist.find(cleaned)
        if found.value == cleaned:
            checked = check_length(cleaned, field, note)
            return checked if checked.is_blocked else Coerced(cleaned, found.problems, note)
        return found

    return coerce_picklist


def _distinct(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def multipicklist_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of multi-select picklists; the source separates by semicolons."""
    picklist = Picklist(field)

    def coerce_multipicklist(text: str) -> Coerced:
        cleaned, note = clean(text)
        parts = [part for part in (piece.strip() for piece in cleaned.split(";")) if part]
        if not parts:
            return Coerced(note=note)
        found = [picklist.find(part) for part in parts]
        problems = _distinct([problem for each in found for problem in each.problems])
        if any(problem.blocks for problem in problems):
            return Coerced(problems=problems)
        selected = list(dict.fromkeys(str(each.value) for each in found))
        return _join(selected, problems, note)

    return coerce_multipicklist


def _join(selected: list[str], problems: tuple[Problem, ...], note: str) -> Coerced:
    joined = ";".join(selected)
    if len(selected) > MAX_SELECTED or count_characters(joined) > MAX_MULTI_LENGTH:
        return refused(
            ProblemKind.TOO_MANY_VALUES,
            f"A multi-select picklist takes at most {MAX_SELECTED} values.",
            "Send fewer values or map them to a long text field.",
        )
    return Coerced(value=joined, problems=problems, note=note)


def _controller_index(controller: FieldDescribe, value: JsonValue) -> int | None:
    if isinstance(value, bool):
        return int(value)
    entries: tuple[PicklistValue, ...] = controller.picklist_values
    folded = str(value).casefold()
    # inactive entries count: the platform numbers the whole list
    return next((i for i, entry in enumerate(entries) if entry.value.casefold() == folded), None)


def dependency_problems(
    field: FieldDescribe,
    value: JsonValue,
    *,
    controller: FieldDescribe | None,
    controller_value: JsonValue,
) -> tuple[Problem, ...]:
    """Return what is wrong between a dependent value and the controlling value beside it."""
    if value is None or not field.is_dependent:
        return ()
    index = None if controller is None else _controller_index(controller, controller_value)
    if controller is None or controller_value is None or index is None:
        name = controller.label if controller else field.controller_name
        return (
            Problem(
                ProblemKind.CONTROLLER_UNKNOWN,
                f"The allowed values of {field.label} depend on {name}, which is not sent along.",
                f"Map {name} too, or make sure that the record already holds a fitting value.",
                blocks=False,
            ),
        )
    assert controller is not None  # narrowed above; mypy loses it over the tuple
    chosen = {part.casefold() for part in str(value).split(";")}
    listed = [entry for entry in field.picklist_values if entry.value.casefold() in chosen]
    if all(entry.is_valid_for(index) for entry in listed):
        return ()
    return (
        Problem(
            ProblemKind.WRONG_DEPENDENT_VALUE,
            f"The value of {field.label} does not go with the value of {controller.label}.",
            f"Send a value that {controller.label} allows, or change {controller.label}.",
            blocks=field.restricted_picklist,
        ),
    )


def alone_problem(field: FieldDescribe, controller: FieldDescribe) -> Problem:
    """Return what is wrong with a dependent value where its controlling field will be empty."""
    return Problem(
        ProblemKind.WRONG_DEPENDENT_VALUE,
        f"{field.label} takes no value while {controller.label} is empty.",
        f"Map {controller.label} too, or complete it in Salesforce.",
        blocks=field.restricted_picklist,
    )
