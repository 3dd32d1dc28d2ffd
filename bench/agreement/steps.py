"""A transform of each kind with texts for it, and fields that take what it makes."""

from dataclasses import dataclass
from typing import Final

from bench.agreement.texts import Sample
from core.mapping.model import Transform, TransformKind

_TEXTS: Final = frozenset({"string", "textarea"})
Kind = TransformKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKind:
    """`samples` go through, `bad` are held back by the step itself or by the field after it."""

    transform: Transform
    field_types: frozenset[str]
    samples: tuple[Sample, ...]
    bad: tuple[str, ...] = ()
    min_length: int = 0
    field_names: tuple[str, ...] = ()


def _step(kind: Kind, **options: str) -> Transform:
    return Transform(kind=kind, options=tuple(sorted(options.items())))


STEP_KINDS: Final = (
    StepKind(
        transform=_step(Kind.TRIM),
        field_types=_TEXTS,
        samples=(Sample("  Ava  ", "Ava"), Sample("Lopez", "Lopez")),
    ),
    StepKind(
        transform=_step(Kind.UPPER),
        field_types=_TEXTS,
        samples=(Sample("ab", "AB"), Sample("straße"), Sample("é", "É")),
        min_length=10,
    ),
    StepKind(
        transform=_step(Kind.LOWER),
        field_types=_TEXTS | {"email"},
        samples=(Sample("AVA@EXAMPLE.EDU", "ava@example.edu"), Sample("Mei@Example.edu")),
        bad=("AVA AT EXAMPLE",),
        min_length=40,
    ),
    StepKind(
        transform=_step(Kind.TITLE),
        field_types=_TEXTS,
        samples=(Sample("ava lopez", "Ava Lopez"), Sample("O'BRIEN")),
        min_length=20,
    ),
    StepKind(
        transform=_step(Kind.NAME_PART, part="last"),
        field_types=_TEXTS,
        samples=(Sample("Ava Lopez", "Lopez"), Sample("Ludwig van Beethoven"), Sample("Sukarno")),
        min_length=40,
    ),
    StepKind(
        transform=_step(Kind.SPLIT, separator=",", index="2"),
        field_types=_TEXTS,
        samples=(Sample("a,b,c", "b"), Sample("x,y", "y")),
        bad=("one piece",),
        min_length=4,
    ),
    StepKind(
        transform=_step(Kind.PHONE),
        field_types=frozenset({"phone"}),
        samples=(Sample("(801) 555-0142", "+18015550142"), Sample("+44 7700 900123")),
        bad=("call me",),
        min_length=20,
    ),
    StepKind(
        transform=_step(Kind.DATE, order="mdy"),
        field_types=frozenset({"date"}),
        samples=(Sample("8/24/2026", "2026-08-24"), Sample("2027-01-02", "2027-01-02")),
        bad=("24/8/2026", "8/24/26", "2/30/2026"),
    ),
    StepKind(
        transform=_step(Kind.DATETIME, order="mdy"),
        field_types=frozenset({"datetime"}),
        samples=(
            Sample("2026-10-13 09:45", "2026-10-13T13:45:00.000+0000"),
            Sample("2026-01-13T09:45:10", "2026-01-13T14:45:10.000+0000"),
        ),
        bad=("2026-11-01 01:30", "2026-03-08 02:30", "noon"),
    ),
    StepKind(
        transform=_step(Kind.NUMBER, decimal=","),
        field_types=frozenset({"double", "currency", "percent"}),
        samples=(Sample("2", 2), Sample("1", 1), Sample("3,5")),
        bad=("1.2.3", "1234567890123456789012,5"),
    ),
    StepKind(
        transform=_step(Kind.BOOLEAN),
        field_types=frozenset({"boolean"}),
        samples=(Sample("Y", held=True), Sample("no", held=False)),
        bad=("perhaps",),
    ),
    StepKind(
        transform=_step(Kind.INVERT),
        field_types=frozenset({"boolean"}),
        samples=(Sample("true", held=False), Sample("false", held=True)),
        bad=("opted out maybe",),
    ),
    StepKind(
        transform=_step(Kind.TERM, to="text"),
        field_types=_TEXTS,
        samples=(Sample("Fall 2026", "Fall 2026"), Sample("2027 Spring", "Spring 2027")),
        bad=("ASAP", "Undecided", "sometime"),
        min_length=20,
    ),
    StepKind(
        transform=_step(Kind.COUNTRY, to="name"),
        field_types=_TEXTS,
        samples=(
            Sample("USA", "United States"),
            Sample("United States of America", "United States"),
            Sample("us"),
            Sample("United States", "United States"),
        ),
        bad=("Atlantis", "Hong Kong", "Mexico", "Kenya"),
        field_names=("Country", "MailingCountry", "OtherCountry"),
    ),
    StepKind(
        transform=_step(Kind.STATE, to="name", country_key="lead.country"),
        field_types=_TEXTS,
        samples=(Sample("UT"), Sample("Utah"), Sample("texas")),
        bad=("Jalisco", "Atlantis"),
        field_names=("State", "MailingState", "OtherState"),
    ),
    StepKind(
        transform=_step(Kind.TRUNCATE, length="12"),
        field_types=_TEXTS,
        samples=(Sample("short", "short"), Sample("much longer than twelve", "much longer")),
        min_length=20,
    ),
)
