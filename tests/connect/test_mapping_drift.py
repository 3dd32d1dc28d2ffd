"""Drift against the real demo org: a field disappears under a saved mapping, and it is told."""

import pytest

from core.connect.mapping_drift import DriftReport, find_drift
from core.connect.snapshots import get_describe
from core.mapping.fitting.misfits import MisfitKind
from core.mapping.model import MappingDraft, ObjectMapping
from core.store.mappings import SavedMapping, save_mapping
from tests.connect.conftest import OPERATOR, Desk
from tests.mapping.fields import make_record, make_row

DRAFT = MappingDraft(
    objects=(
        ObjectMapping(
            sobject_name="Lead",
            rows=(
                make_row("lead.email", "Email"),
                make_row("lead.last_name", "LastName"),
                make_row("lead.company", "Company"),
            ),
        ),
    )
)
RECORDS = [
    make_record(1, lead__email="ana@example.edu"),
    make_record(2, lead__email=""),
    make_record(3, lead__email="omar@example.edu"),
]


@pytest.fixture
def connected(desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    return desk


def save(desk: Desk) -> SavedMapping:
    return save_mapping(
        desk.context.store,
        connection_id=desk.connection_id,
        draft=DRAFT,
        based_on=0,
        operator=OPERATOR,
    )


def drift_of(desk: Desk, version: SavedMapping) -> DriftReport:
    return find_drift(desk.context, desk.connection_id, version, RECORDS, refresh=True)


def test_field_hidden_after_the_save_is_told_with_the_inquiries_that_wait(connected: Desk) -> None:
    get_describe(connected.context, connected.connection_id, "Lead")
    version = save(connected)
    before = drift_of(connected, version)

    connected.org.switch("palmer", hidden_fields=["Lead.Email"])
    try:
        after = drift_of(connected, version)
    finally:
        connected.org.switch("palmer", hidden_fields=[])

    assert before == DriftReport()
    [found] = after.findings
    assert (found.misfit.kind, found.pending_count) == (MisfitKind.FIELD_GONE, 2)


def test_object_that_the_user_no_longer_sees_is_told(connected: Desk) -> None:
    get_describe(connected.context, connected.connection_id, "Lead")
    version = save(connected)

    connected.org.fault(
        match="/sobjects/Lead/describe",
        status=404,
        body=[{"message": "gone", "errorCode": "NOT_FOUND"}],
    )
    report = drift_of(connected, version)

    assert [each.misfit.kind for each in report.findings] == [MisfitKind.OBJECT_GONE]
    assert report.findings[0].pending_count == 3


def test_version_saved_without_describes_says_that_nothing_is_known(connected: Desk) -> None:
    assert not drift_of(connected, save(connected)).is_known
