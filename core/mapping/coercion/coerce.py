"""Text to the JSON value a field takes, or a named problem. Total: no text raises.

https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
"""

from collections.abc import Callable

from core.mapping.coercion.moments import date_coercer, datetime_coercer, time_coercer
from core.mapping.coercion.numbers import number_coercer, render_number
from core.mapping.coercion.picklists import multipicklist_coercer, picklist_coercer
from core.mapping.coercion.texts import email_coercer, reference_coercer, text_coercer
from core.mapping.coercion.values import Coerced, Coercer, clean, refused
from core.mapping.describe import FieldDescribe
from core.mapping.model import JsonValue
from core.mapping.problems import ProblemKind

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def boolean_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of checkboxes: six words, and a blank counts as not answered."""

    def coerce_boolean(text: str) -> Coerced:
        cleaned, _ = clean(text)
        if not cleaned:
            return Coerced(is_absent=True, note="not answered")
        answer = _BOOLEANS.get(cleaned.casefold())
        if answer is None:
            return refused(
                ProblemKind.NOT_A_BOOLEAN,
                f"{field.label} is a checkbox and takes yes or no.",
                "Send yes, no, true, false, 1 or 0.",
            )
        return Coerced(value=answer)

    return coerce_boolean


def unwritable_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of types that take no value from a client."""

    def refuse(text: str) -> Coerced:
        if not text.strip():
            return Coerced(is_absent=True)
        return refused(
            ProblemKind.UNWRITABLE_TYPE,
            f"{field.label} is of type {field.type}, which takes no value from outside.",
            "Choose another field; an address is written through its parts.",
        )

    return refuse


_COERCERS: dict[str, Callable[[FieldDescribe], Coercer]] = {
    "string": text_coercer,
    "textarea": text_coercer,
    "phone": text_coercer,
    "url": text_coercer,
    "combobox": text_coercer,
    "email": email_coercer,
    "picklist": picklist_coercer,
    "multipicklist": multipicklist_coercer,
    "boolean": boolean_coercer,
    "int": number_coercer,
    "long": number_coercer,
    "double": number_coercer,
    "currency": number_coercer,
    "percent": number_coercer,
    "date": date_coercer,
    "datetime": datetime_coercer,
    "time": time_coercer,
    "reference": reference_coercer,
}


def make_coercer(field: FieldDescribe) -> Coercer:
    """Return the function from text to value for this field; make it once, use it often."""
    return _COERCERS.get(field.type, unwritable_coercer)(field)


def coerce(text: str, field: FieldDescribe) -> Coerced:
    """Return the value of this text for this field, or the problems that hold it."""
    return make_coercer(field)(text)


def render(value: JsonValue, field: FieldDescribe) -> str:
    """Return the text for which `coerce` gives this value of the field back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return render_number(value, field)
    return value
