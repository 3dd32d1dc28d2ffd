"""What a field newly demands of a row that already fills it: unique or dependent values. Pure."""

from collections.abc import Iterator

from core.mapping.checks.issues import Severity
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.fitting.misfits import Misfit, MisfitKind
from core.mapping.fitting.row import RowPlace
from core.mapping.model import Operation


def tightened(place: RowPlace) -> Iterator[Misfit]:
    """Yield where the field takes fewer values than before, though each alone may still fit."""
    field, old = place.field, place.old_field
    if field is None or old is None:
        return
    keys = {name.casefold() for key in place.mapping.match_keys for name in key.field_names}
    if field.unique and not old.unique and field.name.casefold() not in keys:
        yield place.misfit(
            MisfitKind.BECAME_UNIQUE,
            f"{field.label} must now be unique: inquiries that share a value are refused.",
            "Make it a match key, or map something that differs by person.",
            severity=Severity.HOLDS,
        )
    why = _why_dependent(place, field, old)
    if why:
        yield place.misfit(
            MisfitKind.DEPENDENCY_CHANGED,
            why,
            "Look at the row's samples again, together with the controlling field's.",
            severity=Severity.HOLDS if field.restricted_picklist else Severity.WARNS,
        )


def became_required(place: RowPlace) -> Misfit | None:
    """Return the finding that a new record now needs the field, which inquiries may leave blank."""
    field, old = place.field, place.old_field
    if field is None or old is None or not field.is_required_on_create:
        return None
    if old.is_required_on_create or place.mapping.operation is Operation.UPDATE:
        return None
    return place.misfit(
        MisfitKind.BECAME_REQUIRED,
        f"A new {place.describe.label} now needs {field.label}, and inquiries leave it blank.",
        "Use a template or a constant, or accept that such inquiries wait.",
        severity=Severity.HOLDS,
    )


def _why_dependent(place: RowPlace, field: FieldDescribe, old: FieldDescribe) -> str:
    if field.controller_name is None or place.before is None:
        return ""
    if old.controller_name is None:
        return f"The values of {field.label} now depend on {field.controller_name}."
    if old.controller_name.casefold() != field.controller_name.casefold():
        return (
            f"The values of {field.label} depend on {field.controller_name}; "
            f"they depended on {old.controller_name}."
        )
    now = _pairs(field, place.describe)
    # what is gone or switched off as a value is told as such
    kept = {
        (choice, value)
        for choice, value in _pairs(old, place.before)
        if choice in _choices(field, place.describe) and value in field.active_values
    }
    if kept <= now:
        return ""
    return f"{field.controller_name} allows fewer values of {field.label} than it did."


def _pairs(field: FieldDescribe, describe: SobjectDescribe) -> set[tuple[str, str]]:
    return {
        (choice, entry.value)
        for index, choice in enumerate(_choices(field, describe))
        for entry in field.picklist_values
        if entry.is_open and entry.is_valid_for(index)
    }


def _choices(field: FieldDescribe, describe: SobjectDescribe) -> tuple[str, ...]:
    """The controller's values in the order of the platform's bits, inactive ones included."""
    controller = describe.field(field.controller_name or "")
    if controller is None:
        return ()
    if controller.type == "boolean":
        return ("false", "true")
    return tuple(entry.value for entry in controller.picklist_values)
