"""What each error code of the REST API means, as a table. `remedies` reads it."""

from core import errors
from core.errors import WhoActs
from core.salesforce.remedy import Concern, Remedy

_ADMIN = WhoActs.UNIVERSITY_ADMIN
_OPERATOR = WhoActs.OPERATOR
_SUPPORT = WhoActs.HALDA_SUPPORT

_SEE_STATUS = "Try again in some minutes; https://status.salesforce.com shows known trouble."
_FIX_MAPPING = "Correct the mapping or the source value, then preview again."


def _of_record(message: str, advice: str = _FIX_MAPPING, who: WhoActs = _OPERATOR) -> Remedy:
    return Remedy(errors.SalesforceError, message, advice, who, concern=Concern.RECORDS)


# https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
SESSION_AND_LIMITS: dict[str, Remedy] = {
    "INVALID_SESSION_ID": Remedy(
        errors.NeedsReauth,
        "Salesforce no longer accepts the connection's session.",
        "Reconnect. If it happens again, check that the app has the api scope.",
    ),
    "INVALID_AUTH_HEADER": Remedy(
        errors.NeedsReauth,
        "Salesforce no longer accepts the connection's session.",
        "Reconnect. If it happens again, check that the app has the api scope.",
    ),
    "REQUEST_LIMIT_EXCEEDED": Remedy(
        errors.RequestLimitExceeded,
        "The org's API allowance is used up, or too many long calls run at once.",
        "Wait: the daily allowance is counted over the last 24 hours. The admin sees the usage"
        " under Setup > Company Information.",
    ),
    "API_DISABLED_FOR_ORG": Remedy(
        errors.AppBlocked,
        "The org or the integration user may not use the API.",
        'The admin has to give the integration user the permission "API Enabled"; some editions'
        " have no API at all.",
        concern=Concern.API,
    ),
    "API_CURRENTLY_DISABLED": Remedy(
        errors.AppBlocked,
        "The API is switched off for the integration user.",
        'The admin has to give the integration user the permission "API Enabled".',
        concern=Concern.API,
    ),
    "INVALID_OPERATION_WITH_EXPIRED_PASSWORD": Remedy(
        errors.AppBlocked,
        "The integration user's password has expired.",
        "Ask the admin to set a new password or let it never expire, then reconnect.",
        concern=Concern.USER,
    ),
    "PASSWORD_LOCKOUT": Remedy(
        errors.AppBlocked,
        "The integration user is locked out after wrong passwords.",
        "Ask the admin to unlock the user, then reconnect.",
        concern=Concern.USER,
    ),
    "CLIENT_NOT_ACCESSIBLE_FOR_USER": Remedy(
        errors.AppBlocked,
        "The org lets the integration user call the API through chosen apps only.",
        "Ask the admin to admit the app: API Access Control, or the app's policies and the"
        " permission set assigned to them.",
    ),
    "LOGIN_DURING_RESTRICTED_DOMAIN": Remedy(
        errors.IpNotAllowed,
        "Salesforce refused our address.",
        "Ask the admin to allow the console's addresses in the login IP ranges of the integration"
        " user's profile. Login History shows the refused attempt.",
    ),
    "LOGIN_DURING_RESTRICTED_TIME": Remedy(
        errors.IpNotAllowed,
        "The integration user may not sign in at this hour.",
        "Ask the admin to widen the login hours of the integration user's profile.",
    ),
    "ORG_LOCKED": Remedy(
        errors.AppBlocked,
        "The org is locked.",
        "The university has to contact Salesforce about its org.",
        concern=Concern.ORG,
    ),
    "INSUFFICIENT_ACCESS": Remedy(
        errors.SalesforceError,
        "The connected user lacks a permission for this call.",
        "Ask the admin to compare the integration user's permission set with the guide's list.",
        concern=Concern.PERMISSIONS,
    ),
    "SERVER_UNAVAILABLE": Remedy(
        errors.ServiceUnavailable, "The org is not available right now.", _SEE_STATUS
    ),
    "UNKNOWN_EXCEPTION": Remedy(
        errors.ServiceUnavailable, "Salesforce had a problem of its own.", _SEE_STATUS
    ),
    "UNSUPPORTED_API_VERSION": Remedy(
        errors.QueryRefused,
        "The org does not offer this API version.",
        "Reconnect, which chooses the version anew.",
        _OPERATOR,
        concern=Concern.HOST,
    ),
    "STORAGE_LIMIT_EXCEEDED": Remedy(
        errors.SalesforceError,
        "The org's data storage is full.",
        "The admin has to free or buy storage; nothing more can be written until then.",
        concern=Concern.LIMITS,
    ),
}

