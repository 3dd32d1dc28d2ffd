"""Edits of what single AI Forms do otherwise. Each returns a new draft. Pure."""

from dataclasses import replace

from core.mapping.editing.rows import find_row
from core.mapping.forms import override_for
from core.mapping.model import FieldRow, FormOverride, MappingDraft, OverrideRow


def with_form_row(
    draft: MappingDraft, form: FormOverride, object_id: str, row: FieldRow
) -> MappingDraft:
    """Have a form send a row in its own way; one like the default's is no override at all.

    `form` names it (id and name); an unmapped row takes the default's row off for this form.
    """
    mapping = draft.object(object_id)
    default = find_row(mapping, row.row_id) if mapping else None
    is_as_default = default == row or (default is None and not row.field_name)
    if is_as_default:
        return without_form_row(draft, form.form_id, object_id, row.row_id)
    kept = override_for(draft, form.form_id) or form
    own = OverrideRow(object_id=object_id, row=row)
    rows = [own if _is(each, object_id, row.row_id) else each for each in kept.rows]
    if own not in rows:
        rows.append(own)
    return with_form(draft, replace(kept, form_name=form.form_name, rows=tuple(rows)))


def without_form_row(
    draft: MappingDraft, form_id: str, object_id: str, row_id: str
) -> MappingDraft:
    """Have a form send a row as the default does."""
    kept = override_for(draft, form_id)
    if kept is None:
        return draft
    rows = tuple(each for each in kept.rows if not _is(each, object_id, row_id))
    return with_form(draft, replace(kept, rows=rows))


def form_row(draft: MappingDraft, form_id: str, object_id: str, row_id: str) -> FieldRow | None:
    """Return a form's own row, None where it does as the default."""
    kept = override_for(draft, form_id)
    rows = kept.rows if kept else ()
    return next((each.row for each in rows if _is(each, object_id, row_id)), None)


def with_form(draft: MappingDraft, form: FormOverride) -> MappingDraft:
    """Put a form in the place of the one of its id; one that does all as the default is none."""
    forms = [form if each.form_id == form.form_id else each for each in draft.forms]
    if form not in forms:
        forms.append(form)
    return replace(draft, forms=tuple(each for each in forms if each.rows or each.not_sent))


def _is(own: OverrideRow, object_id: str, row_id: str) -> bool:
    return own.object_id == object_id and own.row.row_id == row_id
