"""What holds of suggestions for any object: one to one, writable, the same in any order."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from core.halda.schema import CANONICAL_FIELDS, answer_field
from core.mapping.describe import FieldDescribe, PicklistValue, SobjectDescribe
from core.mapping.model import SourceRecord
from core.mapping.suggestions.suggest import ACCEPT_LINE, suggest

WORDS = (
    "Email", "First", "Last", "Former", "Name", "Parent", "Phone", "Mobile", "Alternate", "Term",
    "Program", "Campus", "School", "High", "GPA", "Date", "Inquiry", "UTM", "Source", "Street",
    "City", "State", "Country", "Code", "Year", "SMS", "Opt", "In", "Out", "Status", "Halda", "ID",
    "SSN", "FERPA", "Birth", "Student", "Type", "Score", "Form", "URL", "Second", "2", "of",
)  # fmt: skip
WRITABLE_TYPES = (
    "string", "textarea", "email", "phone", "url", "picklist", "multipicklist", "boolean", "date",
    "datetime", "int", "double", "currency",
)  # fmt: skip
UNWRITABLE_TYPES = ("address", "location", "id", "base64", "encryptedstring")
SECRETS = (
    ("SSN__c", "SSN"),
    ("hed__SSN__c", "Social Security Number"),
    ("hed__Social_Security_Number__c", "ID"),
    ("Applicant_SSN__c", "Email"),
    ("Soc__c", "Social Security Number"),
    ("hed__FERPA__c", "FERPA"),
    ("FERPA_Release__c", "First Name"),
    ("Flag__c", "FERPA"),
)
# Whole scripts that no two letters of which are the same: a match between them is made of nothing.
GEORGIAN = st.text(st.characters(min_codepoint=0x10D0, max_codepoint=0x10F0), min_size=2)
ETHIOPIC = st.text(st.characters(min_codepoint=0x1200, max_codepoint=0x1240), min_size=2)
THAI = st.text(st.characters(min_codepoint=0x0E01, max_codepoint=0x0E2E), min_size=2)

WORD_LISTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)
LABELS = WORD_LISTS.map(" ".join) | st.text(max_size=15)


@st.composite
def fields(draw: st.DrawFn, *, types: tuple[str, ...] = WRITABLE_TYPES) -> FieldDescribe:
    stem = "_".join(draw(WORD_LISTS))
    values = draw(st.lists(st.text(min_size=1, max_size=6), max_size=3, unique=True))
    return FieldDescribe(
        name=draw(st.sampled_from(("", "hed__", "pi__"))) + stem + "__c",
        label=draw(LABELS),
        type=draw(st.sampled_from(types)),
        length=draw(st.integers(0, 255)),
        createable=draw(st.booleans()),
        updateable=draw(st.booleans()),
        deprecated_and_hidden=draw(st.booleans()) and draw(st.booleans()),
        restricted_picklist=draw(st.booleans()),
        picklist_values=tuple(PicklistValue(value=value, label=value) for value in values),
    )


@st.composite
def describes(
    draw: st.DrawFn, *, types: tuple[str, ...] = WRITABLE_TYPES + UNWRITABLE_TYPES
) -> SobjectDescribe:
    drawn = draw(st.lists(fields(types=types), max_size=14, unique_by=lambda f: f.name.casefold()))
    return SobjectDescribe(name="Lead", label="Lead", fields=tuple(drawn))


SOURCES = st.lists(st.sampled_from(CANONICAL_FIELDS), max_size=60, unique_by=lambda f: f.key)
RECORDS = st.dictionaries(
    st.sampled_from([field.key for field in CANONICAL_FIELDS]), st.text(max_size=12), max_size=8
).map(lambda values: SourceRecord(row_number=1, values=values))


def described(*names_and_labels: tuple[str, str]) -> SobjectDescribe:
    return SobjectDescribe(
        name="Lead",
        label="Lead",
        fields=tuple(
            FieldDescribe(
                name=name, label=label, type="string", length=255, createable=True, updateable=True
            )
            for name, label in names_and_labels
        ),
    )


@st.composite
def lookalikes(draw: st.DrawFn) -> SobjectDescribe:
    """Fields that only a namespace tells apart, so that their scores are equal."""
    words = st.sampled_from(("Term", "Email", "Campus", "GPA", "Program", "Phone"))
    names = st.builds("{}{}__c".format, st.sampled_from(("", "hed__", "pi__", "abc__")), words)
    drawn = draw(st.lists(names, min_size=2, max_size=10, unique=True))
    return described(*((name, name.split("__")[-2]) for name in drawn))


@given(describe=describes(), sample=st.lists(RECORDS, max_size=3))
def test_a_source_and_a_target_stand_in_one_suggestion_at_most(describe, sample):
    found = suggest(CANONICAL_FIELDS, describe, sample)

    assert len({each.source_key for each in found}) == len(found)
    assert len({each.field_name.casefold() for each in found}) == len(found)


@given(describe=describes(), sample=st.lists(RECORDS, max_size=3))
def test_only_fields_that_can_be_written_are_named_first_or_next(describe, sample):
    named = {
        name
        for each in suggest(CANONICAL_FIELDS, describe, sample)
        for name in (each.field_name, *each.also)
    }

    targets = [describe.field(name) for name in named]
    assert all(target is not None and target.is_writable for target in targets)
    assert not any(target.encrypted or target.deprecated_and_hidden for target in targets if target)
    assert not {target.type for target in targets if target} & set(UNWRITABLE_TYPES)


@given(
    secret=st.sampled_from(SECRETS),
    describe=describes(),
    kind=st.sampled_from(("string", "boolean")),
)
def test_a_social_security_number_or_a_ferpa_flag_is_never_named(secret, describe, kind):
    name, label = secret
    field = replace(described((name, label)).fields[0], type=kind)
    sources = (*CANONICAL_FIELDS, answer_field("secret", label), answer_field("name", name))

    found = suggest(sources, replace(describe, fields=(*describe.fields, field)))

    assert name not in {told for each in found for told in (each.field_name, *each.also)}


@given(sources=SOURCES, describe=describes() | lookalikes(), data=st.data())
def test_the_order_of_fields_and_sources_changes_nothing(sources, describe, data):
    shuffled = replace(describe, fields=tuple(data.draw(st.permutations(describe.fields))))
    turned = data.draw(st.permutations(sources))

    assert suggest(sources, describe) == suggest(turned, shuffled)


@given(sources=SOURCES, describe=describes(), sample=st.lists(RECORDS, max_size=3))
def test_every_answer_is_about_what_was_asked(sources, describe, sample):
    found = suggest(sources, describe, sample)

    assert {each.source_key for each in found} <= {source.key for source in sources}
    for each in found:
        assert each.reason
        assert 0 <= each.score <= 1
        assert each.score >= ACCEPT_LINE or not each.accept
        assert each.field_name not in each.also
        assert len(set(each.also)) == len(each.also)


@given(describe=describes())
def test_what_is_sensitive_is_never_taken_without_a_look(describe):
    sensitive = {field.key for field in CANONICAL_FIELDS if field.sensitive}

    found = suggest(CANONICAL_FIELDS, describe)

    assert not {each.source_key for each in found if each.accept} & sensitive


@given(questions=st.lists(GEORGIAN, max_size=4), labels=st.lists(ETHIOPIC | THAI, max_size=6))
def test_labels_of_different_scripts_never_match_each_other(questions, labels):
    sources = [answer_field(f"q{place}", text) for place, text in enumerate(questions)]
    describe = described(*((f"F{place:03}__c", label) for place, label in enumerate(labels)))

    assert suggest(sources, describe) == ()


@given(labels=st.lists(GEORGIAN | ETHIOPIC | THAI, max_size=6))
def test_a_label_nobody_can_read_matches_no_field_of_halda(labels):
    describe = described(*((f"F{place:03}__c", label) for place, label in enumerate(labels)))

    assert suggest(CANONICAL_FIELDS, describe) == ()


@given(label=GEORGIAN | ETHIOPIC | THAI, other=GEORGIAN | ETHIOPIC | THAI)
def test_the_same_words_of_any_script_find_each_other(label, other):
    assume(label != other)
    describe = described(("F001__c", label), ("F002__c", other))

    found = suggest([answer_field("q", label)], describe)

    assert [each.field_name for each in found] == ["F001__c"]


@given(labels=st.lists(GEORGIAN | ETHIOPIC, min_size=1, max_size=3, unique=True))
def test_twins_of_one_label_are_never_taken_without_a_look(labels):
    twins = [(f"{twin}{place}__c", label) for place, label in enumerate(labels) for twin in "AB"]
    sources = [answer_field(f"q{place}", label) for place, label in enumerate(labels)]

    assert not any(each.accept for each in suggest(sources, described(*twins)))