QUERIES: dict[str, Remedy] = {
    "INVALID_FIELD": Remedy(
        errors.FieldNotVisible,
        "A field is not visible to the connected user, or was renamed or deleted.",
        "Refresh the fields. If it is missing, ask the admin for field-level access.",
        _ADMIN,
        keeps_detail=True,
    ),
    "INVALID_TYPE": Remedy(
        errors.ObjectNotVisible,
        "An object is not visible to the connected user, or was renamed or deleted.",
        "Refresh the objects. If it is missing, ask the admin for access to it.",
        _ADMIN,
        keeps_detail=True,
    ),
    "NOT_FOUND": Remedy(
        errors.ObjectNotVisible,
        "An object or record is not visible to the connected user, or was renamed or deleted.",
        "Refresh the objects. If it is missing, ask the admin for access to it.",
        _ADMIN,
    ),
    "QUERY_TIMEOUT": Remedy(
        errors.QueryRefused,
        "The org took too long over a search.",
        "Try again. If it happens again, match by an indexed field (External ID or Email).",
    ),
    "QUERY_TOO_COMPLICATED": Remedy(
        errors.QueryRefused,
        "The org finds a search too complicated.",
        "Tell Halda support which object and match rule it was.",
    ),
    "MALFORMED_QUERY": Remedy(
        errors.QueryRefused,
        "The org could not read one of our searches.",
        "Tell Halda support which object and match rule it was.",
    ),
    "INVALID_QUERY_FILTER_OPERATOR": Remedy(
        errors.QueryRefused,
        "The org cannot search this field in this way.",
        "Choose another match field, or tell Halda support.",
    ),
    "INVALID_QUERY_LOCATOR": Remedy(
        errors.QueryRefused,
        "The org dropped the rest of a long result.",
        "Run it again.",
        _OPERATOR,
    ),
    "EXCEEDED_MAX_SIZE_REQUEST": Remedy(
        errors.QueryRefused, "A request was too large for the org.", "Tell Halda support."
    ),
}

