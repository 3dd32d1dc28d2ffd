"""The User Interface API's view of an object: its fields, and the choices of each record type.

https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_object_info.htm
"""

import hashlib
import json
from typing import Any, Final

from core.demo_org.calls import ApiAnswer, ApiCall, Session
from core.demo_org.describe import MASTER_RECORD_TYPE, field_json, record_type_json, summary_json
from core.demo_org.errors import ApiError
from core.demo_org.finding import known_sobject
from core.demo_org.ids import to_long_id
from core.demo_org.schema import Choice, Field, MatchRule, RecordType, Sobject

Json = dict[str, Any]

_PICKLISTS: Final = frozenset({"picklist", "multipicklist"})
_DATA_TYPES: Final = {
    "combobox": "ComboBox",
    "datetime": "DateTime",
    "encryptedstring": "EncryptedString",
    "id": "String",
    "multipicklist": "MultiPicklist",
    "textarea": "TextArea",
}
_SAME_KEYS: Final = (
    "calculated", "compoundFieldName", "controllerName", "createable", "custom", "extraTypeInfo",
    "filterable", "filteredLookupInfo", "highScaleNumber", "htmlFormatted", "inlineHelpText",
    "label", "length", "nameField", "polymorphicForeignKey", "precision", "referenceTargetField",
    "relationshipName", "scale", "searchPrefilterable", "sortable", "unique", "updateable",
)  # fmt: skip
_SAME_SUMMARY_KEYS: Final = (
    "associateEntityType", "associateParentEntity", "createable", "custom", "deletable",
    "feedEnabled", "keyPrefix", "label", "labelPlural", "layoutable", "mruEnabled", "queryable",
    "searchable", "updateable",
)  # fmt: skip


