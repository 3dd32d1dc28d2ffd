"""Suggested pairs of a value map: certain ones only where nobody could doubt them."""

from core.mapping.describe import PicklistValue
from core.mapping.suggestions.value_pairs import ValuePair, suggest_value_pairs


def entry(value: str, label: str = "", **more: object) -> PicklistValue:
    return PicklistValue(value=value, label=label or value, **more)  # type: ignore[arg-type]  # test


PROGRAMS = (
    entry("MBA", "Master of Business Administration"),
    entry("BS_NURS", "Nursing (BS)"),
    entry("Côte d'Ivoire"),
    entry("Fall 2026"),
    entry("Fall 2027"),
)


def pairs(*values: str) -> dict[str, tuple[str, bool]]:
    found = suggest_value_pairs(values, PROGRAMS)
    return {each.source: (each.target, each.is_sure) for each in found}


def test_exact_case_label_and_accents_are_sure() -> None:
    assert pairs("MBA", "mba ", "master of business administration", "Cote d’Ivoire") == {
        "MBA": ("MBA", True),
        "mba ": ("MBA", True),
        "master of business administration": ("MBA", True),
        "Cote d’Ivoire": ("Côte d'Ivoire", True),
    }


def test_another_year_is_never_a_sure_pair() -> None:
    assert pairs("Fall 2028").get("Fall 2028", ("", False))[1] is False


def test_two_values_that_look_alike_suggest_neither() -> None:
    assert "Fall 202" not in pairs("Fall 202")


def test_similar_label_is_shown_but_not_sure() -> None:
    assert pairs("Nursing BSN")["Nursing BSN"] == ("BS_NURS", False)


def test_inactive_and_closed_values_are_never_suggested() -> None:
    entries = (entry("MBA", active=False), entry("MFA", closed_for="Undergraduate"))
    assert suggest_value_pairs(["MBA", "MFA"], entries) == ()


def test_non_latin_values_do_not_match_one_another() -> None:
    entries = (entry("工商管理"), entry("护理"))
    assert suggest_value_pairs(["护理"], entries) == (ValuePair("护理", "护理", "same text", True),)
    assert suggest_value_pairs(["法学"], entries) == ()
