"""A transform and its surroundings to one function. Total: no text makes it raise."""

from collections.abc import Callable, Mapping
from functools import partial

from core.mapping.coercion.values import clean
from core.mapping.describe import FieldDescribe
from core.mapping.model import Transform, TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.transforms.answers import boolean_step, invert, number_step
from core.mapping.transforms.country_step import country_step
from core.mapping.transforms.days import date_step, datetime_step
from core.mapping.transforms.option_checks import is_zone, option_problems
from core.mapping.transforms.outcome import Step, Transformed, Transformer, blocked
from core.mapping.transforms.phones import phone_transformer
from core.mapping.transforms.state_step import state_transformer
from core.mapping.transforms.terms import term_step
from core.mapping.transforms.wording import (
    lower,
    name_part_step,
    split_step,
    title,
    trim,
    truncate_step,
    upper,
)

# Steps without options, and steps made of their options alone.
_PLAIN_STEPS: dict[TransformKind, Step] = {
    TransformKind.TRIM: trim,
    TransformKind.UPPER: upper,
    TransformKind.LOWER: lower,
    TransformKind.TITLE: title,
    TransformKind.INVERT: invert,
}
_MADE_STEPS: dict[TransformKind, Callable[[Transform], Step]] = {
    TransformKind.NAME_PART: name_part_step,
    TransformKind.SPLIT: split_step,
    TransformKind.TRUNCATE: truncate_step,
    TransformKind.DATE: date_step,
    TransformKind.NUMBER: number_step,
    TransformKind.BOOLEAN: boolean_step,
    TransformKind.TERM: term_step,
}


def make_transformer(
    transform: Transform,
    *,
    field: FieldDescribe | None,
    default_country: str,
    time_zone: str,
    controller: FieldDescribe | None = None,
) -> Transformer:
    """Return the function from a text and its whole inquiry's values to the answer.

    `field` is the target, for the org's own values; `controller` the field that rules its values.
    A blank stays blank; a transform whose options are wrong blocks every other text.
    """
    wrong = (*option_problems(transform), *_mapping_problems(transform, time_zone))
    if wrong:
        return _on_text(partial(_not_set, reason=" ".join(wrong)))
    if transform.kind is TransformKind.PHONE:
        return _on_filled(phone_transformer(transform, default_country))
    if transform.kind is TransformKind.STATE:
        return _on_filled(state_transformer(transform, field, controller))
    return _on_text(_make_step(transform, field, time_zone))


def _make_step(transform: Transform, field: FieldDescribe | None, time_zone: str) -> Step:
    if transform.kind is TransformKind.COUNTRY:
        return country_step(transform, field)
    if transform.kind is TransformKind.DATETIME:
        return datetime_step(transform, time_zone)
    return _PLAIN_STEPS.get(transform.kind) or _MADE_STEPS[transform.kind](transform)


def _mapping_problems(transform: Transform, time_zone: str) -> tuple[str, ...]:
    is_asked = transform.kind is TransformKind.DATETIME and not transform.option("zone")
    return ("Time zone: the mapping has none that is known.",) * (
        is_asked and not is_zone(time_zone)
    )


def _on_text(step: Step) -> Transformer:
    return _on_filled(lambda text, _values: step(text))


def _on_filled(transformer: Transformer) -> Transformer:
    """Clean before the step, leave blanks alone, and say what cleaning changed."""

    def transform_text(text: str, values: Mapping[str, str]) -> Transformed:
        cleaned, note = clean(text, keep_lines=True)
        if not cleaned:
            return Transformed("", note=note)
        done = transformer(cleaned, values)
        if not note:
            return done
        return Transformed(done.text, done.problems, "; ".join(filter(None, (note, done.note))))

    return transform_text


def _not_set(text: str, *, reason: str) -> Transformed:
    return blocked(
        text,
        ProblemKind.TRANSFORM_NOT_SET,
        f"A step of this row is not set up. {reason}",
        "Complete the options of the step in the mapping.",
    )
