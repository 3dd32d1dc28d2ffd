"""The steps that a suggested row begins with: places are written as the org's own list has them.

Pure.
"""

from typing import Final

from core.mapping.describe import FieldDescribe
from core.mapping.model import Transform, TransformKind
from core.mapping.suggestions.options import kinds_of_options

_PLACES: Final = {
    "lead.country": ("countries", TransformKind.COUNTRY),
    "lead.citizenship_country": ("countries", TransformKind.COUNTRY),
    "lead.state": ("states", TransformKind.STATE),
}


def starting_steps(source_key: str, field: FieldDescribe) -> tuple[Transform, ...]:
    """Return the steps without which values that mean the same would be refused; mostly none."""
    options, kind = _PLACES.get(source_key, ("", None))
    if kind is None or not field.restricted_picklist:
        return ()
    is_place = options in kinds_of_options(field.active_values) or field.compound_field_name
    return (Transform(kind=kind),) if is_place else ()
