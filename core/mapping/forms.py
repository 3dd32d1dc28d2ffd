"""Which rows an inquiry goes through: the account's default, or its AI Form's own. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from core.mapping.model import FormOverride, MappingDraft, ObjectMapping, SourceRecord

# The first that an inquiry carries names its AI Form.
FORM_KEYS = ("submission.form_id", "form.id")
_NAME_KEYS = ("form.name", "submission.form_name")


def form_id_of(record: SourceRecord) -> str:
    """Return the id of the AI Form an inquiry came from; empty if it does not say."""
    found = (record.values.get(key, "").strip() for key in FORM_KEYS)
    return next((form_id for form_id in found if form_id), "")


def form_name_of(record: SourceRecord) -> str:
    """Return the name of the AI Form as the inquiry gives it; empty if it does not."""
    found = (record.values.get(key, "").strip() for key in _NAME_KEYS)
    return next((name for name in found if name), "")


def override_for(draft: MappingDraft, form_id: str) -> FormOverride | None:
    return next((each for each in draft.forms if form_id and each.form_id == form_id), None)


def objects_for_form(draft: MappingDraft, form_id: str) -> tuple[ObjectMapping, ...]:
    """Return the objects with their rows as this form sends them; the default's for any other."""
    override = override_for(draft, form_id)
    if override is None:
        return draft.objects
    return tuple(_overridden(each, override) for each in draft.objects)


def effective_objects(draft: MappingDraft, record: SourceRecord) -> tuple[ObjectMapping, ...]:
    """Return the objects as this inquiry goes through them."""
    return objects_for_form(draft, form_id_of(record)) if draft.forms else draft.objects


def takes_part(mapping: ObjectMapping, values: Mapping[str, str]) -> bool:
    """Tell whether an inquiry makes a record of this object at all (`only_with`)."""
    return not mapping.only_with or any(values.get(key, "").strip() for key in mapping.only_with)


def _overridden(mapping: ObjectMapping, override: FormOverride) -> ObjectMapping:
    own = {each.row.row_id: each.row for each in override.rows if _is_of(each.object_id, mapping)}
    kept = [own.pop(row.row_id, row) for row in mapping.rows]
    return replace(mapping, rows=tuple(row for row in (*kept, *own.values()) if row.field_name))


def _is_of(object_id: str, mapping: ObjectMapping) -> bool:
    return object_id == mapping.object_id
