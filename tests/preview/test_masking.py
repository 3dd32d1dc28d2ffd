"""What a shared screen shows of a value does not tell the value."""

import pytest

from core.preview.exports.masking import masked


@pytest.mark.parametrize(
    ("yes", "no"), [("true", "false"), ("True", "False"), ("Yes", "No"), ("y", "n")]
)
def test_answer_of_two_kinds_is_hidden_whole(yes: str, no: str) -> None:
    assert masked(yes) == masked(no) == "•••"


def test_first_letter_is_left_to_tell_people_by() -> None:
    assert (masked("Lopez"), masked("A"), masked("")) == ("L••••", "•", "")
