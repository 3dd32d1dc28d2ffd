"""Which target fits a Halda field: scored, with the reason, never two sources to one target. Pure.

Names and labels are compared without case and signs but in every script, so that two labels in
Chinese or Arabic never count as the same empty text.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from core.mapping.coerce import coerce
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    MatchKey,
    RowSource,
    SourceField,
    SourceKind,
    SourceRecord,
    SourceType,
    WriteRule,
)

ACCEPT_LINE = 0.86
SHOW_LINE = 0.6
_MARGIN = 0.04  # a runner-up this near means: ask the person
_FIT_SAMPLE = 40
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NEVER = ("ssn", "social security", "ferpa", "hipaa", "deceased", "religion")
_BLOCKED_TYPES = frozenset({"encryptedstring", "reference", "base64"})

# A message's status or a form's name is not the person's: their short names would match anything.
_NOT_ABOUT_A_PERSON = ("comm.", "account.", "variant.")

# Other words for the same thing, seen in universities' orgs; API names and labels alike.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "lead.lead_profile_uid": ("halda id", "halda lead id", "lead profile id", "halda profile id"),
    "lead.first_name": ("first name", "given name", "first"),
    "lead.last_name": ("last name", "surname", "family name", "last"),
    "lead.middle_name": ("middle name",),
    "lead.preferred_name": ("preferred name", "chosen full name", "preferred first name"),
    "lead.former_last_name": ("former last name", "maiden name"),
    "lead.email": ("email", "email address", "e mail"),
    "lead.secondary_email": ("alternate email", "secondary email", "other email"),
    "lead.phone": ("phone", "phone number"),
    "lead.phone_e164": ("mobile phone", "mobile", "cell phone"),
    "lead.birth_date": ("birthdate", "birth date", "date of birth"),
    "lead.gender": ("gender",),
    "lead.street1": ("street", "mailing street", "address line 1"),
    "lead.city": ("city", "mailing city"),
    "lead.state": ("state province", "mailing state province", "state", "mailing state"),
    "lead.postal_code": ("postal code", "zip postal code", "mailing zip postal code", "zip"),
    "lead.country": ("country", "mailing country"),
    "lead.citizenship_country": ("citizenship", "country of citizenship"),
    "lead.military_status": ("military service", "military status"),
    "lead.language": ("language", "primary language"),
    "interest.program": ("program of interest", "program", "area of interest", "academic program"),
    "interest.term": ("term", "start term", "entry term", "term of interest", "intended term"),
    "interest.student_type": ("student type", "admit type", "applicant type"),
    "interest.campus": ("campus", "desired campus"),
    "interest.modality": ("preferred teaching format", "modality", "delivery format"),
    "interest.enrollment_status": ("preferred enrollment status", "enrollment status"),
    "interest.degree_level": ("desired degree level", "degree level", "level of study"),
    "interest.major_of_interest": ("undergraduate major", "major", "intended major"),
    "edu.current_school": ("most recent school", "high school", "current school"),
    "edu.ceeb_code": ("ceeb code", "ceeb", "school code"),
    "edu.gpa": ("gpa", "grade point average"),
    "edu.graduation_year": ("graduation year", "hs graduation year", "year of graduation"),
    "edu.highest_degree": ("highest degree earned", "highest degree"),
    "submission.submitted_at": ("inquiry date", "date of inquiry", "inquired at"),
    "submission.source": ("halda source", "inquiry source"),
    "submission.page_url": ("halda page url", "page url", "inquiry page"),
    "submission.form_id": ("halda form id",),
    "form.name": ("halda form", "form name"),
    "visit.utm_source": ("utm source",),
    "visit.utm_medium": ("utm medium",),
    "visit.utm_campaign": ("utm campaign",),
}
# An opt-in is the opposite of an opt-out: it is never suggested onto one.
_OPT_OUT = re.compile(r"opt(ed)? ?out|do not (call|contact|email)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One pair. `score` is 0 to 1; `accept` is at or above the line; `also`: the next best."""

    source_key: str
    field_name: str
    score: float
    reason: str
    accept: bool
    also: tuple[str, ...] = ()


def suggest(
    fields: Sequence[SourceField], describe: SobjectDescribe, sample: Sequence[SourceRecord] = ()
) -> tuple[Suggestion, ...]:
    """Return at most one target for each source, best pairs first; every target at most once."""
    targets = [(field, _names_of(field)) for field in describe.fields if _may_be_target(field)]
    labels = Counter(_normal(field.label) for field, _ in targets)
    values = _sample_values(sample)
    pairs = []
    for source in fields:
        if source.key.startswith(_NOT_ABOUT_A_PERSON):
            continue
        wanted = _wanted(source)
        for field, names in targets:
            score, reason = _score(source, wanted, field, names)
            if score < SHOW_LINE:
                continue
            score, reason = _fitted(score, reason, field, values.get(source.key, ()))
            is_ambiguous = labels[_normal(field.label)] > 1 and "API name" not in reason
            asks = is_ambiguous or source.sensitive
            pairs.append((score, source.key, field.name, reason, asks))
    return _assigned(pairs)


def starter_rows(describe: SobjectDescribe) -> tuple[FieldRow, ...]:
    """Rows for what no inquiry carries: a Lead's company, and Halda as its source if allowed."""
    rows = []
    company = describe.field("Company")
    if company is not None and company.is_required_on_create:
        source = RowSource(kind=SourceKind.TEMPLATE, text="{lead.last_name}, {lead.first_name}")
        rows.append(
            FieldRow(
                row_id="extra:company",
                source=source,
                field_name=company.name,
                write_rule=WriteRule.CREATE_ONLY,
            )
        )
    lead_source = describe.field("LeadSource")
    if lead_source is not None and lead_source.createable and _allows(lead_source, "Halda"):
        rows.append(
            FieldRow(
                row_id="extra:lead_source",
                source=RowSource(kind=SourceKind.CONSTANT, text="Halda"),
                field_name=lead_source.name,
                write_rule=WriteRule.CREATE_ONLY,
            )
        )
    return tuple(rows)