def object_info(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer the object's fields and record types by their names and ids."""
    sobject = _supported(session, call)
    visible = session.org.visible_fields(sobject)
    summary = summary_json(sobject, call.version)
    kinds = sobject.record_types or (MASTER_RECORD_TYPE,)
    info = {
        "apiName": sobject.name,
        "childRelationships": [],
        "defaultRecordTypeId": next(
            (each.id for each in kinds if each.default), MASTER_RECORD_TYPE.id
        ),
        "dependentFields": _dependent_fields(visible),
        "fields": {name: _field_json(session, each) for name, each in visible.items()},
        "nameFields": _name_fields(sobject),
        "recordTypeInfos": {each.id: _record_type_json(each) for each in kinds},
        "themeInfo": {"color": "7F8DE1", "iconUrl": f"{session.origin}/img/icon/standard_120.png"},
        **{key: summary[key] for key in _SAME_SUMMARY_KEYS},
    }
    return ApiAnswer(body=_tagged(info))


def picklist_values(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer every picklist of the object as one record type offers it."""
    sobject = _supported(session, call)
    kind = _record_type(sobject, call.segments[4])
    fields = {
        name: _values_json(call, sobject, field, kind)
        for name, field in sorted(session.org.visible_fields(sobject).items())
        if field.type in _PICKLISTS
    }
    return ApiAnswer(body=_tagged({"picklistFieldValues": fields}))


def picklist_values_of_field(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer one picklist as one record type offers it."""
    sobject = _supported(session, call)
    kind = _record_type(sobject, call.segments[4])
    field = session.org.visible_field(sobject, call.segments[5])
    if field is None or field.type not in _PICKLISTS:
        raise ApiError.not_found()
    return ApiAnswer(body=_values_json(call, sobject, field, kind))


def _supported(session: Session, call: ApiCall) -> Sobject:
    sobject = known_sobject(session.org, call.segments[2])
    if not sobject.createable:
        message = f"Object {sobject.name} is not supported in UI API"
        raise ApiError("INVALID_TYPE", message)
    return sobject


def _record_type(sobject: Sobject, sent: str) -> RecordType:
    kinds = (*sobject.record_types, MASTER_RECORD_TYPE)
    found = next((each for each in kinds if each.id == to_long_id(sent)), None)
    if found is None:
        raise ApiError.not_found()
    return found


def _values_json(call: ApiCall, sobject: Sobject, field: Field, kind: RecordType) -> Json:
    controllers = _controllers(sobject, field, kind)
    default = next((each for each in _offered(field, kind) if each.default), None)
    body = {
        "controllerValues": {each: place for place, each in enumerate(controllers.values())},
        "defaultValue": _choice_json(default, controllers) if default else None,
        "url": f"/services/data/v{call.version}/ui-api/object-info/{sobject.name}/picklist-values/"
        f"{kind.id}/{field.name}",
        "values": [_choice_json(each, controllers) for each in _offered(field, kind)],
    }
    return _tagged(body)


def _offered(field: Field, kind: RecordType) -> list[Choice]:
    return [each for each in field.choices if each.active and kind.offers(field.name, each.value)]


def _controllers(sobject: Sobject, field: Field, kind: RecordType) -> dict[int, str]:
    """Return the controlling values that the record type offers, by their place in the describe."""
    if field.controller is None:
        return {}
    controller = sobject.fields[field.controller]
    if controller.type == "boolean":
        return {0: "false", 1: "true"}
    offered = _offered(controller, kind)
    return {place: each.value for place, each in enumerate(controller.choices) if each in offered}


def _choice_json(choice: Choice, controllers: dict[int, str]) -> Json:
    order = {place: number for number, place in enumerate(controllers)}
    return {
        "attributes": None,
        "label": choice.label or choice.value,
        "validFor": [order[place] for place in choice.valid_for or () if place in order],
        "value": choice.value,
    }


def duplicates_configuration(session: Session, call: ApiCall) -> ApiAnswer:
    """Answer what the object's active duplicate rules compare and do.

    https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_duplicates_get.htm
    """
    sobject = _supported(session, call)
    rule = sobject.duplicate_rule
    active = [rule] if rule is not None and rule.active else []
    body = {
        "apiName": sobject.name,
        "dedupeEnabled": bool(active),
        "dedupeFields": sorted(name for each in active for name in each.fields),
        "duplicateRules": [_tagged(_duplicate_rule_json(sobject, each)) for each in active],
        "predupeEnabled": bool(active),
    }
    return ApiAnswer(body=_tagged(body))


def _duplicate_rule_json(sobject: Sobject, rule: MatchRule) -> Json:
    action = "Allow" if rule.allow_save else "Block"
    operations = ["Alert", "Report"] if rule.allow_save else []
    return {
        "actionOnInsert": action,
        "actionOnUpdate": action,
        "active": True,
        "duplicateRuleFilters": [],
        "matchRules": [
            _tagged(
                {
                    "matchEngine": "FuzzyMatchEngine",
                    "matchFields": sorted(rule.fields),
                    "name": rule.match,
                    "objectApiName": name,
                }
            )
            for name in (sobject.name, *rule.also)
        ],
        "name": rule.rule,
        "operationsOnInsert": operations,
        "operationsOnUpdate": operations,
    }


def _tagged(body: Json) -> Json:
    """Return the body with a hash of itself, as every answer of this API carries one."""
    content = json.dumps(body, sort_keys=True).encode()
    return {"eTag": hashlib.md5(content, usedforsecurity=False).hexdigest(), **body}


def _field_json(session: Session, field: Field) -> Json:
    described = field_json(field)
    return {
        "apiName": field.name,
        "compound": field.type == "address" or field.name == field.compound,
        "compoundComponentName": _component(field),
        "controllingFields": [field.controller] if field.controller else [],
        "dataType": _DATA_TYPES.get(field.type, field.type.title()),
        "reference": field.type == "reference",
        "referenceToInfos": [_target_json(session, each) for each in field.reference_to],
        "required": field.required,
        **{key: described[key] for key in _SAME_KEYS},
    }


def _component(field: Field) -> str | None:
    if field.compound is None or field.compound == field.name:
        return None
    return field.name.removeprefix(field.compound.removesuffix("Address"))


def _target_json(session: Session, name: str) -> Json:
    target = session.org.sobject(name)
    return {"apiName": name, "nameFields": _name_fields(target) if target else []}


def _name_fields(sobject: Sobject) -> list[str]:
    if sobject.find("LastName"):
        return ["FirstName", "LastName", "Name"]
    return [name for name, each in sobject.fields.items() if each.name_field]


def _record_type_json(kind: RecordType) -> Json:
    described = record_type_json(kind, "")
    keys = ("available", "defaultRecordTypeMapping", "master", "name", "recordTypeId")
    return {key: described[key] for key in keys}


def _dependent_fields(visible: dict[str, Field]) -> Json:
    tree: dict[str, Json] = {}
    for field in visible.values():
        if field.controller in visible:
            tree.setdefault(str(field.controller), {})[field.name] = {}
    return tree
