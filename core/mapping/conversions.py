"""The object that takes over where a lead was converted: its contact. Pure.

https://help.salesforce.com/s/articleView?id=sales.leads_convert_faq.htm
"""

from collections.abc import Iterator
from dataclasses import replace

from core.mapping.model import MappingDraft, ObjectMapping, Operation, WrittenFor


def takes_over(draft: MappingDraft) -> ObjectMapping | None:
    """Return the object that is written instead of a lead that was converted."""
    return next((each for each in draft.objects if each.only_converted), None)


def with_only_converted(draft: ObjectMapping, is_only: bool) -> ObjectMapping:
    """Return the object for converted leads only, which never makes a contact, or for everybody."""
    operation = Operation.UPDATE if is_only else draft.operation
    written_for = WrittenFor.CONVERTED_LEADS if is_only else WrittenFor.EVERY_INQUIRY
    return replace(draft, written_for=written_for, operation=operation)


def can_take_over(draft: MappingDraft, mapping: ObjectMapping) -> bool:
    """Whether the object can be the one that a converted lead of this mapping became."""
    return mapping.sobject_name == "Contact" and draft.person.sobject_name == "Lead"


def conversion_problems(draft: MappingDraft) -> Iterator[tuple[str, str]]:
    """Yield, in words with what to do, why an object cannot take over for a converted lead."""
    chosen = [each for each in draft.objects if each.only_converted]
    for each in chosen:
        if not can_take_over(draft, each):
            yield (
                f"{each.sobject_name} is only for converted leads, which become contacts.",
                "Take this setting off, or use it on the Contact of a mapping that starts with "
                "the Lead.",
            )
        elif each.operation is not Operation.UPDATE:
            yield (
                "The contact of a converted lead is there already, and the mapping may make one.",
                "Choose the operation update for it.",
            )
    if len(chosen) > 1:
        yield "Two objects are only for converted leads.", "Keep the setting on one of them."
