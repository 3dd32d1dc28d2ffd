"""One mapping that uses every part of the model at once, for tests of files, diffs and sheets."""

from hypothesis import settings

from core.mapping.model import (
    FieldRow,
    FormOverride,
    Lookup,
    LookupPolicy,
    MappingDraft,
    MatchKey,
    Newer,
    NotSent,
    NullRule,
    ObjectMapping,
    Operation,
    OrgShape,
    OverrideRow,
    RowSource,
    SourceKind,
    Transform,
    TransformKind,
    UnmappedPolicy,
    ValueMap,
    WriteRule,
)
from tests.mapping.fields import make_row

# To draw a whole mapping takes as long as many small values: a third of the examples.
whole_mappings = settings(max_examples=settings.default.max_examples // 3)

PROGRAM = make_row(
    "form.program",
    "Program__c",
    transforms=(
        Transform(kind=TransformKind.TRIM),
        Transform(kind=TransformKind.SPLIT, options=(("index", "2"), ("separator", ";"))),
    ),
    value_map=ValueMap(
        pairs=(("MBA", "Business"), ("no", "0123"), ("2026-08-24", ""), ("Präsenz", "null")),
        unmapped=UnmappedPolicy.USE_DEFAULT,
        default="Undecided",
    ),
    write_rule=WriteRule.ONLY_IF_NEWER,
    newer=Newer(field_name="Inquiry_Date__c"),
    note="agreed with Dana: see her list",
)
TERM = make_row(
    "lead.term",
    "Term__c",
    lookup=Lookup(sobject_name="hed__Term__c", by_field="Name", several=LookupPolicy.BLANK),
    null_rule=NullRule.USE_TEXT,
    null_text="Fall 2026",
)
WHOLE = MappingDraft(
    objects=(
        ObjectMapping(
            sobject_name="Contact",
            match_keys=(
                MatchKey(field_names=("Halda_ID__c",)),
                MatchKey(field_names=("Email", "LastName")),
            ),
            rows=(make_row("lead.email", "Email", write_rule=WriteRule.ALWAYS), PROGRAM),
            record_type="Prospect",
        ),
        ObjectMapping(
            sobject_name="Inquiry__c",
            object_id="inquiry",
            operation=Operation.INSERT,
            rows=(
                FieldRow(
                    row_id="extra:1",
                    source=RowSource(kind=SourceKind.PARENT, text="person"),
                    field_name="Student__c",
                ),
                FieldRow(
                    row_id="extra:2",
                    source=RowSource(kind=SourceKind.CONSTANT, text=" 0123 "),
                    field_name="Source__c",
                ),
                TERM,
            ),
            only_with=("form.program", "lead.term"),
        ),
    ),
    not_sent=(NotSent(source_key="lead.gender", reason="the university does not keep it"),),
    forms=(
        FormOverride(
            form_id="f1",
            form_name="Nursing: apply",
            rows=(OverrideRow(object_id="inquiry", row=TERM),),
            not_sent=(NotSent(source_key="lead.pronouns", reason="Nursing does not ask"),),
        ),
    ),
    shape=OrgShape.CONTACT_AND_INQUIRY,
    default_country="CA",
    time_zone="America/Toronto",
)
