"""A mapping version as the sections of its sign-off sheet. Pure: all it tells is handed in."""

from collections.abc import Mapping, Sequence

from core.mapping.diff.phrases import NONE, OPERATION_WORDS, WRITTEN_FOR_WORDS, object_title
from core.mapping.fitting.row import Describes, find_describe
from core.mapping.model import MappingDraft, ObjectMapping
from core.mapping.sheet.content import (
    SampleCell,
    SheetFacts,
    SheetSection,
    SignOffSheet,
    make_section,
    moment,
    showable,
)
from core.mapping.sheet.coverage import coverage_section
from core.mapping.sheet.permissions import permissions_to_grant
from core.mapping.sheet.rows import (
    fields_section,
    form_words,
    forms_section,
    named,
    object_label,
    value_maps_section,
)
from core.mapping.suggestions.org_shapes import SHAPE_WORDS


def build_sheet(
    draft: MappingDraft,
    facts: SheetFacts,
    describes: Describes,
    labels: Mapping[str, str],
    samples: Sequence[SampleCell] = (),
) -> SignOffSheet:
    """Return the sheet of one version; `labels` names source keys, `draft` is that version's own.

    Every row, value pair, form and reason of the mapping is in it.
    """
    sections = [
        _objects(draft, describes, labels),
        *(fields_section(each, describes, labels) for each in draft.objects),
        forms_section(draft, describes, labels),
        value_maps_section(draft),
        coverage_section(facts.coverage, facts.load_name),
        _not_sent(draft, labels),
        _samples(draft, describes, samples),
        _permissions(draft, describes),
    ]
    return SignOffSheet(
        title=showable(f"Field mapping for {facts.university}"),
        is_signed=facts.signed_at is not None,
        facts=tuple((word, showable(text)) for word, text in _facts(draft, facts) if text),
        sections=tuple(section for section in sections if section is not None),
    )


def _facts(draft: MappingDraft, facts: SheetFacts) -> list[tuple[str, str]]:
    signed = facts.signed_at
    return [
        ("University", facts.university),
        ("Environment", facts.environment),
        ("Salesforce org", " · ".join(each for each in (facts.org_name, facts.org_id) if each)),
        ("Mapping version", str(facts.version)),
        ("Saved", f"{moment(facts.saved_at)} by {facts.saved_by}"),
        ("Comes from", facts.origin),
        ("Note of the version", facts.version_note),
        ("Content hash (SHA-256)", facts.content_hash),
        ("State", "Signed off" if signed else "Draft: not signed off"),
        ("Agreed by", facts.customer_name),
        ("Taken down by", facts.signed_by),
        ("Signed off at", moment(signed) if signed else ""),
        ("Note", facts.note),
        ("Coverage", facts.coverage.words if facts.coverage else ""),
        ("Kind of org", SHAPE_WORDS[draft.shape] if draft.shape else ""),
        ("Default country", draft.default_country),
        ("Time zone", draft.time_zone),
    ]


def _objects(draft: MappingDraft, describes: Describes, labels: Mapping[str, str]) -> SheetSection:
    lines = [
        (
            str(number),
            object_title(each.object_id),
            object_label(each, describes),
            each.sobject_name,
            OPERATION_WORDS[each.operation],
            each.record_type or "the org's default",
            _match_keys(each, describes),
            _condition(each, labels),
        )
        for number, each in enumerate(draft.objects, start=1)
    ]
    columns = ("Order", "Name", "Object", "API name", "Operation", "Record type", "Match keys")
    return make_section("Objects", "Objects", (*columns, "Only where filled"), lines)


def _condition(mapping: ObjectMapping, labels: Mapping[str, str]) -> str:
    if mapping.only_converted:
        return WRITTEN_FOR_WORDS[mapping.written_for]
    return ", ".join(named(key, labels) for key in mapping.only_with) or "every inquiry"


def _match_keys(mapping: ObjectMapping, describes: Describes) -> str:
    describe = find_describe(describes, mapping.sobject_name)

    def label(name: str) -> str:
        field = describe.field(name) if describe else None
        return f"{field.label} ({field.name})" if field else name

    keys = [
        f"Salesforce id, as {key.id_source} carries it"
        if key.id_source
        else " + ".join(label(name) for name in key.field_names)
        for key in mapping.match_keys
    ]
    return "\n".join(f"{number}. {key}" for number, key in enumerate(keys, start=1)) or NONE


def _not_sent(draft: MappingDraft, labels: Mapping[str, str]) -> SheetSection | None:
    said = [("every form", each) for each in draft.not_sent]
    said += [(form_words(form), each) for form in draft.forms for each in form.not_sent]
    lines = [
        (name, labels.get(each.source_key, ""), each.source_key, each.reason) for name, each in said
    ]
    columns = ("AI Form", "Halda data", "Key", "Because")
    return make_section("Not sent", "Not sent", columns, lines) if lines else None


def _samples(
    draft: MappingDraft, describes: Describes, samples: Sequence[SampleCell]
) -> SheetSection | None:
    lines = []
    for each in samples:
        mapping = draft.object(each.object_id)
        describe = find_describe(describes, mapping.sobject_name) if mapping else None
        field = describe.field(each.field_name) if describe else None
        shown = f"{field.label} ({field.name})" if field else each.field_name
        title = object_title(each.object_id)
        before = "not previewed yet" if each.before is None else each.before
        named = (each.record, title, shown)
        lines.append((*named, each.source, before, each.after, each.reason))
    columns = ("Record", "Object", "Field", "In Halda", "In Salesforce now", "After", "Why")
    return (
        make_section("Examples: before and after", "Examples", columns, lines, starts_page=True)
        if lines
        else None
    )


def _permissions(draft: MappingDraft, describes: Describes) -> SheetSection:
    lines = [
        (
            each.sobject_name,
            each.field_name or "(the object)",
            each.label,
            each.words,
            each.why,
        )
        for each in permissions_to_grant(draft, describes)
    ]
    columns = ("Object", "Field", "Label", "Permission", "What for")
    told = "What the integration user needs, and nothing more."
    return make_section(
        "Permissions to grant", "Permissions", columns, lines, told, starts_page=True
    )
