"""Fields that many objects share: system fields, a person's name, an address."""

from typing import Any, Final

from core.demo_org.making import (
    checkbox,
    date,
    lookup,
    moment,
    number,
    picklist,
    read_only,
    text,
)
from core.demo_org.schema import (
    Field,
)

SALUTATIONS: Final = ("Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx.")


INDUSTRIES: Final = ("Education", "Government", "Not For Profit", "Technology", "Other")


GEOCODES: Final = (
    "Address",
    "NearAddress",
    "Block",
    "Street",
    "ExtendedZip",
    "Zip",
    "City",
    "County",
    "State",
    "Unknown",
)


def full_name(values: dict[str, Any]) -> str | None:
    """Join first and last name as the platform's Name field does."""
    parts = (values.get("FirstName"), values.get("LastName"))
    return " ".join(part for part in parts if part) or None


def system_fields(label: str, *, owner: tuple[str, ...] = ("User",)) -> list[Field]:
    """Return the fields that every record has, the id first."""
    fields = [
        read_only(
            Field(
                name="Id",
                label=f"{label} ID",
                type="id",
                length=18,
                required=True,
                defaulted=True,
                id_lookup=True,
            )
        ),
        read_only(checkbox("IsDeleted", "Deleted")),
        read_only(moment("CreatedDate", "Created Date", required=True, defaulted=True)),
        read_only(
            lookup(
                "CreatedById",
                "Created By ID",
                "User",
                relationship="CreatedBy",
                required=True,
                defaulted=True,
            )
        ),
        read_only(moment("LastModifiedDate", "Last Modified Date", required=True, defaulted=True)),
        read_only(
            lookup(
                "LastModifiedById",
                "Last Modified By ID",
                "User",
                relationship="LastModifiedBy",
                required=True,
                defaulted=True,
            )
        ),
        read_only(moment("SystemModstamp", "System Modstamp", required=True, defaulted=True)),
        read_only(date("LastActivityDate", "Last Activity")),
    ]
    if owner:
        fields.append(
            lookup(
                "OwnerId", "Owner ID", *owner, relationship="Owner", required=True, defaulted=True
            )
        )
    return fields


def person_names() -> list[Field]:
    part: dict[str, Any] = {"compound": "Name", "extra_type": "personname"}
    return [
        text("LastName", "Last Name", 80, required=True, **part),
        text("FirstName", "First Name", 40, **part),
        picklist("Salutation", "Salutation", SALUTATIONS, length=40, **part),
        read_only(
            text(
                "Name",
                "Full Name",
                121,
                required=True,
                extra_type="personname",
                compute=full_name,
                name_field=True,
            )
        ),
    ]


def address(prefix: str, label: str, compound: str) -> list[Field]:
    part: dict[str, Any] = {"compound": compound}
    caption = f"{label} " if label else ""
    return [
        Field(
            name=f"{prefix}Street",
            label=f"{caption}Street",
            type="textarea",
            length=255,
            extra_type="plaintextarea",
            **part,
        ),
        text(f"{prefix}City", f"{caption}City", 40, **part),
        text(f"{prefix}State", f"{caption}State/Province", 80, **part),
        text(f"{prefix}PostalCode", f"{caption}Zip/Postal Code", 20, **part),
        text(f"{prefix}Country", f"{caption}Country", 80, **part),
        number(f"{prefix}Latitude", f"{caption}Latitude", 18, 15, **part),
        number(f"{prefix}Longitude", f"{caption}Longitude", 18, 15, **part),
        picklist(
            f"{prefix}GeocodeAccuracy",
            f"{caption}Geocode Accuracy",
            GEOCODES,
            length=40,
            restricted=True,
            **part,
        ),
        read_only(Field(name=compound, label=f"{caption}Address", type="address")),
    ]
