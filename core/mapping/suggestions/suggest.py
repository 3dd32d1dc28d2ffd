"""Which target fits a Halda field: scored, with the reason, never two sources to one target. Pure.

What is above the line may be taken without a look. Sensitive data and twins never are, exchanged
yes and no only where platform or package defines it, lookups only by name and held if not found.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from core.mapping.coercion.coerce import coerce
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.editing.rows import map_field, row_for_field, with_row
from core.mapping.model import (
    FieldRow,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceField,
    SourceKind,
    SourceRecord,
    Transform,
    TransformKind,
    WriteRule,
)
from core.mapping.suggestions.choosing import ACCEPT_LINE, Suggestion, choose
from core.mapping.suggestions.lexicon import LEXICON, Lexicon
from core.mapping.suggestions.matching import SHOW_LINE, Reader
from core.mapping.suggestions.scoring import Pair, keys_of, score_pair
from core.mapping.suggestions.targets import read_targets
from core.mapping.suggestions.words import raw_words

__all__ = [
    "ACCEPT_LINE",
    "SHOW_LINE",
    "Suggestion",
    "starter_rows",
    "suggest",
    "suggest_match_keys",
    "take",
]

_FIT_SAMPLE: Final = 40
_NO_PERSONS: Final = frozenset({"Account", "Campaign", "User", "Organization", "Group"})


def suggest(
    fields: Sequence[SourceField],
    describe: SobjectDescribe,
    sample: Sequence[SourceRecord] = (),
    lexicon: Lexicon = LEXICON,
) -> tuple[Suggestion, ...]:
    """Return at most one target for each source, best pairs first; every target at most once."""
    targets = read_targets(describe, _reader(fields, lexicon))
    values = _sample_values(sample)
    sources = {source.key: source for source in fields}
    pairs: dict[tuple[str, str], Pair] = {}
    for target in targets:
        for key, invert in sorted(keys_of(target)):
            source = sources.get(key)
            if source is None:
                continue
            pair = score_pair(source, target, invert, values.get(key, ()))
            known = pairs.get((key, target.field.name))
            if pair is not None and (known is None or pair.score > known.score):
                pairs[(key, target.field.name)] = pair
    if not _may_be_a_person(describe):
        pairs = {key: _doubted(pair) for key, pair in pairs.items()}
    return choose(pairs, targets)


def _may_be_a_person(describe: SobjectDescribe) -> bool:
    """Schools, campaigns and users have names and phones too; an Account may be either."""
    is_person_account = describe.name == "Account" and any(
        field.name.startswith("Person") for field in describe.fields
    )
    return is_person_account or describe.name not in _NO_PERSONS


def _doubted(pair: Pair) -> Pair:
    if not pair.source_key.startswith("lead."):
        return pair
    return replace(pair, asks=(*pair.asks, "this object is not about the person"))


def _reader(fields: Sequence[SourceField], lexicon: Lexicon) -> Reader:
    """Sources that the lexicon has no words for are known by their own label."""
    known = {phrase.key for phrase in lexicon.phrases}
    extra = {}
    for source in fields:
        if source.key not in known:
            tokens = lexicon.tokenizer.tokens(source.label)
            extra[source.key] = tokens or lexicon.tokenizer.tokens(source.key.partition(".")[2])
    return Reader(lexicon, {key: tokens for key, tokens in extra.items() if tokens})


def take(draft: ObjectMapping, suggestion: Suggestion) -> ObjectMapping:
    """Map the pair with its steps and lookup. Where yes and no are exchanged, only on new records:

    an opt-out that the org holds is never lifted by a suggestion.
    """
    draft = map_field(draft, suggestion.source_key, suggestion.field_name)
    row = row_for_field(draft, suggestion.source_key)
    row = replace(row, transforms=suggestion.steps, lookup=suggestion.lookup)
    if suggestion.invert:
        inverting = (*suggestion.steps, Transform(kind=TransformKind.INVERT))
        row = replace(row, transforms=inverting, write_rule=WriteRule.CREATE_ONLY)
    return with_row(draft, row)


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
        if field.external_id
        and field.is_writable
        and not field.auto_number
        and "halda" in raw_words(f"{field.name} {field.label}")
    ]
    keys = [MatchKey(field_names=(name,)) for name in halda[:1]]
    if describe.field("Email") and describe.field("LastName"):
        keys.append(MatchKey(field_names=("Email", "LastName")))
    return tuple(keys)


def _sample_values(sample: Sequence[SourceRecord]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for record in sample:
        for key, text in record.values.items():
            values = found.setdefault(key, {})
            if text and len(values) < _FIT_SAMPLE:
                values[text] = None
    return {key: tuple(values) for key, values in found.items()}


def _allows(field: FieldDescribe, value: str) -> bool:
    return not coerce(value, field).is_blocked
