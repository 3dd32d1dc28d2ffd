"""Whether every piece of data goes somewhere or deliberately nowhere, AI Form by AI Form. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from core.mapping.collected import FormLoad, Load
from core.mapping.coverage import Coverage, CoverageLine, CoverageStatus, Reach
from core.mapping.forms import objects_for_form, override_for
from core.mapping.model import FormOverride, MappingDraft, NotSent, ObjectMapping, SourceField
from core.mapping.sources import ALL_ANSWERS, ANSWER_PREFIX, source_keys


def coverage(draft: MappingDraft, fields: Sequence[SourceField], load: Load) -> Coverage:
    """Judge each field for the default and for every form. Collected is what a load carries.

    The default answers for what goes through it: not for a field that only forms carry which
    send it, or leave it out, in a way of their own.
    """
    own_keys = {form.form_id: _own_keys(form, draft) for form in draft.forms}
    default = _default_reach(draft, fields, load, own_keys)
    known = {form.form_id: form for form in load.forms}
    scopes = [default]
    for form_id, name in load.form_names(draft).items():
        form = known.get(form_id) or _unseen(form_id, name, default, own_keys.get(form_id, set()))
        scopes.append(_form_reach(draft, fields, form))
    filled = sum((Counter(form.filled) for form in load.forms), Counter[str]())
    lines = tuple(
        _together(of_field, filled[of_field[0].key])
        for of_field in zip(*(each.lines for each in scopes), strict=True)
    )
    return Coverage(
        lines=lines,
        scopes=tuple(scopes),
        record_count=load.record_count,
        affected_records=_affected(load, default, scopes[1:]),
    )


def _default_reach(
    draft: MappingDraft,
    fields: Sequence[SourceField],
    load: Load,
    own_keys: Mapping[str, Set[str]],
) -> Reach:
    filled: dict[str, int] = {}
    for form in load.forms:
        for key in form.carried - own_keys.get(form.form_id, set()):
            filled[key] = filled.get(key, 0) + form.filled[key]
    lines = _lines(fields, _targets(draft.objects), _reasons(draft.not_sent), filled)
    still_open = _open_keys(lines)
    return Reach(
        lines=lines,
        record_count=load.record_count,
        affected_records=sum(
            form.count_with(still_open - own_keys.get(form.form_id, set())) for form in load.forms
        ),
    )


def _form_reach(draft: MappingDraft, fields: Sequence[SourceField], form: FormLoad) -> Reach:
    own = override_for(draft, form.form_id)
    reasons = _reasons((*draft.not_sent, *(own.not_sent if own else ())))
    targets = _targets(objects_for_form(draft, form.form_id))
    lines = _lines(fields, targets, reasons, form.filled)
    return Reach(
        lines=lines,
        form_id=form.form_id,
        form_name=form.form_name,
        record_count=form.record_count,
        affected_records=form.count_with(_open_keys(lines)),
    )


def _unseen(form_id: str, name: str, default: Reach, own_keys: Set[str]) -> FormLoad:
    """A form that no inquiry came from is taken to ask what the others ask, and its own."""
    carried = {line.key for line in default.collected} | own_keys
    return FormLoad(form_id, name, 0, dict.fromkeys(carried, 0), {})


def _own_keys(form: FormOverride, draft: MappingDraft) -> set[str]:
    """The fields that a form sends or leaves out in a way of its own."""
    replaced = {(each.object_id, row.row_id): row for each in draft.objects for row in each.rows}
    keys = {each.source_key for each in form.not_sent}
    for each in form.rows:
        keys.update(source_keys(each.row.source))
        default = replaced.get((each.object_id, each.row.row_id))
        keys.update(source_keys(default.source) if default else ())
    return keys - {ALL_ANSWERS}


def _targets(objects: Iterable[ObjectMapping]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for mapping in objects:
        for row in mapping.rows:
            for key in source_keys(row.source) if row.field_name else ():
                found.setdefault(key, []).append(f"{mapping.sobject_name}.{row.field_name}")
    return found


def _reasons(not_sent: Iterable[NotSent]) -> dict[str, str]:
    return {each.source_key: each.reason for each in not_sent if each.reason.strip()}


def _lines(
    fields: Sequence[SourceField],
    targets: Mapping[str, Sequence[str]],
    reasons: Mapping[str, str],
    filled: Mapping[str, int],
) -> tuple[CoverageLine, ...]:
    in_one_text = targets.get(ALL_ANSWERS, ())
    lines = []
    for field in fields:
        served = targets.get(field.key, ())
        if in_one_text and field.key.startswith(ANSWER_PREFIX):
            served = (*served, *in_one_text)
        reason = reasons.get(field.key, "")
        lines.append(
            CoverageLine(
                key=field.key,
                label=field.label,
                group=field.group,
                status=_status(served, reason),
                targets=tuple(dict.fromkeys(served)),
                reason=reason,
                record_count=filled.get(field.key, 0),
                is_collected=field.key in filled,
            )
        )
    return tuple(lines)


def _status(targets: Sequence[str], reason: str) -> CoverageStatus:
    if targets:
        return CoverageStatus.MAPPED
    return CoverageStatus.NOT_SENT if reason else CoverageStatus.OPEN


def _open_keys(lines: Iterable[CoverageLine]) -> set[str]:
    return {line.key for line in lines if line.is_collected and line.status is CoverageStatus.OPEN}


def _together(lines: Sequence[CoverageLine], record_count: int) -> CoverageLine:
    """One field over the default and all forms; who does not collect it has no say."""
    judged = [line for line in lines if line.is_collected] or lines[:1]
    found = {line.status for line in judged}
    order = (CoverageStatus.OPEN, CoverageStatus.MAPPED, CoverageStatus.NOT_SENT)
    return replace(
        lines[0],
        status=next(status for status in order if status in found),
        targets=tuple(dict.fromkeys(target for line in judged for target in line.targets)),
        reason=next((line.reason for line in judged if line.reason), ""),
        record_count=record_count,
        is_collected=any(line.is_collected for line in lines),
    )


def _affected(load: Load, default: Reach, of_forms: Sequence[Reach]) -> int:
    by_form = {scope.form_id: _open_keys(scope.lines) for scope in of_forms}
    by_default = _open_keys(default.lines)
    return sum(form.count_with(by_form.get(form.form_id, by_default)) for form in load.forms)
