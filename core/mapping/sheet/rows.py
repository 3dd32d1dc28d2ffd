"""The sheet's sections about rows: each object's, each AI Form's, and every value map. Pure."""

from collections.abc import Mapping

from core.mapping.describe import FieldDescribe
from core.mapping.diff.phrases import (
    WRITE_RULE_WORDS,
    lookup_words,
    newer_words,
    null_words,
    object_title,
    source_words,
    unmapped_words,
)
from core.mapping.fitting.row import Describes, find_describe
from core.mapping.model import FieldRow, FormOverride, MappingDraft, ObjectMapping, SourceKind
from core.mapping.sheet.content import SheetSection, make_section
from core.mapping.transforms import describe_transform

_ROW_COLUMNS = (
    "Halda data",
    "Steps",
    "Value map",
    "Salesforce field",
    "API name",
    "Type",
    "Written",
    "When blank",
    "Lookup",
    "Note",
)


def object_label(mapping: ObjectMapping, describes: Describes) -> str:
    describe = find_describe(describes, mapping.sobject_name)
    return describe.label if describe else mapping.sobject_name


def fields_section(
    mapping: ObjectMapping, describes: Describes, labels: Mapping[str, str]
) -> SheetSection:
    title = object_title(mapping.object_id)
    lines = [_row_line(row, mapping, describes, labels) for row in mapping.rows]
    return make_section(
        f"Fields: {title} ({object_label(mapping, describes)})",
        f"Fields {title}",
        _ROW_COLUMNS,
        lines,
        starts_page=True,
    )


def _row_line(
    row: FieldRow, mapping: ObjectMapping, describes: Describes, labels: Mapping[str, str]
) -> tuple[str, ...]:
    describe = find_describe(describes, mapping.sobject_name)
    field = describe.field(row.field_name) if describe and row.field_name else None
    newer = f"\nnewer: {newer_words(row.newer)}" if row.newer else ""
    return (
        _source(row, labels),
        "\n".join(describe_transform(each) for each in row.transforms),
        f"{len(row.value_map.pairs)} values" if row.value_map else "",
        field.label if field else "",
        row.field_name or "(not sent)",
        _type(field) if field else "",
        f"{WRITE_RULE_WORDS[row.write_rule]}{newer}",
        null_words(row),
        lookup_words(row.lookup) if row.lookup else "",
        row.note,
    )


def _source(row: FieldRow, labels: Mapping[str, str]) -> str:
    if row.source.kind is SourceKind.FIELD:
        return named(row.source.text, labels)
    return source_words(row.source)


def named(key: str, labels: Mapping[str, str]) -> str:
    """`Program (lead.program)`; the key alone where it has no label."""
    return f"{labels[key]} ({key})" if labels.get(key) else key


def _type(field: FieldDescribe) -> str:
    return f"{field.type}, {field.length} characters" if field.length else field.type


def forms_section(
    draft: MappingDraft, describes: Describes, labels: Mapping[str, str]
) -> SheetSection | None:
    lines = []
    for form in draft.forms:
        name = form_words(form)
        if not form.rows and not form.not_sent:
            lines.append((name, *[""] * (len(_ROW_COLUMNS) + 1)))
        for each in form.rows:
            mapping = draft.object(each.object_id)
            place = mapping or ObjectMapping(sobject_name="", object_id=each.object_id)
            line = _row_line(each.row, place, describes, labels)
            lines.append((name, object_title(each.object_id), *line))
    columns = ("AI Form", "Object", *_ROW_COLUMNS)
    told = "These rows take the place of the ones above for inquiries of their form."
    return (
        make_section("Rows of single AI Forms", "AI Forms", columns, lines, told) if lines else None
    )


def form_words(form: FormOverride) -> str:
    return f"{form.form_name} ({form.form_id})" if form.form_name else form.form_id


def value_maps_section(draft: MappingDraft) -> SheetSection | None:
    lines = [
        line
        for place, row in _all_rows(draft)
        if row.value_map is not None
        for line in [
            *((place, row.field_name, source, sent or "(blank)")
              for source, sent in row.value_map.pairs),
            (place, row.field_name, "(any other value)", unmapped_words(row.value_map)),
        ]
    ]  # fmt: skip
    columns = ("Object", "API name", "Halda value", "Sent as")
    return (
        make_section("Value maps", "Value maps", columns, lines, starts_page=True)
        if lines
        else None
    )


def _all_rows(draft: MappingDraft) -> list[tuple[str, FieldRow]]:
    default = [(object_title(each.object_id), row) for each in draft.objects for row in each.rows]
    own = [
        (f"{object_title(each.object_id)}, AI Form {form.form_name or form.form_id}", each.row)
        for form in draft.forms
        for each in form.rows
    ]
    return [*default, *own]
