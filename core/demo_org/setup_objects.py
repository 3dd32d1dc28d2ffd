"""Objects that describe an org's own set-up: its rules, triggers and flows, readable like records.

https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_validationrule.htm
"""

from typing import Final

from core.demo_org.making import (
    checkbox,
    integer,
    long_text,
    lookup,
    moment,
    picklist,
    read_only,
    sobject,
    text,
)
from core.demo_org.schema import Field, Sobject

TRIGGER_MOMENTS: Final = (
    "BeforeInsert",
    "AfterInsert",
    "BeforeUpdate",
    "AfterUpdate",
    "BeforeDelete",
    "AfterDelete",
    "AfterUndelete",
)


def _described(name: str, label: str, key_prefix: str, *fields: Field) -> Sobject:
    own_id = Field(name="Id", label=f"{label} ID", type="id", length=18, required=True,
                   defaulted=True, id_lookup=True)  # fmt: skip
    every = (own_id, *fields, moment("LastModifiedDate", "Last Modified Date"))
    return sobject(name, label, key_prefix, map(read_only, every), createable=False)


def _of_object(name: str, relationship: str) -> Field:
    """Return the lookup to the object that a rule is for; its value is the object's name."""
    return Field(name=name, label="Entity Definition ID", type="string", length=255,
                 reference_to=("EntityDefinition",), relationship=relationship)  # fmt: skip


_VALIDATION_RULE: Final = _described(
    "ValidationRule",
    "Validation Rule",
    "03d",
    text("ValidationName", "Validation Name", 80),
    checkbox("Active", "Active"),
    text("Description", "Description", 255),
    text("ErrorDisplayField", "Error Display Field", 255),
    text("ErrorMessage", "Error Message", 255),
    _of_object("EntityDefinitionId", "EntityDefinition"),
    text("NamespacePrefix", "Namespace Prefix", 15),
    text("FullName", "Full Name", 255),
    Field(name="Metadata", label="Metadata", type="complexvalue"),
)
_APEX_TRIGGER: Final = _described(
    "ApexTrigger",
    "Apex Trigger",
    "01q",
    text("Name", "Name", 255, name_field=True),
    text("TableEnumOrId", "Custom Object Definition ID", 40),
    text("NamespacePrefix", "Namespace Prefix", 15),
    picklist("Status", "Status", ("Inactive", "Active", "Deleted"), restricted=True, length=40),
    checkbox("IsValid", "Is Valid"),
    *(checkbox(f"Usage{each}", each) for each in TRIGGER_MOMENTS),
    _of_object("EntityDefinitionId", "EntityDefinition"),
)
_FLOW: Final = _described(
    "FlowDefinitionView",
    "Flow Definition",
    "3dd",
    text("DurableId", "Durable ID", 255),
    text("ApiName", "Flow API Name", 255),
    text("Label", "Flow Label", 255, name_field=True),
    text("Description", "Flow Description", 255),
    text("NamespacePrefix", "Flow Namespace", 15),
    text("ProcessType", "Process Type", 40),
    text("TriggerType", "Trigger", 40),
    text("RecordTriggerType", "Record Trigger", 40),
    checkbox("IsActive", "Active"),
    checkbox("IsTemplate", "Template"),
    text("TriggerObjectOrEventLabel", "Triggering Object or Platform Event Label", 255),
    _of_object("TriggerObjectOrEventId", "TriggerObjectOrEvent"),
)
_DUPLICATE_RULE: Final = _described(
    "DuplicateRule",
    "Duplicate Rule",
    "0Bm",
    text("DeveloperName", "Object Name", 80, name_field=True),
    text("MasterLabel", "Rule Name", 80),
    text("NamespacePrefix", "Namespace Prefix", 15),
    text("SobjectType", "Object", 40),
    text("SobjectSubtype", "Object Subtype", 40),
    checkbox("IsActive", "Active"),
)
_MATCHING_RULE: Final = _described(
    "MatchingRule",
    "Matching Rule",
    "0JD",
    text("DeveloperName", "Unique Name", 80, name_field=True),
    text("MasterLabel", "Rule Name", 80),
    text("SobjectType", "Object", 40),
    text("RuleStatus", "Status", 40),
    text("MatchEngine", "Match Engine", 40),
    text("BooleanFilter", "Advanced Logic", 255),
)
_MATCHING_RULE_ITEM: Final = _described(
    "MatchingRuleItem",
    "Matching Rule Item",
    "0JE",
    lookup("MatchingRuleId", "Matching Rule ID", "MatchingRule", relationship="MatchingRule"),
    text("Field", "Field", 255),
    text("MatchingMethod", "Matching Method", 40),
    text("BlankValueBehavior", "Blank Value Behavior", 40),
    integer("SortOrder", "Sort Order"),
)
_ENTITY: Final = _described(
    "EntityDefinition",
    "Entity Definition",
    "4ie",
    text("DurableId", "Durable ID", 255),
    text("QualifiedApiName", "Qualified API Name", 255, name_field=True),
    text("DeveloperName", "Developer Name", 255),
    text("NamespacePrefix", "Namespace Prefix", 15),
    text("Label", "Label", 255),
    text("KeyPrefix", "Key Prefix", 3),
    long_text("Description", "Description", 255),
)

SETUP_OBJECTS: Final = {
    each.name: each
    for each in (
        _APEX_TRIGGER, _FLOW, _DUPLICATE_RULE, _MATCHING_RULE, _MATCHING_RULE_ITEM, _ENTITY,
    )
}  # fmt: skip
TOOLING_OBJECTS: Final = {each.name: each for each in (_VALIDATION_RULE, _APEX_TRIGGER, _ENTITY)}
