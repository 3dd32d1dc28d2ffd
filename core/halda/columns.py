"""Which source field a column or payload key means. Unknown ones are kept as form questions."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from core.halda.schema import ANSWER_PREFIX, CANONICAL_FIELDS, answer_field, field_for_key, slug
from core.mapping.model import SourceField

# Where a bare column such as `phone` could be several fields, the person's own comes first.
_GROUP_ORDER: Final = ("lead", "interest", "edu", "submission", "visit", "consent", "form")
_AMBIGUOUS: Final = frozenset(
    {"id", "name", "key", "type", "url", "status", "source", "text", "ip", "timestamp", "trigger",
     "frequency", "channel", "segment", "event", "variant"}
)  # fmt: skip
_ALIASES: Final = {
    "lead_profile_id": "lead.lead_profile_uid",
    "halda_id": "lead.lead_profile_uid",
    "halda_lead_id": "lead.lead_profile_uid",
    "lead_id": "lead.lead_profile_uid",
    "given_name": "lead.first_name",
    "firstname": "lead.first_name",
    "fname": "lead.first_name",
    "family_name": "lead.last_name",
    "surname": "lead.last_name",
    "lastname": "lead.last_name",
    "lname": "lead.last_name",
    "name": "lead.full_name",
    "e_mail": "lead.email",
    "email_address": "lead.email",
    "e_mail_address": "lead.email",
    "phone_number": "lead.phone",
    "telephone": "lead.phone",
    "mobile": "lead.phone",
    "mobile_phone": "lead.phone",
    "cell_phone": "lead.phone",
    "date_of_birth": "lead.birth_date",
    "birthdate": "lead.birth_date",
    "dob": "lead.birth_date",
    "address": "lead.street1",
    "street_address": "lead.street1",
    "address_line_1": "lead.street1",
    "address_line_2": "lead.street2",
    "zip": "lead.postal_code",
    "zip_code": "lead.postal_code",
    "zip_postal_code": "lead.postal_code",
    "postcode": "lead.postal_code",
    "state_province": "lead.state",
    "record_created_at_date": "lead.created_at",
    "program_of_interest": "interest.program",
    "programme": "interest.program",
    "start_term": "interest.term",
    "entry_term": "interest.term",
    "term_of_interest": "interest.term",
    "major": "interest.major_of_interest",
    "high_school": "edu.current_school",
    "school": "edu.current_school",
    "inquiry_id": "submission.id",
    "submission_id": "submission.id",
    "inquiry_date": "submission.submitted_at",
    "timestamp": "submission.submitted_at",
    "event": "submission.event",
    "source": "submission.source",
    "form_id": "submission.form_id",
    "lead_form": "form.name",
}


@cache
def _names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for field in CANONICAL_FIELDS:
        names.setdefault(slug(field.label), field.key)
    for group in _GROUP_ORDER:
        for field in CANONICAL_FIELDS:
            prefix, _, last = field.key.partition(".")
            if prefix == group and last not in _AMBIGUOUS:
                names.setdefault(last, field.key)
    names |= _ALIASES
    names |= {slug(field.key): field.key for field in CANONICAL_FIELDS}
    return names


def _recognise(name: str, known: Sequence[SourceField]) -> str:
    stripped = name.strip()
    if field_for_key(stripped.casefold(), known):
        return stripped.casefold()
    key = _names().get(slug(stripped))
    own = (field.key for field in known if slug(field.label) == slug(stripped) != "")
    return key or next(own, "")


def _free_key(name: str, position: int, taken: Iterable[str]) -> str:
    base = slug(name.strip().removeprefix(ANSWER_PREFIX)) or f"column_{position}"
    key, serial = ANSWER_PREFIX + base, 2
    while key in taken:
        key, serial = f"{ANSWER_PREFIX}{base}_{serial}", serial + 1
    return key


def resolve_columns(
    names: Sequence[str], known: Sequence[SourceField] = ()
) -> tuple[SourceField, ...]:
    """Return one distinct source field for each column name, in order.

    A canonical key wins over a recognised name; a second column for the same field, and any
    column nobody knows, becomes a form question under its own name.
    """
    exact = {name.strip().casefold() for name in names}
    fields: list[SourceField] = []
    taken: set[str] = set()
    for position, name in enumerate(names, start=1):
        key = _recognise(name, known)
        is_claimed = key in exact and name.strip().casefold() != key
        field = None if key in taken or is_claimed else field_for_key(key, known)
        if field is None:
            question = _free_key(name, position, taken).removeprefix(ANSWER_PREFIX)
            field = answer_field(question, name.strip() or f"Column {position}")
        fields.append(field)
        taken.add(field.key)
    return tuple(fields)
