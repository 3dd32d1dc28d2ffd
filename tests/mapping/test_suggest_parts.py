"""The parts of the suggestions: words, lexicon, options, assignment."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.halda.schema import CANONICAL_FIELDS
from core.mapping.suggestions.assignment import best_assignment
from core.mapping.suggestions.lexicon import DECOY, LEXICON
from core.mapping.suggestions.options import kinds_of_options
from core.mapping.suggestions.words import raw_words

tokens = LEXICON.tokenizer.tokens
CANONICAL_KEYS = {field.key for field in CANONICAL_FIELDS}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HS_Grad_Yr", "High School Graduation Year"),
        ("DOB", "Date of Birth"),
        ("mobilephone", "Mobile Phone"),
        ("UTMSource", "utm_source"),
        ("E-mail", "Email address"),
        ("Teléfono", "Telefono"),
        ("Straße", "Street"),
        ("What is your date of birth?", "Birthdate"),
        ("Academic Interests", "academic interest"),
        ("UTM Cntnt", "UTM Content"),
        ("Schlrshp", "Scholarship"),
    ],
)
def test_two_ways_to_write_one_thing_become_the_same_words(one, other):
    assert tokens(one) == tokens(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("First Name", "Last Name"),
        ("Opt In", "Opt Out"),
        ("Consent to Text", "Consent Text"),
        ("Mailing City", "Other City"),
        ("Parent Email", "Email"),
        ("In-State", "State"),
        ("First Touch Source", "First Source"),
        ("姓", "名"),
        ("الاسم", "البريد"),
    ],
)
def test_two_things_keep_different_words(one, other):
    assert tokens(one) != tokens(other)


def test_a_slip_is_understood_with_the_doubt_kept():
    assert tokens("Gradution Year") == {"graduation_year", "gradution"}


@given(text=st.text(max_size=40))
def test_no_text_with_a_letter_or_digit_becomes_empty(text):
    assert bool(tokens(text)) == bool(raw_words(text))


def test_every_halda_field_has_words_of_its_own_and_no_word_is_nobodys():
    keys = {phrase.key for phrase in LEXICON.phrases} | {name.key for name in LEXICON.names}

    assert keys - {DECOY} == CANONICAL_KEYS


def test_every_halda_field_has_a_general_phrase_that_can_be_taken_unseen():
    sure = {each.key for each in LEXICON.phrases if each.weight == 1 and each.origin == "general"}

    assert sure >= CANONICAL_KEYS


# These hold the same value or are told apart by type, so a person has to choose.
TWINS = (
    {"form.id", "submission.form_id"},
    {"interest.term", "interest.term_year"},
    {"lead.email", "consent.email_opt_in"},
)


def test_no_two_fields_are_called_the_same_by_accident():
    shared = []
    for found in LEXICON.by_tokens.values():
        keys = {each.key for each in found if each.weight == 1}
        if len(keys) > 1 and keys not in TWINS:
            shared.append(sorted(keys))

    assert shared == []


def test_a_lexicon_without_a_shape_forgets_that_shape_alone():
    without = LEXICON.without("eda")

    assert {name.origin for name in LEXICON.names} - {name.origin for name in without.names} == {
        "eda"
    }
    assert without.phrases == LEXICON.phrases


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("Fall 2026", "Spring 2027", "Undecided"), "start terms"),
        (("202680", "202710"), "start terms"),
        (("Fall", "Spring", "Summer"), "seasons"),
        (("2026", "2027"), "years"),
        (("Undergraduate", "Graduate", "Doctoral"), "degree levels"),
        (("First-Year", "Transfer", "Readmit"), "student types"),
        (("Online", "On Campus", "Hybrid"), "modalities"),
        (("Full-Time", "Part-Time"), "full or part time"),
        (("Yes", "No"), "yes and no"),
        (("Mobile", "Home", "Work"), "kinds of phone"),
    ],
)
def test_options_tell_what_they_are_about(values, kind):
    assert kind in kinds_of_options(values)


@pytest.mark.parametrize("values", [(), ("Other", "Unknown"), ("Biology", "Chemistry", "MBA")])
def test_options_that_tell_nothing_are_about_nothing(values):
    assert kinds_of_options(values) == frozenset()


SOURCES, TARGETS = ("a", "b", "c", "d"), ("W", "X", "Y", "Z")
WEIGHTS = st.sampled_from([0.0, 0.1, 0.2, 0.4, 0.5, 0.7, 0.8, 1.0])


def total(edges, pairs):
    return sum(edges.get(source, {}).get(target, 0.0) for source, target in pairs)


@given(weights=st.lists(WEIGHTS, min_size=16, max_size=16))
def test_the_assignment_is_the_best_there_is(weights):
    cells = zip(product(SOURCES, TARGETS), weights, strict=True)
    edges = {source: {} for source in SOURCES}
    for (source, target), weight in cells:
        if weight:
            edges[source][target] = weight

    found = best_assignment(edges)

    best = max(total(edges, zip(SOURCES, order, strict=True)) for order in permutations(TARGETS))
    assert len(set(found.values())) == len(found)
    assert all(target in edges[source] for source, target in found.items())
    assert total(edges, found.items()) == pytest.approx(best)


def test_the_assignment_does_not_depend_on_the_order_of_anything():
    edges = {"a": {"X": 0.9, "Y": 0.8}, "b": {"X": 0.9}, "c": {"Y": 0.8, "Z": 0.1}}
    backwards = {key: dict(reversed(found.items())) for key, found in reversed(edges.items())}

    assert best_assignment(edges) == best_assignment(backwards)
