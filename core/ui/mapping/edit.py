"""What a widget of the mapping page does to the draft: always to its newest state."""

from collections.abc import Callable
from dataclasses import replace

from core.mapping.editing.forms import form_row, with_form_row, without_form_row
from core.mapping.editing.rows import find_row, with_object, with_row, without_row
from core.mapping.forms import objects_for_form
from core.mapping.model import FieldRow, MappingDraft, ObjectMapping
from core.ui.mapping import draft as editing
from core.ui.mapping.data import MappingDesk
from core.ui.place import Place

# Two widgets may report in one run, so each edit starts from the draft as the one before left it.


def alter_row(
    place: Place, desk: MappingDesk, row: FieldRow, alter: Callable[[FieldRow], FieldRow]
) -> None:
    """Change one row; in a form's view only that form's own row."""
    whole = live_draft(place, desk)
    mapping = live_object(place, desk)
    changed = alter(find_row(mapping, row.row_id) or row)
    if desk.form is None:
        editing.change(place, with_object(whole, with_row(mapping, changed)))
    else:
        editing.change(place, with_form_row(whole, desk.form, mapping.object_id, changed))


def drop_row(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    """Take a row off; in a form's view it is only not sent for that form."""
    whole = live_draft(place, desk)
    if desk.form is not None:
        alter_row(place, desk, row, lambda live: replace(live, field_name=""))
        return
    mapping = live_object(place, desk)
    editing.change(place, with_object(whole, without_row(mapping, row.row_id)))


def reset_row(place: Place, desk: MappingDesk, row_id: str) -> None:
    """Send a row for this form as the default does."""
    if desk.form is not None:
        whole = live_draft(place, desk)
        object_id = desk.draft.object_id
        editing.change(place, without_form_row(whole, desk.form.form_id, object_id, row_id))


def own_row(desk: MappingDesk, row_id: str) -> FieldRow | None:
    """The chosen form's own row; None in the default's view or where it does as the default."""
    if desk.form is None:
        return None
    return form_row(desk.whole, desk.form.form_id, desk.draft.object_id, row_id)


def alter_object(
    place: Place, desk: MappingDesk, alter: Callable[[ObjectMapping], ObjectMapping]
) -> None:
    """Change the object itself; in a form's view rows that are added become the form's own."""
    whole, mapping = live_draft(place, desk), live_object(place, desk)
    changed = alter(mapping)
    if desk.form is None:
        editing.change(place, with_object(whole, changed))
        return
    for row in changed.rows:
        if find_row(mapping, row.row_id) != row:
            whole = with_form_row(whole, desk.form, mapping.object_id, row)
    editing.change(place, whole)


def alter_draft(
    place: Place, desk: MappingDesk, alter: Callable[[MappingDraft], MappingDraft]
) -> None:
    editing.change(place, alter(live_draft(place, desk)))


def live_draft(place: Place, desk: MappingDesk) -> MappingDraft:
    now = editing.shown(place)
    return now.draft if now else desk.whole


def live_object(place: Place, desk: MappingDesk) -> ObjectMapping:
    """The object as the chosen form sends it now."""
    whole = live_draft(place, desk)
    objects = objects_for_form(whole, desk.form.form_id) if desk.form else whole.objects
    return next((each for each in objects if each.object_id == desk.draft.object_id), desk.draft)
