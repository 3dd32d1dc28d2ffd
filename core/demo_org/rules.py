"""What an administrator's own set-up refuses: limited picklists and validation rules."""

from core.demo_org.coercing import bad_choice, check_dependency
from core.demo_org.errors import ApiError
from core.demo_org.schema import Field, Sobject, ValidationRule, Values


def check_choices(sobject: Sobject, record: Values, touched: set[str]) -> None:
    """Refuse a restricted value that the controlling field or the record type does not offer.

    Raises:
        ApiError: INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST.
    """
    for field in sobject.fields.values():
        if field.name not in touched or not field.restricted or field.address_code:
            continue
        if field.controller:
            check_dependency(field, sobject.fields[field.controller], record)
        _check_record_type(sobject, field, record)


def _check_record_type(sobject: Sobject, field: Field, record: Values) -> None:
    kind = sobject.record_type(record)
    held = record.get(field.name)
    if kind is None or not isinstance(held, str):
        return
    for value in held.split(";"):
        if not kind.offers(field.name, value):
            raise bad_choice(field, value)


def check_validation_rules(sobject: Sobject, record: Values) -> None:
    """Run every active rule over the whole record; all that refuse are answered together.

    Raises:
        ApiError: FIELD_CUSTOM_VALIDATION_EXCEPTION, once for each rule.
    """
    refusals = [
        _refusal(rule) for rule in sobject.validation_rules if rule.active and rule.refuses(record)
    ]
    if refusals:
        first, *others = refusals
        first.others = tuple(others)
        raise first


def _refusal(rule: ValidationRule) -> ApiError:
    fields = (rule.field_name,) if rule.field_name else ()
    return ApiError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, fields=fields)