def suggest_match_keys(describe: SobjectDescribe) -> tuple[MatchKey, ...]:
    """Halda's id first where the org has a field for it, then e-mail with last name."""
    halda = [
        field.name
        for field in describe.fields
        if field.external_id and "halda" in _normal(f"{field.name} {field.label}")
    ]
    keys = [MatchKey(field_names=(name,)) for name in halda[:1]]
    if describe.field("Email") and describe.field("LastName"):
        keys.append(MatchKey(field_names=("Email", "LastName")))
    return tuple(keys)


def _may_be_target(field: FieldDescribe) -> bool:
    text = " ".join(_names_of(field))
    return (
        field.is_writable
        and field.type not in _BLOCKED_TYPES
        and not field.deprecated_and_hidden
        and not any(re.search(rf"\b{word}\b", text) for word in _NEVER)
    )


def _normal(text: str) -> str:
    """Lower-case words of any script; signs and underscores become spaces."""
    text = unicodedata.normalize("NFKC", _CAMEL.sub(" ", text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", text))


def _names_of(field: FieldDescribe) -> tuple[str, str]:
    """Normalised API name (no namespace, no suffix) and label."""
    bare = re.sub(r"^[A-Za-z0-9]+__(?=.+__c$)", "", field.name)
    return _normal(re.sub(r"__(c|pc)$", "", bare)), _normal(field.label)


def _wanted(source: SourceField) -> tuple[str, ...]:
    own = (_normal(source.label), _normal(source.key.partition(".")[2]))
    return tuple(dict.fromkeys(name for name in (*own, *_SYNONYMS.get(source.key, ())) if name))


def _score(
    source: SourceField, wanted: tuple[str, ...], field: FieldDescribe, names: tuple[str, str]
) -> tuple[float, str]:
    api_name, label = names
    if source.type is SourceType.BOOLEAN and _OPT_OUT.search(f"{api_name} {label}"):
        return 0.0, ""
    if not _types_fit(source.type, field):
        return 0.0, ""
    best, reason = 0.0, ""
    for place, name in enumerate(wanted):
        kind = "synonym" if place > 1 else "name"
        discount = 0.01 * place
        for told, other in (("API name", api_name), ("label", label)):
            if not other:
                continue
            score = 1.0 if name == other else 0.9 * fuzz.ratio(name, other) / 100
            if score - discount > best:
                same = "the same" if name == other else "similar"
                best, reason = score - discount, f"{told} is {same} ({kind} “{name}”)"
    return best, reason


_FITS: dict[SourceType, frozenset[str]] = {
    SourceType.BOOLEAN: frozenset({"boolean", "picklist", "string"}),
    SourceType.DATE: frozenset({"date", "datetime", "string"}),
    SourceType.DATETIME: frozenset({"datetime", "date", "string"}),
    SourceType.NUMBER: frozenset({"int", "double", "currency", "percent", "string", "picklist"}),
    SourceType.EMAIL: frozenset({"email", "string"}),
    SourceType.PHONE: frozenset({"phone", "string"}),
}
_TEXT_TARGETS = frozenset(
    {"string", "textarea", "picklist", "multipicklist", "combobox", "url", "phone", "email", "date"}
)


def _types_fit(source_type: SourceType, field: FieldDescribe) -> bool:
    return field.type in _FITS.get(source_type, _TEXT_TARGETS)


def _fitted(
    score: float, reason: str, field: FieldDescribe, values: Sequence[str]
) -> tuple[float, str]:
    """Lower the score where the sample's values would not go in; say so either way."""
    if not values:
        return score, reason
    fit = sum(1 for value in values if not any(p.blocks for p in coerce(value, field).problems))
    share = fit / len(values)
    told = f"{reason}; {fit} of {len(values)} sample values fit"
    return score * (0.8 + 0.2 * share), told


def _sample_values(sample: Sequence[SourceRecord]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for record in sample:
        for key, text in record.values.items():
            values = found.setdefault(key, {})
            if text and len(values) < _FIT_SAMPLE:
                values[text] = None
    return {key: tuple(values) for key, values in found.items()}


def _assigned(pairs: list[tuple[float, str, str, str, bool]]) -> tuple[Suggestion, ...]:
    """Best pair first; a source or a target that is taken is passed over."""
    by_source: dict[str, list[tuple[float, str]]] = {}
    for score, source_key, field_name, _, _ in pairs:
        by_source.setdefault(source_key, []).append((score, field_name))
    chosen: dict[str, Suggestion] = {}
    taken: set[str] = set()
    for score, source_key, field_name, reason, is_ambiguous in sorted(
        pairs, key=lambda pair: (-pair[0], pair[1], pair[2])
    ):
        if source_key in chosen or field_name in taken:
            continue
        others = sorted(
            (each for each in by_source[source_key] if each[1] != field_name), reverse=True
        )
        is_close = any(other > score - _MARGIN and name not in taken for other, name in others)
        taken.add(field_name)
        chosen[source_key] = Suggestion(
            source_key=source_key,
            field_name=field_name,
            score=round(score, 3),
            reason=reason + ("; another field is as near: look" if is_close else ""),
            accept=score >= ACCEPT_LINE and not is_close and not is_ambiguous,
            also=tuple(name for _, name in others[:3]),
        )
    return tuple(chosen.values())


def _allows(field: FieldDescribe, value: str) -> bool:
    return not coerce(value, field).is_blocked
