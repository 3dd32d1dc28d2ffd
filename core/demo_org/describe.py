"""Draw an org's objects as the describe resources answer them, filtered by what the user may see.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from core.demo_org.schema import Choice, Field, RecordType, Sobject

Json = dict[str, Any]

_SOAP_TYPES: Final = {
    "id": "tns:ID",
    "reference": "tns:ID",
    "boolean": "xsd:boolean",
    "int": "xsd:int",
    "double": "xsd:double",
    "currency": "xsd:double",
    "percent": "xsd:double",
    "date": "xsd:date",
    "datetime": "xsd:dateTime",
    "address": "urn:address",
}
_UNSORTED_TYPES: Final = frozenset({"address", "multipicklist", "encryptedstring"})
_UNGROUPED_TYPES: Final = _UNSORTED_TYPES | {
    "double",
    "currency",
    "percent",
    "datetime",
    "combobox",
}
_LONG_TEXT: Final = 255


def field_json(field: Field, *, is_createable: bool = True, is_updateable: bool = True) -> Json:
    """Describe one field with all the keys of API 48 and later; both are of its object."""
    is_long = field.type == "textarea" and field.length > _LONG_TEXT
    is_filterable = not is_long and field.type != "encryptedstring"
    return {
        **_identity_json(field),
        "aggregatable": is_filterable and field.type not in {"boolean", "address"},
        "createable": field.createable and is_createable,
        "updateable": field.updateable and is_updateable,
        "nillable": not field.required,
        "defaultedOnCreate": field.defaulted,
        "defaultValue": field.default,
        "filterable": is_filterable,
        "groupable": is_filterable and field.type not in _UNGROUPED_TYPES,
        "sortable": is_filterable and field.type not in _UNSORTED_TYPES,
        "permissionable": _is_permissionable(field),
        **_reference_json(field),
        **_picklist_json(field),
        **_FIXED_FIELD_KEYS,
        "mask": None,
        "maskType": "all" if field.encrypted else None,
    }


def _is_permissionable(field: Field) -> bool:
    """Tell whether field-level security can hide it; required and name fields it never hides."""
    if field.required or field.name_field or field.compound == "Name":
        return False
    is_open = field.createable and field.updateable and field.name != "RecordTypeId"
    return field.custom or field.type == "address" or is_open


def _identity_json(field: Field) -> Json:
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "soapType": _SOAP_TYPES.get(field.type, "xsd:string"),
        "length": field.length,
        "byteLength": field.length if field.type in {"id", "reference"} else field.length * 3,
        "precision": field.precision,
        "scale": field.scale,
        "digits": field.digits,
        "custom": field.custom,
        "calculated": field.formula is not None,
        "calculatedFormula": field.formula,
        "autoNumber": field.number_format is not None,
        "nameField": field.name_field,
        "unique": field.unique,
        "caseSensitive": field.case_sensitive,
        "externalId": field.external_id,
        "idLookup": field.id_lookup,
        "encrypted": field.encrypted,
        "compoundFieldName": field.compound,
        "extraTypeInfo": field.extra_type,
        "inlineHelpText": field.help,
        "htmlFormatted": field.extra_type == "richtextarea",
    }


def _reference_json(field: Field) -> Json:
    return {
        "referenceTo": list(field.reference_to),
        "relationshipName": field.relationship,
        "relationshipOrder": 0 if field.master_detail else None,
        "referenceTargetField": None,
        "cascadeDelete": field.master_detail,
        "polymorphicForeignKey": len(field.reference_to) > 1,
        "namePointing": len(field.reference_to) > 1,
    }


def _picklist_json(field: Field) -> Json:
    return {
        "picklistValues": [choice_json(each) for each in field.choices],
        "restrictedPicklist": field.restricted,
        "dependentPicklist": field.controller is not None,
        "controllerName": field.controller,
    }


_FIXED_FIELD_KEYS: Final[Json] = {
    "aiPredictionField": False,
    "defaultValueFormula": None,
    "deprecatedAndHidden": False,
    "displayLocationInDecimal": False,
    "filteredLookupInfo": None,
    "formulaTreatNullNumberAsZero": False,
    "highScaleNumber": False,
    "queryByDistance": False,
    "restrictedDelete": False,
    "searchPrefilterable": False,
    "writeRequiresMasterRead": False,
}


def choice_json(choice: Choice) -> Json:
    return {
        "active": choice.active,
        "defaultValue": choice.default,
        "label": choice.label or choice.value,
        "validFor": choice.encoded_valid_for(),
        "value": choice.value,
    }


def summary_json(sobject: Sobject, version: str) -> Json:
    """Describe an object in the 28 keys of the global list."""
    base = f"/services/data/v{version}/sobjects/{sobject.name}"
    writeable = sobject.createable
    return {
        "activateable": False,
        "associateEntityType": None,
        "associateParentEntity": None,
        "createable": writeable,
        "custom": sobject.custom,
        "customSetting": sobject.custom_setting,
        "deepCloneable": False,
        "deletable": writeable,
        "deprecatedAndHidden": False,
        "feedEnabled": writeable,
        "hasSubtypes": False,
        "isInterface": False,
        "isSubtype": False,
        "keyPrefix": sobject.key_prefix,
        "label": sobject.label,
        "labelPlural": sobject.plural,
        "layoutable": writeable,
        "mergeable": sobject.name in {"Account", "Contact", "Lead"},
        "mruEnabled": writeable,
        "name": sobject.name,
        "queryable": sobject.queryable,
        "replicateable": writeable,
        "retrieveable": True,
        "searchable": writeable,
        "triggerable": writeable,
        "undeletable": writeable,
        "updateable": sobject.updateable,
        "urls": {"rowTemplate": f"{base}/{{ID}}", "describe": f"{base}/describe", "sobject": base},
    }


def global_json(sobjects: Iterable[Sobject], version: str) -> Json:
    return {
        "encoding": "UTF-8",
        "maxBatchSize": 200,
        "sobjects": [summary_json(each, version) for each in sobjects],
    }


def sobject_json(
    sobject: Sobject, visible: Mapping[str, Field], *, version: str, origin: str
) -> Json:
    """Describe an object with the fields the user may see."""
    summary = summary_json(sobject, version)
    base = summary["urls"]["sobject"]
    may_update = summary["updateable"]
    fields = [
        field_json(each, is_createable=sobject.createable, is_updateable=may_update)
        for each in visible.values()
    ]
    return {
        **summary,
        "actionOverrides": [],
        "childRelationships": [],
        "compactLayoutable": True,
        "defaultImplementation": None,
        "extendedBy": None,
        "extendsInterfaces": None,
        "fields": fields,
        "implementedBy": None,
        "implementsInterfaces": None,
        "listviewable": None,
        "lookupLayoutable": None,
        "namedLayoutInfos": [],
        "networkScopeFieldName": None,
        "recordTypeInfos": [record_type_json(each, base) for each in _record_types(sobject)],
        "searchLayoutable": sobject.createable,
        "sobjectDescribeOption": "FULL",
        "supportedScopes": [
            {"label": f"All {sobject.plural.lower()}", "name": "everything"},
            {"label": f"My {sobject.plural.lower()}", "name": "mine"},
        ],
        "urls": {
            **summary["urls"],
            "approvalLayouts": f"{base}/describe/approvalLayouts",
            "compactLayouts": f"{base}/describe/compactLayouts",
            "layouts": f"{base}/describe/layouts",
            "listviews": f"{base}/listviews",
            "quickActions": f"{base}/quickActions",
            "uiDetailTemplate": f"{origin}/{{ID}}",
            "uiEditTemplate": f"{origin}/{{ID}}/e",
            "uiNewRecord": f"{origin}/{sobject.key_prefix}/e",
        },
    }


def _record_types(sobject: Sobject) -> tuple[RecordType, ...]:
    return sobject.record_types or (MASTER_RECORD_TYPE,)


def record_type_json(record_type: RecordType, base: str) -> Json:
    is_master = record_type.id == MASTER_RECORD_TYPE.id
    return {
        "active": True,
        "available": record_type.available,
        "defaultRecordTypeMapping": record_type.default,
        "developerName": record_type.developer_name,
        "master": is_master,
        "name": record_type.name,
        "recordTypeId": record_type.id,
        "urls": {"layout": f"{base}/describe/layouts/{record_type.id}"},
    }


MASTER_RECORD_TYPE: Final = RecordType(
    id="012000000000000AAA", name="Master", developer_name="Master", default=True
)
