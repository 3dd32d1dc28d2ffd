"""A connected desk with a mapping of the Lead, as the doctor finds it."""

import pytest

from core.connect.doctor.examine import examine
from core.connect.doctor.findings import Check, Examination
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceKind,
)
from core.store.mappings.versions import save_mapping
from tests.connect.conftest import OPERATOR, Desk


def row(field_name: str) -> FieldRow:
    source = RowSource(kind=SourceKind.FIELD, text=f"lead.{field_name.lower()}")
    return FieldRow(row_id=field_name, source=source, field_name=field_name)


LEAD = ObjectMapping(
    sobject_name="Lead",
    match_keys=(MatchKey(field_names=("Email",)),),
    rows=tuple(row(name) for name in ("FirstName", "LastName", "Email", "Company")),
)


def map_to(desk: Desk, *objects: ObjectMapping) -> None:
    save_mapping(
        desk.context.store,
        connection_id=desk.connection_id,
        draft=MappingDraft(objects=objects),
        based_on=0,
        operator=OPERATOR,
    )


@pytest.fixture
def mapped(desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    map_to(desk, LEAD)
    return desk


def examined(desk: Desk) -> Examination:
    return examine(desk.context, desk.connection_id, asked_by=OPERATOR)


def check(examination: Examination, check_id: str) -> Check:
    return next(each for each in examination.checks if each.check_id == check_id)
