"""Why a piece of data is not sent: said for every AI Form or for one. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.mapping.editing.forms import with_form
from core.mapping.forms import override_for
from core.mapping.model import FormOverride, MappingDraft, NotSent


def leave_out(
    draft: MappingDraft, source_keys: Sequence[str], reason: str, form: FormOverride | None = None
) -> MappingDraft:
    """Mark fields as not sent, with a reason; an empty one takes the mark off.

    With a form, named by id and name, it is said for that form only.
    """
    if form is None:
        return replace(draft, not_sent=_marked(draft.not_sent, source_keys, reason))
    kept = override_for(draft, form.form_id) or form
    not_sent = _marked(kept.not_sent, source_keys, reason)
    return with_form(draft, replace(kept, form_name=form.form_name, not_sent=not_sent))


def _marked(
    not_sent: Iterable[NotSent], source_keys: Sequence[str], reason: str
) -> tuple[NotSent, ...]:
    kept = [each for each in not_sent if each.source_key not in source_keys]
    told = " ".join(reason.split())
    added = [NotSent(source_key=key, reason=told) for key in source_keys] if told else []
    return (*kept, *added)
