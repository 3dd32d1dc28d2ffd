"""A mapping's parts in words, as the diff, the sign-off sheet and the drift report say them."""

from core.mapping.model import (
    PERSON_OBJECT_ID,
    FieldRow,
    Lookup,
    LookupPolicy,
    MatchKey,
    Newer,
    NullRule,
    Operation,
    RowSource,
    SourceKind,
    Transform,
    UnmappedPolicy,
    ValueMap,
    WriteRule,
    WrittenFor,
)

NONE = "none"
WRITTEN_FOR_WORDS = {
    WrittenFor.EVERY_INQUIRY: "every inquiry",
    WrittenFor.CONVERTED_LEADS: "leads that were converted: the contact they became",
}
OPERATION_WORDS = {
    Operation.UPSERT: "upsert: update where found, else create",
    Operation.INSERT: "insert: create only",
    Operation.UPDATE: "update: never create",
}
WRITE_RULE_WORDS = {
    WriteRule.NEVER_BLANK_OUT: "overwrite, never blank out",
    WriteRule.ALWAYS: "always, a blank clears",
    WriteRule.IF_BLANK: "only if blank in Salesforce",
    WriteRule.CREATE_ONLY: "only on create",
    WriteRule.APPEND: "append",
    WriteRule.ONLY_IF_NEWER: "only if newer",
}
NULL_RULE_WORDS = {
    NullRule.BY_WRITE_RULE: "as the write rule says",
    NullRule.USE_TEXT: "send a text of its own",
    NullRule.HOLD: "hold the record",
}
UNMAPPED_WORDS = {
    UnmappedPolicy.HOLD: "hold the record",
    UnmappedPolicy.BLANK: "leave blank",
    UnmappedPolicy.USE_DEFAULT: "send the default",
    UnmappedPolicy.AS_IS: "send as it is",
}
LOOKUP_POLICY_WORDS = {LookupPolicy.HOLD: "hold the record", LookupPolicy.BLANK: "leave blank"}


def quoted(text: str) -> str:
    """`“text”`, so that a blank or a trailing space shows."""
    return f"“{text}”"


def object_title(object_id: str) -> str:
    """`Person`, `Inquiry`: the object's name within the mapping."""
    return object_id.replace("_", " ").capitalize() or "(object without a name)"


def source_words(source: RowSource) -> str:
    match source.kind:
        case SourceKind.FIELD:
            return source.text
        case SourceKind.CONSTANT:
            return f"constant {quoted(source.text)}"
        case SourceKind.TEMPLATE:
            return f"template {quoted(source.text)}"
        case SourceKind.PARENT:
            title = "person" if source.text == PERSON_OBJECT_ID else object_title(source.text)
            return f"id of the {title} record"


def row_words(row: FieldRow) -> str:
    """`Email ← lead.email`."""
    return f"{row.field_name or '(not mapped)'} ← {source_words(row.source)}"


def transform_words(transform: Transform) -> str:
    """`phone (country: US)`."""
    options = ", ".join(f"{name}: {quoted(text)}" for name, text in transform.options)
    name = transform.kind.value.replace("_", " ")
    return f"{name} ({options})" if options else name


def transforms_words(transforms: tuple[Transform, ...]) -> str:
    return ", then ".join(transform_words(each) for each in transforms) or NONE


def value_map_words(value_map: ValueMap | None) -> str:
    """`12 values; others: hold the record`."""
    if value_map is None:
        return NONE
    count = len(value_map.pairs)
    return f"{count} {'value' if count == 1 else 'values'}; others: {unmapped_words(value_map)}"


def unmapped_words(value_map: ValueMap) -> str:
    words = UNMAPPED_WORDS[value_map.unmapped]
    if value_map.unmapped is UnmappedPolicy.USE_DEFAULT:
        return f"{words} {quoted(value_map.default)}"
    return words


def null_words(row: FieldRow) -> str:
    if row.null_rule is NullRule.USE_TEXT:
        return f"send {quoted(row.null_text)}"
    return NULL_RULE_WORDS[row.null_rule]


def lookup_words(lookup: Lookup | None) -> str:
    if lookup is None:
        return NONE
    return (
        f"{lookup.sobject_name} by {lookup.by_field}; not found: "
        f"{LOOKUP_POLICY_WORDS[lookup.not_found]}; several: {LOOKUP_POLICY_WORDS[lookup.several]}"
    )


def newer_words(newer: Newer | None) -> str:
    return f"{newer.source_key} against {newer.field_name}" if newer else NONE


def match_keys_words(keys: tuple[MatchKey, ...]) -> str:
    return ", then ".join(map(match_key_words, keys)) or NONE


def match_key_words(key: MatchKey) -> str:
    return f"Id in {key.id_source}" if key.id_source else " + ".join(key.field_names)
