"""A secret hides in every form a value is shown in, and is taken out of text and logs."""

import base64
import copy
import dataclasses
import json
import logging
import sys
import urllib.parse

import pytest

from core.secret import RedactingFilter, Secret, redact

VALUE = 'canary/9f3c "ä" +=&?'


@dataclasses.dataclass(frozen=True)
class Holder:
    secret: Secret


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        "{}".format,
        "{:>40}".format,
        "{!r}".format,
        lambda secret: "%s" % secret,  # noqa: UP031  one of the ways a value is shown
        lambda secret: repr(Holder(secret)),
        lambda secret: repr({secret: [secret]}),
    ],
)
def test_no_way_of_showing_a_secret_shows_its_value(show) -> None:
    assert "canary" not in show(Secret(VALUE))


@pytest.mark.parametrize(
    "leave",
    [
        json.dumps,
        lambda secret: secret.__reduce_ex__(5),
        copy.copy,
        copy.deepcopy,
        lambda secret: dataclasses.asdict(Holder(secret)),
        vars,
    ],
    ids=["json", "pickle", "copy", "deepcopy", "asdict", "vars"],
)
def test_no_serialisation_takes_a_secret_along(leave) -> None:
    with pytest.raises(TypeError) as refused:
        leave(Secret(VALUE))

    assert "canary" not in str(refused.value)


def test_secrets_are_equal_by_value_and_never_equal_to_their_text() -> None:
    assert Secret("a") == Secret("a")
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("a") != "a"
    assert bool(Secret("a"))
    assert not Secret("")


@pytest.mark.parametrize(
    "form",
    [
        str,
        lambda value: urllib.parse.quote(value, safe=""),
        urllib.parse.quote_plus,
        json.dumps,
        lambda value: base64.b64encode(value.encode()).decode(),
        lambda value: base64.b64encode(value.encode()).decode().rstrip("="),
    ],
    ids=["plain", "quoted", "form", "json", "base64", "base64 without padding"],
)
def test_redact_finds_a_secret_in_each_form_it_travels_in(form) -> None:
    secret = Secret(VALUE)

    shown = redact(f"before {form(secret.reveal())} after")

    assert shown.strip("=").replace('"', "") in {"before *** after", "before ***= after"}


def test_redact_leaves_nothing_of_a_secret_that_begins_like_another() -> None:
    short, long = Secret("token-abc"), Secret("token-abc-and-its-end")

    assert redact(f"{long.reveal()} {short.reveal()}") == "*** ***"


def test_redact_knows_a_secret_while_an_equal_one_lives() -> None:
    first, second = Secret("canary-twice"), Secret("canary-twice")
    del first

    assert redact(second.reveal()) == "***"


def test_redact_leaves_ordinary_words_of_a_short_secret_alone() -> None:
    secret = Secret("code")

    assert redact("the code of the zip") == "the code of the zip"
    assert secret


def record(message: object, *arguments: object, failure: bool = False) -> logging.LogRecord:
    raised = sys.exc_info() if failure else None
    return logging.LogRecord("x", logging.INFO, "x.py", 1, message, arguments, raised)


def logged(entry: logging.LogRecord) -> str:
    assert RedactingFilter().filter(entry)
    return logging.Formatter().format(entry)


def test_log_line_holds_no_secret_of_its_arguments() -> None:
    secret = Secret("canary-argument")

    assert logged(record("GET %s as %s", f"/?code={secret.reveal()}", "Ines")) == (
        "GET /?code=*** as Ines"
    )


def test_log_line_holds_no_secret_of_its_traceback() -> None:
    secret = Secret("canary-traceback")
    try:
        raise ValueError(f"body: {secret.reveal()}")
    except ValueError:
        shown = logged(record("failed", failure=True))

    assert "ValueError: body: ***" in shown
    assert "canary" not in shown


def test_log_line_holds_no_secret_of_a_traceback_formatted_before() -> None:
    secret = Secret("canary-formatted")
    entry = record("failed")
    entry.exc_text = f"ValueError: {secret.reveal()}"

    assert logged(entry) == "failed\nValueError: ***"


def test_log_call_with_wrong_arguments_does_not_stop_its_caller() -> None:
    secret = Secret("canary-misfit")

    shown = logged(record("%d of %d", secret.reveal()))

    assert shown == "%d of %d (its arguments do not fit)"
