"""What an org says about its objects and fields, as plain values. The wire parses into them."""

from dataclasses import dataclass
from functools import cached_property

# Compound and system types that no client can write a value to.
# https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
UNWRITABLE_TYPES = frozenset(
    {"address", "location", "id", "base64", "anyType", "complexvalue", "junctionIdList"}
)
# The record type of objects that have none of their own.
MASTER_RECORD_TYPE_ID = "012000000000000AAA"


@dataclass(frozen=True, slots=True)
class PicklistValue:
    """One entry of a picklist. `valid_for` is the platform's base64 bit set, decoded.

    `closed_for` names the record type in use that does not open the value; empty where it does.
    """

    value: str
    label: str
    active: bool = True
    default: bool = False
    valid_for: bytes = b""
    closed_for: str = ""

    @property
    def is_open(self) -> bool:
        return self.active and not self.closed_for

    def is_valid_for(self, controller_index: int) -> bool:
        """Bit i, most significant first; bytes the platform leaves out are 0."""
        byte = controller_index >> 3
        return byte < len(self.valid_for) and bool(
            self.valid_for[byte] & (0x80 >> (controller_index % 8))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDescribe:
    """One field as the connected user sees it. Lengths count characters, not bytes."""

    name: str
    label: str
    type: str
    length: int = 0
    precision: int = 0
    scale: int = 0
    digits: int = 0
    nillable: bool = True
    createable: bool = False
    updateable: bool = False
    filterable: bool = True
    defaulted_on_create: bool = False
    default_value: str | None = None
    calculated: bool = False
    auto_number: bool = False
    custom: bool = False
    unique: bool = False
    case_sensitive: bool = False
    external_id: bool = False
    id_lookup: bool = False
    name_field: bool = False
    encrypted: bool = False
    deprecated_and_hidden: bool = False
    restricted_picklist: bool = False
    picklist_values: tuple[PicklistValue, ...] = ()
    controller_name: str | None = None
    reference_to: tuple[str, ...] = ()
    relationship_name: str | None = None
    polymorphic: bool = False
    compound_field_name: str | None = None
    extra_type_info: str | None = None
    help_text: str | None = None

    @property
    def is_required_on_create(self) -> bool:
        """Booleans never are: a missing one takes its default, whatever old versions report."""
        return (
            self.createable
            and not self.nillable
            and not self.defaulted_on_create
            and self.type != "boolean"
        )

    @property
    def is_writable(self) -> bool:
        return (self.createable or self.updateable) and self.type not in UNWRITABLE_TYPES

    @property
    def is_dependent(self) -> bool:
        return self.controller_name is not None

    @property
    def active_values(self) -> tuple[str, ...]:
        return tuple(entry.value for entry in self.picklist_values if entry.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """`developer_name` is stored in mappings; ids differ between sandbox and production."""

    record_type_id: str
    name: str
    developer_name: str
    active: bool = True
    available: bool = True
    is_default: bool = False
    is_master: bool = False


@dataclass(frozen=True, kw_only=True)
class SobjectDescribe:
    """One object with its fields, in the order the org lists them."""

    name: str
    label: str
    label_plural: str = ""
    key_prefix: str | None = None
    custom: bool = False
    createable: bool = True
    updateable: bool = True
    queryable: bool = True
    fields: tuple[FieldDescribe, ...] = ()
    record_types: tuple[RecordType, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, FieldDescribe]:
        return {each.name.casefold(): each for each in self.fields}

    @cached_property
    def dependent_names(self) -> frozenset[str]:
        """The API names of the fields whose values another field rules."""
        return frozenset(each.name for each in self.fields if each.is_dependent)

    def field(self, name: str) -> FieldDescribe | None:
        """The field with this API name, which the platform compares without case."""
        return self._by_name.get(name.casefold())

    def label_of(self, name: str) -> str:
        """The field's label; the name itself where there is no such field."""
        field = self.field(name)
        return field.label if field else name


@dataclass(frozen=True, slots=True, kw_only=True)
class SobjectSummary:
    """One row of the global describe."""

    name: str
    label: str
    label_plural: str = ""
    key_prefix: str | None = None
    custom: bool = False
    custom_setting: bool = False
    createable: bool = False
    updateable: bool = False
    queryable: bool = False
    deprecated_and_hidden: bool = False

    @property
    def namespace(self) -> str:
        """`hed` in `hed__Term__c`; empty for standard objects and the org's own."""
        parts = self.name.split("__")
        return parts[0] if len(parts) == 3 else ""
