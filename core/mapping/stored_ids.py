"""A Salesforce id that came along with an inquiry, such as a CRM reference: read or refused. Pure.

https://help.salesforce.com/s/articleView?id=000385585 (15 and 18 characters)
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.mapping.coercion.texts import is_record_id, to_long_id
from core.mapping.describe import SobjectDescribe
from core.mapping.model import MatchKey, ObjectMapping, SourceField, SourceRecord

ID_FIELD = "Id"
_SAMPLED = 100  # inquiries that are looked through for ids


@dataclass(frozen=True, slots=True)
class StoredId:
    """The id in 18 characters, or why the text is none of this object; both empty for a blank."""

    value: str = ""
    problem: str = ""


def id_key(draft: ObjectMapping) -> MatchKey | None:
    """Return the match key that takes the record's id from a source field."""
    return next((key for key in draft.match_keys if key.id_source), None)


def carrying_ids(
    fields: Iterable[SourceField], sample: Sequence[SourceRecord], describe: SobjectDescribe
) -> Iterator[str]:
    """Yield the keys of source fields that carry Salesforce ids, by their example or the sample."""
    some = sample[:_SAMPLED]
    for field in fields:
        texts = (field.example, *(record.values.get(field.key, "") for record in some))
        if is_record_id(field.example) or any(
            read_stored_id(text, describe).value for text in texts
        ):
            yield field.key


def read_stored_id(text: str, describe: SobjectDescribe) -> StoredId:
    """Return the id that the text is, in 18 characters.

    Three characters at its start tell the object; the last three of 18 tell a mistyped one.
    """
    found = text.strip()
    if not found:
        return StoredId()
    if not is_record_id(found):
        return StoredId(
            problem="is no Salesforce id: it takes 15 characters, or 18 whose last three fit"
        )
    if describe.key_prefix and found[:3] != describe.key_prefix:
        return StoredId(problem=f"is the id of another object than {describe.label}")
    return StoredId(to_long_id(found))
