"""What holds for each transform: total, blank stays blank, settings told, forms complete."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.coercion.values import clean
from core.mapping.model import Transform, TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.transforms import (
    KIND_LABELS,
    TRANSFORM_OPTIONS,
    describe_transform,
    make_transformer,
    option_problems,
)
from tests.mapping.fields import choices, make_field
from tests.mapping.transforms.steps import blocking, make_step, run

PLACES = make_field("Country__c", "picklist", picklist_values=choices("United States", "Mexico"))
# One well set up step of each kind, and more where an option changes the way.
STEPS = (
    make_step(TransformKind.TRIM),
    make_step(TransformKind.UPPER),
    make_step(TransformKind.LOWER),
    make_step(TransformKind.TITLE),
    make_step(TransformKind.NAME_PART, part="first"),
    make_step(TransformKind.NAME_PART, part="last"),
    make_step(TransformKind.SPLIT, separator=";", index="2"),
    make_step(TransformKind.PHONE),
    make_step(TransformKind.PHONE, country="GB"),
    make_step(TransformKind.DATE, order="mdy", short_years="2000s"),
    make_step(TransformKind.DATE, order="dmy"),
    make_step(TransformKind.DATE, order="ymd"),
    make_step(TransformKind.DATETIME, zone="America/Denver", order="mdy"),
    make_step(TransformKind.DATETIME),
    make_step(TransformKind.NUMBER, decimal="."),
    make_step(TransformKind.NUMBER, decimal=","),
    make_step(TransformKind.BOOLEAN),
    make_step(TransformKind.INVERT),
    make_step(TransformKind.TERM, to="season"),
    make_step(TransformKind.TERM, to="year"),
    make_step(TransformKind.TERM, to="code", fall="80", spring="10"),
    make_step(TransformKind.TERM, to="date", fall="08-15"),
    make_step(TransformKind.TERM, to="text"),
    make_step(TransformKind.COUNTRY, to="org"),
    make_step(TransformKind.COUNTRY, to="name"),
    make_step(TransformKind.COUNTRY, to="alpha2"),
    make_step(TransformKind.COUNTRY, to="alpha3"),
    make_step(TransformKind.STATE, to="org"),
    make_step(TransformKind.STATE, to="name"),
    make_step(TransformKind.STATE, to="code"),
    make_step(TransformKind.TRUNCATE, length="5"),
)
# A second run may see what the first one made, except where the result is another kind of text.
ONE_WAY = {TransformKind.INVERT, TransformKind.NAME_PART, TransformKind.SPLIT, TransformKind.NUMBER}
_TELLING = (
    "Fall 2026|FA26|Undecided|+1-555-555-5555|(801) 555-0143 x12|07700 900123|8/24/2026|24.08.26"
    "|10/13/2026 3:45 PM|2026-10-13T15:45:22|1,234.56|1.234,56|yes|No|Sí|USA|Congo|AR|Utah|Ava"
    "|Lopez, Ava M.|王 小明|#N/A|0|00123|a;b|🇺🇸🇲🇽|e\u0301|\u200b|\ufeffx|O'Brien|1e5|½|²|٣"
)
TELLING = _TELLING.split("|")
texts = st.one_of(
    st.text(max_size=40),
    st.sampled_from(TELLING),
    st.text(alphabet="0123456789+-()/. :,TZxAPM'", max_size=30),
    st.lists(st.sampled_from(TELLING), max_size=3).map(" ".join),
)
countries = st.sampled_from(["", "US", "MX", "Mexico", "Italy", "Ruritania"])


def visible(text: str) -> str:
    """What is left of a text without white space and what nobody sees."""
    return "".join(clean(text.translate(dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))))[0].split())


def test_each_kind_is_tried_here() -> None:
    assert {step.kind for step in STEPS} == set(TransformKind)


@pytest.mark.parametrize("step", STEPS, ids=describe_transform)
def test_these_settings_are_right(step: Transform) -> None:
    assert option_problems(step) == ()


@pytest.mark.parametrize("step", STEPS, ids=describe_transform)
@given(text=texts, country=countries)
def test_any_text_gives_a_text_or_a_named_problem(step: Transform, text: str, country: str) -> None:
    done = run(step, text, {"lead.country": country}, field=PLACES)

    if done.is_blocked:
        assert done.text == clean(text, keep_lines=True)[0]
    assert done.text or done.problems or not visible(text)
    for problem in done.problems:
        assert problem.message.endswith(".")
        assert problem.advice.endswith(".")


@pytest.mark.parametrize("step", STEPS, ids=describe_transform)
@pytest.mark.parametrize(
    "unit", ["\u200b ", "a ", "😀", "e\u0308", "1", "1,", "+1 x", "Fall ", ";", "\U0001f1fa", "U."]
)
def test_the_longest_texts_are_answered_at_once(step: Transform, unit: str) -> None:
    done = run(step, "x" + unit * 60_000, {"lead.country": unit * 60_000}, field=PLACES)

    assert done.text or done.problems


@pytest.mark.parametrize("step", STEPS, ids=describe_transform)
@pytest.mark.parametrize("blank", ["", " ", "\t\r\n", "\x00\x07", "\u00a0"])
def test_a_blank_stays_blank_without_a_problem(step: Transform, blank: str) -> None:
    done = run(step, blank)

    assert (done.text, done.problems) == ("", ())


@pytest.mark.parametrize(
    "step", [each for each in STEPS if each.kind not in ONE_WAY], ids=describe_transform
)
@given(text=texts, country=countries)
def test_a_second_run_changes_nothing(step: Transform, text: str, country: str) -> None:
    values = {"lead.country": country}
    once = run(step, text, values, field=PLACES)

    again = run(step, once.text, values, field=PLACES)

    assert again.text == once.text


@pytest.mark.parametrize("step", STEPS, ids=describe_transform)
@given(text=texts)
def test_the_words_of_a_problem_never_repeat_the_value(step: Transform, text: str) -> None:
    marked = f"Qzx{text}Qzx"

    done = run(step, marked, {"lead.country": "US"}, field=PLACES)

    assert all("Qzx" not in each.message + each.advice for each in done.problems)
    assert "Qzx" not in done.note


@pytest.mark.parametrize("kind", TransformKind)
def test_each_kind_has_a_label_and_a_line_of_words(kind: TransformKind) -> None:
    assert describe_transform(Transform(kind=kind)).startswith(KIND_LABELS[kind])


@pytest.mark.parametrize("kind", TransformKind)
def test_each_option_offers_its_default(kind: TransformKind) -> None:
    for option in TRANSFORM_OPTIONS[kind]:
        assert option.label
        assert option.is_text or option.default in dict(option.allowed)


@pytest.mark.parametrize("kind", TransformKind)
def test_an_unknown_option_is_told(kind: TransformKind) -> None:
    assert option_problems(make_step(kind, nonsense="1")) == ("There is no option nonsense.",)


@pytest.mark.parametrize(
    ("step", "word"),
    [
        (make_step(TransformKind.TRUNCATE), "Characters to keep"),
        (make_step(TransformKind.TRUNCATE, length="ten"), "Characters to keep"),
        (make_step(TransformKind.TRUNCATE, length="0"), "Characters to keep"),
        (make_step(TransformKind.TRUNCATE, length="٣"), "Characters to keep"),
        (make_step(TransformKind.SPLIT, separator=""), "Separator"),
        (make_step(TransformKind.SPLIT, index="0"), "Piece"),
        (make_step(TransformKind.PHONE, country="ZZ"), "Country"),
        (make_step(TransformKind.PHONE, country="USA"), "Country"),
        (make_step(TransformKind.DATE, order="ydm"), "Order"),
        (make_step(TransformKind.DATETIME, zone="Denver"), "Time zone"),
        (make_step(TransformKind.DATETIME, zone="America"), "Time zone"),
        (make_step(TransformKind.DATETIME, zone="../../etc/passwd"), "Time zone"),
        (make_step(TransformKind.DATETIME, zone="\x00"), "Time zone"),
        (make_step(TransformKind.NUMBER, decimal=";"), "Sign"),
        (make_step(TransformKind.BOOLEAN, yes=""), "Words for yes"),
        (make_step(TransformKind.BOOLEAN, no=" , "), "Words for no"),
        (make_step(TransformKind.BOOLEAN, yes="ok", no="no, OK"), "on both lists"),
        (make_step(TransformKind.TERM, to="date"), "Start days"),
        (make_step(TransformKind.TERM, to="date", fall="8/15"), "Fall"),
        (make_step(TransformKind.TERM, to="date", spring="02-29"), "Spring"),
        (make_step(TransformKind.TERM, to="code"), "Codes"),
        (make_step(TransformKind.TERM, to="code", fall="1", pattern="{jahr}"), "{jahr}"),
        (make_step(TransformKind.COUNTRY, to="iso"), "Write the country as"),
    ],
    ids=lambda each: describe_transform(each) if isinstance(each, Transform) else each,
)
def test_a_wrong_setting_is_told_and_blocks_every_value(step: Transform, word: str) -> None:
    told = " ".join(option_problems(step))

    done = run(step, "Fall 2026")

    assert word in told
    assert blocking(done) == [ProblemKind.TRANSFORM_NOT_SET]
    assert done.text == "Fall 2026"


def test_a_mapping_without_a_known_time_zone_blocks_instead_of_guessing() -> None:
    done = run(make_step(TransformKind.DATETIME), "2026-10-13T15:45:22", time_zone="Nowhere")

    assert blocking(done) == [ProblemKind.TRANSFORM_NOT_SET]


def test_a_hundred_thousand_phones_take_seconds() -> None:
    to_e164 = make_transformer(
        make_step(TransformKind.PHONE), field=None, default_country="US", time_zone="UTC"
    )
    numbers = [f"(801) 555-{number % 10_000:04}" for number in range(100_000)]

    started = time.process_time()
    written = {to_e164(number, {"lead.country": "USA"}).text for number in numbers}

    assert len(written) == 10_000
    assert time.process_time() - started < 5
