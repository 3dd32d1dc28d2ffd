"""The mappings that the demo universities' previews run on."""

from core.mapping.model import (
    FieldRow,
    Lookup,
    LookupPolicy,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceKind,
    WriteRule,
)

_COMMON = {
    "Halda_ID__c": "lead.lead_profile_uid",
    "FirstName": "lead.first_name",
    "LastName": "lead.last_name",
    "Email": "lead.email",
}
_KEYS = (
    MatchKey(field_names=("Halda_ID__c",)),
    MatchKey(field_names=("Email", "LastName")),
    MatchKey(field_names=("Email",)),
)


def _row(field_name: str, source: RowSource, rule: WriteRule) -> FieldRow:
    return FieldRow(row_id=field_name, source=source, field_name=field_name, write_rule=rule)


def _fields(
    sources: dict[str, str], rules: dict[str, WriteRule] | None = None
) -> tuple[FieldRow, ...]:
    chosen = rules or {}
    return tuple(
        _row(
            name,
            RowSource(kind=SourceKind.FIELD, text=source),
            chosen.get(name, WriteRule.NEVER_BLANK_OUT),
        )
        for name, source in sources.items()
    )


def palmer_draft() -> ObjectMapping:
    """Palmer State: an inquiry is a Lead."""
    company = RowSource(kind=SourceKind.TEMPLATE, text="{lead.last_name}, {lead.first_name}")
    halda = RowSource(kind=SourceKind.CONSTANT, text="Halda")
    return ObjectMapping(
        sobject_name="Lead",
        match_keys=_KEYS,
        rows=(
            *_fields(
                _COMMON
                | {
                    "Phone": "lead.phone",
                    "City": "lead.city",
                    "Program_of_Interest__c": "interest.program",
                    "Term__c": "interest.term",
                    "Student_Type__c": "interest.student_type",
                    "UTM_Source__c": "visit.utm_source",
                    "UTM_Medium__c": "visit.utm_medium",
                    "UTM_Campaign__c": "visit.utm_campaign",
                    "Halda_Form__c": "form.name",
                    "Inquiry_Date__c": "submission.submitted_at",
                    "Birth_Date__c": "lead.birth_date",
                    "GPA__c": "edu.gpa",
                    "High_School__c": "edu.high_school",
                    "Halda_Answers__c": "answer.goals",
                },
                {"Term__c": WriteRule.IF_BLANK, "Phone": WriteRule.IF_BLANK},
            ),
            _row("Company", company, WriteRule.CREATE_ONLY),
            _row("LeadSource", halda, WriteRule.CREATE_ONLY),
        ),
    )


def lakeside_draft() -> ObjectMapping:
    """Lakeside College: an inquiry is a Contact of an EDA org."""
    return ObjectMapping(
        sobject_name="Contact",
        match_keys=_KEYS,
        rows=_fields(
            _COMMON
            | {
                "MobilePhone": "lead.phone",
                "MailingCity": "lead.city",
                "Program_of_Interest__c": "interest.program",
                "Term_of_Interest__c": "interest.term",
            }
        ),
    )


def lakeside_objects() -> MappingDraft:
    """Lakeside College: the Contact, its affiliation with a program, its application for a term."""
    return MappingDraft(objects=(lakeside_draft(), _affiliation(), _application()))


def marlow_objects() -> MappingDraft:
    """Marlow Ridge: the Contact first, then an inquiry of TargetX that points at it."""
    person = ObjectMapping(
        sobject_name="Contact",
        match_keys=_KEYS,
        rows=_fields(_COMMON | {"MobilePhone": "lead.phone", "MailingCity": "lead.city"}),
    )
    inquiry = ObjectMapping(
        sobject_name="TargetX_SRMb__Inquiry__c",
        object_id="inquiry",
        match_keys=(MatchKey(field_names=("Halda_Submission_ID__c",)),),
        record_type="Undergraduate_Inquiry",
        rows=(
            parent_row("TargetX_SRMb__Contact__c"),
            *_fields(
                {
                    "Halda_Submission_ID__c": "submission.id",
                    "Submitted_At__c": "submission.submitted_at",
                    "UTM_Source__c": "visit.utm_source",
                }
            ),
            lookup_row("Program__c", "interest.program", sobject_name="Program__c"),
            lookup_row(  # each term is there twice, for both levels
                "Start_Term__c", "interest.term", sobject_name="Term__c", policy=LookupPolicy.BLANK
            ),
        ),
    )
    return MappingDraft(objects=(person, inquiry))


def harbor_objects() -> MappingDraft:
    """Harbor Point: a Lead, and an academic interest that holds nothing but references."""
    company = RowSource(kind=SourceKind.TEMPLATE, text="{lead.last_name}, {lead.first_name}")
    person = ObjectMapping(
        sobject_name="Lead",
        match_keys=_KEYS,
        rows=(
            *_fields(
                _COMMON | {"Phone": "lead.phone", "Submitted_At__c": "submission.submitted_at"}
            ),
            _row("Company", company, WriteRule.CREATE_ONLY),
        ),
    )
    interest = ObjectMapping(
        sobject_name="AcademicInterest",
        object_id="interest",
        match_keys=(MatchKey(field_names=("LeadId", "LearningProgramId", "AcademicTermId")),),
        only_with=("interest.program",),
        rows=(
            parent_row("LeadId"),
            lookup_row("LearningProgramId", "interest.program", sobject_name="LearningProgram"),
            lookup_row("AcademicTermId", "interest.term", sobject_name="AcademicTerm"),
            constant_row("Source", "Web"),
        ),
    )
    return MappingDraft(objects=(person, interest))


def parent_row(field_name: str, parent: str = "person") -> FieldRow:
    """A row that takes the id of an earlier object's record."""
    return FieldRow(
        row_id=field_name,
        source=RowSource(kind=SourceKind.PARENT, text=parent),
        field_name=field_name,
    )


def lookup_row(
    field_name: str,
    source: str,
    *,
    sobject_name: str,
    policy: LookupPolicy = LookupPolicy.HOLD,
) -> FieldRow:
    """A row that looks a related record up by its name."""
    return FieldRow(
        row_id=field_name,
        source=RowSource(kind=SourceKind.FIELD, text=source),
        field_name=field_name,
        lookup=Lookup(sobject_name=sobject_name, by_field="Name", not_found=policy, several=policy),
    )


def constant_row(field_name: str, text: str) -> FieldRow:
    source = RowSource(kind=SourceKind.CONSTANT, text=text)
    return _row(field_name, source, WriteRule.NEVER_BLANK_OUT)


def _affiliation() -> ObjectMapping:
    return ObjectMapping(
        sobject_name="hed__Affiliation__c",
        object_id="affiliation",
        match_keys=(MatchKey(field_names=("hed__Contact__c", "hed__Account__c")),),
        only_with=("interest.program",),
        rows=(
            parent_row("hed__Contact__c"),
            lookup_row("hed__Account__c", "interest.program", sobject_name="Account"),
            constant_row("hed__Role__c", "Prospect"),
        ),
    )


def _application() -> ObjectMapping:
    return ObjectMapping(
        sobject_name="hed__Application__c",
        object_id="application",
        match_keys=(MatchKey(field_names=("hed__Applicant__c", "hed__Term__c")),),
        only_with=("interest.term",),
        rows=(
            parent_row("hed__Applicant__c"),
            lookup_row("hed__Term__c", "interest.term", sobject_name="hed__Term__c"),
            constant_row("hed__Application_Status__c", "Started"),
        ),
    )
