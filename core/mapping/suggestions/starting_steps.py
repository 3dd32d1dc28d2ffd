"""What a suggested row begins with: steps that write places as the org's own list has them, and

how a related record is found. Pure.
"""

from typing import Final

from core.mapping.describe import FieldDescribe
from core.mapping.model import Lookup, Transform, TransformKind
from core.mapping.suggestions.options import kinds_of_options

_PLACES: Final = {
    "lead.country": ("countries", TransformKind.COUNTRY),
    "lead.citizenship_country": ("countries", TransformKind.COUNTRY),
    "lead.state": ("states", TransformKind.STATE),
}
# Records about people, deals and work; neither a program nor a term nor a school is one.
_NOT_NAMED_BY_HALDA: Final = frozenset(
    {
        *("Contact", "Lead", "Opportunity", "Campaign", "CampaignMember", "Case", "Task", "Event"),
        *("Asset", "Contract", "Order", "Quote", "Pricebook2", "EmailTemplate", "Report"),
    }
)


def starting_lookup(field: FieldDescribe) -> Lookup | None:
    """Return how the related record is found: by its name, held unless there is exactly one.

    None where a person has to say of which object it is.
    """
    if field.type != "reference" or len(field.reference_to) != 1:
        return None
    if field.reference_to[0] in _NOT_NAMED_BY_HALDA:
        return None
    return Lookup(sobject_name=field.reference_to[0], by_field="Name")


def starting_steps(source_key: str, field: FieldDescribe) -> tuple[Transform, ...]:
    """Return the steps without which values that mean the same would be refused; mostly none."""
    options, kind = _PLACES.get(source_key, ("", None))
    if kind is None or not field.restricted_picklist:
        return ()
    is_place = options in kinds_of_options(field.active_values) or field.compound_field_name
    return (Transform(kind=kind),) if is_place else ()
