"""One row's way from an inquiry to a value: source, transforms, value map, null rule, type. Pure.

Every step is made once for a row and used for many inquiries; no text makes any of them raise.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from core.mapping.coercion.coerce import make_coercer
from core.mapping.coercion.values import Coerced, Coercer
from core.mapping.describe import FieldDescribe
from core.mapping.lookups import LookupAsk, ResolvedLookups, make_ask, needs_asking, resolve
from core.mapping.model import (
    FieldRow,
    JsonValue,
    MappingDraft,
    NullRule,
    SourceKind,
    TransformKind,
    WriteRule,
)
from core.mapping.problems import Problem, ProblemKind
from core.mapping.sources import read_source
from core.mapping.transforms import Transformer, make_transformer
from core.mapping.value_maps import make_mapper


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplySettings:
    """What rows share: the mapping's country and zone, source labels, answers to lookups."""

    default_country: str = "US"
    time_zone: str = "America/New_York"
    labels: Mapping[str, str] = field(default_factory=dict)
    resolved: ResolvedLookups | None = None

    @classmethod
    def of(
        cls,
        draft: MappingDraft,
        labels: Mapping[str, str] | None = None,
        resolved: ResolvedLookups | None = None,
    ) -> "ApplySettings":
        return cls(
            default_country=draft.default_country,
            time_zone=draft.time_zone,
            labels=labels or {},
            resolved=resolved,
        )


class RowResult(NamedTuple):
    """`source_text` as received, `text` as it went into the field's type, and the outcome.

    `is_fallback` marks the row's own text for blanks, which never replaces what a person entered.
    """

    source_text: str | None
    text: str | None = None
    value: JsonValue = None
    is_absent: bool = False
    is_fallback: bool = False
    problems: tuple[Problem, ...] = ()
    note: str = ""
    ask: LookupAsk | None = None


RowReader = Callable[[Mapping[str, str], Mapping[str, str]], RowResult]


def reads_one_text(row: FieldRow) -> bool:
    """Tell whether one text of the inquiry decides all, so that equal texts end up alike."""
    looks_around = {TransformKind.PHONE, TransformKind.STATE}
    return row.source.kind in (SourceKind.FIELD, SourceKind.CONSTANT) and not any(
        each.kind in looks_around for each in row.transforms
    )


def make_reader(
    row: FieldRow,
    target: FieldDescribe,
    settings: ApplySettings,
    *,
    coercer: Coercer | None = None,
    controller: FieldDescribe | None = None,
) -> RowReader:
    """Return the function from an inquiry's values and its parents' record ids to the result.

    `coercer` takes the place of the one for the field's type, such as for record types;
    `controller` is the field on which a dependent target's values depend.
    """
    if row.source.kind is SourceKind.PARENT:
        return _parent_reader(row)
    transformers = _transformers(row, target, settings, controller)
    mapper = make_mapper(row.value_map, label=target.label) if row.value_map else None
    finish = _finisher(row, target, settings, coercer or make_coercer(target))

    def read_plain(values: Mapping[str, str], _parents: Mapping[str, str]) -> RowResult:
        source_text, note = read_source(row.source, values, settings.labels)
        return finish(source_text, source_text, (), [note])

    def read(values: Mapping[str, str], _parents: Mapping[str, str]) -> RowResult:
        source_text, note = read_source(row.source, values, settings.labels)
        notes = [note]
        text = source_text
        problems: tuple[Problem, ...] = ()
        if text is not None:
            if transformers:
                text, problems = _transformed(text, values, transformers, notes)
                if any(problem.blocks for problem in problems):
                    return _result(source_text, text, Coerced(problems=problems), notes)
            if mapper:
                mapped = mapper(text)
                notes.append(mapped.note)
                if mapped.problem:
                    blocked = Coerced(problems=(*problems, mapped.problem))
                    return _result(source_text, text, blocked, notes)
                text = mapped.text
        return finish(source_text, text, problems, notes)

    return read if transformers or mapper else read_plain


Finisher = Callable[[str | None, str | None, tuple[Problem, ...], list[str]], RowResult]


def _finisher(
    row: FieldRow, target: FieldDescribe, settings: ApplySettings, coerce: Coercer
) -> Finisher:
    """Return the end of the way: null rule, then lookup or the field's type."""
    lookup = row.lookup if needs_asking(row.lookup) else None

    def finish(
        source_text: str | None,
        text: str | None,
        problems: tuple[Problem, ...],
        notes: list[str],
    ) -> RowResult:
        is_blank = text is None or not text.strip()
        if is_blank and row.null_rule is NullRule.HOLD:
            held = Coerced(problems=(*problems, _blank_problem(target)))
            return _result(source_text, text, held, notes)
        is_fallback = is_blank and row.null_rule is NullRule.USE_TEXT
        if is_fallback:
            text = row.null_text
            notes.append("blank in Halda: the row's own text")
        if text is None:
            return _result(source_text, None, Coerced(problems=problems, is_absent=True), notes)
        if lookup is not None and text.strip():
            coerced, ask = resolve(lookup, text, target, settings.resolved), make_ask(lookup, text)
        else:
            coerced, ask = coerce(text), None
        if problems:
            both = (*problems, *coerced.problems)
            coerced = Coerced(coerced.value, both, coerced.note, coerced.is_absent)
        never_replaces = is_fallback and row.write_rule is not WriteRule.ALWAYS
        return _result(source_text, text, coerced, notes, is_fallback=never_replaces, ask=ask)

    return finish


def _result(
    source_text: str | None,
    text: str | None,
    coerced: Coerced,
    notes: list[str],
    *,
    is_fallback: bool = False,
    ask: LookupAsk | None = None,
) -> RowResult:
    told = [each for each in (*notes, coerced.note) if each]
    return RowResult(
        source_text,
        text,
        None if coerced.is_blocked else coerced.value,
        coerced.is_absent,
        is_fallback,
        coerced.problems,
        "; ".join(dict.fromkeys(told)) if told else "",
        ask,
    )


def _transformers(
    row: FieldRow,
    target: FieldDescribe,
    settings: ApplySettings,
    controller: FieldDescribe | None,
) -> tuple[Transformer, ...]:
    return tuple(
        make_transformer(
            each,
            field=target,
            default_country=settings.default_country,
            time_zone=settings.time_zone,
            controller=controller,
        )
        for each in row.transforms
    )


def _transformed(
    text: str,
    values: Mapping[str, str],
    transformers: tuple[Transformer, ...],
    notes: list[str],
) -> tuple[str, tuple[Problem, ...]]:
    problems: tuple[Problem, ...] = ()
    for transformer in transformers:
        done = transformer(text, values)
        text = done.text
        problems += done.problems
        notes.append(done.note)
        if any(problem.blocks for problem in done.problems):
            break
    return text, problems


def _parent_reader(row: FieldRow) -> RowReader:
    def read(_values: Mapping[str, str], parents: Mapping[str, str]) -> RowResult:
        parent = parents.get(row.source.text)
        return RowResult(source_text=None, text=parent, value=parent, is_absent=parent is None)

    return read


def _blank_problem(target: FieldDescribe) -> Problem:
    return Problem(
        ProblemKind.BLANK_HELD,
        f"{target.label} must not stay blank, and Halda has nothing for it.",
        "Complete the inquiry at the source, or choose another rule for blanks.",
    )
