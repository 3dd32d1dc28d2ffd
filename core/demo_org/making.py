"""Short ways to define objects and fields, as an administrator's screens do. Knows no records."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from core.demo_org.schema import Choice, Field, Sobject


def sobject(
    name: str, label: str, key_prefix: str | None, fields: Iterable[Field], **changes: Any
) -> Sobject:
    """Build an object from its fields, in order; a later field of the same name replaces one."""
    by_name = {each.name: each for each in fields}
    changes.setdefault("updateable", changes.get("createable", True))
    return Sobject(
        name=name,
        label=label,
        plural=changes.pop("plural", label + "s"),
        key_prefix=key_prefix,
        fields=by_name,
        by_folded_name={key.lower(): value for key, value in by_name.items()},
        **changes,
    )


def with_fields(base: Sobject, *extra: Field, **changes: Any) -> Sobject:
    """Return the object with fields added or replaced, and other attributes changed."""
    fields = dict(base.fields) | {each.name: each for each in extra}
    folded = {key.lower(): value for key, value in fields.items()}
    return replace(base, fields=fields, by_folded_name=folded, **changes)


def text(name: str, label: str, length: int = 255, **more: Any) -> Field:
    return Field(name=name, label=label, type="string", length=length, **more)


def long_text(name: str, label: str, length: int = 32000, **more: Any) -> Field:
    more.setdefault("extra_type", "plaintextarea")
    return Field(name=name, label=label, type="textarea", length=length, **more)


def email(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="email", length=80, **more)


def phone(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="phone", length=40, **more)


def url(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="url", length=255, **more)


def checkbox(name: str, label: str, **more: Any) -> Field:
    more.setdefault("default", False)
    return Field(name=name, label=label, type="boolean", required=True, defaulted=True, **more)


def date(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="date", **more)


def moment(name: str, label: str, **more: Any) -> Field:
    return Field(name=name, label=label, type="datetime", **more)


def number(name: str, label: str, precision: int, scale: int, **more: Any) -> Field:
    kind = more.pop("type", "double")
    return Field(name=name, label=label, type=kind, precision=precision, scale=scale, **more)


def integer(name: str, label: str, digits: int = 8, **more: Any) -> Field:
    return Field(name=name, label=label, type="int", digits=digits, **more)


def picklist(name: str, label: str, values: Iterable[str | Choice], **more: Any) -> Field:
    choices = tuple(
        each if isinstance(each, Choice) else Choice(value=each, label=each) for each in values
    )
    return Field(
        name=name,
        label=label,
        type=more.pop("type", "picklist"),
        length=more.pop("length", 255),
        choices=choices,
        **more,
    )


def multi(name: str, label: str, values: Iterable[str | Choice], **more: Any) -> Field:
    return picklist(name, label, values, type="multipicklist", length=4099, **more)


def lookup(name: str, label: str, *targets: str, relationship: str | None, **more: Any) -> Field:
    return Field(
        name=name,
        label=label,
        type="reference",
        length=18,
        reference_to=targets,
        relationship=relationship,
        **more,
    )


def read_only(field_: Field, **changes: Any) -> Field:
    return replace(field_, createable=False, updateable=False, **changes)