RECORDS: dict[str, Remedy] = {
    "REQUIRED_FIELD_MISSING": _of_record(
        "A field that the org requires is empty.", "Map a source to it or set a constant."
    ),
    "FIELD_CUSTOM_VALIDATION_EXCEPTION": _of_record(
        "A validation rule of the org refused the record.",
        "Read the rule's message in Salesforce and correct the value, or ask the admin about it.",
    ),
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST": _of_record(
        "A value is not one of the field's choices.",
        "Map it to an existing choice, or ask the admin to add it.",
    ),
    "STRING_TOO_LONG": _of_record("A text is longer than its field."),
    "INVALID_EMAIL_ADDRESS": _of_record("Salesforce does not accept an email address."),
    "NUMBER_OUTSIDE_VALID_RANGE": _of_record("A number has more digits than its field."),
    "JSON_PARSER_ERROR": _of_record(
        "A value has the wrong format for its field.", "Tell Halda support.", _SUPPORT
    ),
    "DUPLICATES_DETECTED": _of_record(
        "A duplicate rule finds that the record looks like an existing one.",
        "Update the existing record instead, or ask the admin about the rule.",
    ),
    "DUPLICATE_VALUE": _of_record(
        "Another record already has this unique value.", "Match by that field to update it."
    ),
    "MULTIPLE_CHOICES": _of_record(
        "Several records share this key.", "Merge them in Salesforce or choose another match key."
    ),
    "INVALID_FIELD_FOR_INSERT_UPDATE": Remedy(
        errors.FieldNotVisible,
        "The connected user may not write a field.",
        "Refresh the fields, then ask the admin for edit access to it.",
    ),
    "INVALID_CROSS_REFERENCE_KEY": _of_record(
        "A linked record or record type does not exist or is not open to the connected user.",
        "Check the link; for a record type ask the admin to assign it to the profile.",
    ),
    "MALFORMED_ID": _of_record("A record id is not one, or is of the wrong object."),
    "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY": _of_record(
        "A linked record is hidden from the connected user.",
        "Ask the admin to share it with the integration user.",
        _ADMIN,
    ),
    "FIELD_INTEGRITY_EXCEPTION": _of_record(
        "Two values do not fit together, such as a state without its country.",
        "Give a listed country first, then a state of that country.",
    ),
    "INSUFFICIENT_ACCESS_OR_READONLY": _of_record(
        "The connected user may not change this record.",
        "Ask the admin to compare the permission set with the guide's list.",
        _ADMIN,
    ),
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY": _of_record(
        "Automation in the org stopped the change.",
        "Give the admin the record's key; a trigger or package refused it.",
        _ADMIN,
    ),
    "CANNOT_EXECUTE_FLOW_TRIGGER": _of_record(
        "A flow in the org failed on this record.", "Give the admin the record's key.", _ADMIN
    ),
    "PROCESS_FLOW": _of_record(
        "A process in the org failed on this record.", "Give the admin the record's key.", _ADMIN
    ),
    "CANNOT_UPDATE_CONVERTED_LEAD": _of_record(
        "The lead was already converted.", "Update the contact it became."
    ),
    "ENTITY_IS_DELETED": _of_record(
        "The record is in the recycle bin or was merged.", "Restore it, or let a new one be made."
    ),
    "MISSING_ARGUMENT": _of_record(
        "A call lacked a required part.", "Tell Halda support.", _SUPPORT
    ),
    "UNABLE_TO_LOCK_ROW": Remedy(
        errors.RetryLater,
        "A record is busy.",
        "It is tried again by itself.",
        concern=Concern.RECORDS,
    ),
    "ALL_OR_NONE_OPERATION_ROLLED_BACK": _of_record(
        "Not saved because another row of the same call failed.", "Mend that other row."
    ),
    "PROCESSING_HALTED": _of_record(
        "Not done because another part of the same call failed.", "Mend that other part."
    ),
}

REST_REMEDIES: dict[str, Remedy] = {**SESSION_AND_LIMITS, **QUERIES, **RECORDS}

# For answers without a code of their own, such as the HTML of a proxy or a maintenance page.
STATUS_REMEDIES: dict[int, Remedy] = {
    300: RECORDS["MULTIPLE_CHOICES"],
    401: SESSION_AND_LIMITS["INVALID_SESSION_ID"],
    403: SESSION_AND_LIMITS["INSUFFICIENT_ACCESS"],
    404: QUERIES["NOT_FOUND"],
    410: SESSION_AND_LIMITS["UNSUPPORTED_API_VERSION"],
    413: QUERIES["EXCEEDED_MAX_SIZE_REQUEST"],
    414: QUERIES["EXCEEDED_MAX_SIZE_REQUEST"],
    420: SESSION_AND_LIMITS["INSUFFICIENT_ACCESS"],
    429: Remedy(errors.RateLimited, "Too many calls at once.", "Wait a minute, then try again."),
    431: QUERIES["EXCEEDED_MAX_SIZE_REQUEST"],
}
SERVER_TROUBLE = SESSION_AND_LIMITS["SERVER_UNAVAILABLE"]
REDIRECTED = Remedy(
    errors.UnreadableAnswer,
    "The org answered by pointing elsewhere, which is never followed.",
    "Check that the connection uses the org's current My Domain, then reconnect.",
    _OPERATOR,
)
NO_TABLE_LINE = Remedy(
    errors.SalesforceError,
    "Salesforce refused a call.",
    "Tell Halda support the code shown here.",
    _SUPPORT,
)
