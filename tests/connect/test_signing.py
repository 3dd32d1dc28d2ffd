"""A sign-off is refused, by form and field, while something that inquiries carry is undecided."""

from collections.abc import Sequence

import pytest

from core.connect.signing import sign_off_settled
from core.errors import InvalidInput, MappingProblem
from core.mapping.editing.not_sent import leave_out
from core.mapping.model import FormOverride, MappingDraft, SourceRecord
from core.store.inquiries import save_batch
from core.store.mappings import save_mapping, state_of
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk
from tests.mapping.fields import make_mapping, make_record, make_row

NURSING = FormOverride(form_id="f1", form_name="Nursing")
RECORDS = [make_record(1, submission__form_id="f1", lead__email="ana@example.edu", lead__phone="5")]
FORM_ID = ["submission.form_id"]
EMAIL_ONLY = leave_out(make_mapping(make_row("lead.email", "Email")), FORM_ID, "Bookkeeping")
SETTLED = leave_out(EMAIL_ONLY, ["lead.phone"], "Not asked for", NURSING)


@pytest.fixture
def connected(desk: Desk) -> Desk:
    desk.add_connection()
    return desk


def sign(desk: Desk, draft: MappingDraft) -> None:
    version = save_mapping(
        desk.context.store,
        connection_id=desk.connection_id,
        draft=draft,
        based_on=0,
        operator=OPERATOR,
    )
    sign_off_settled(
        desk.context,
        connection_id=desk.connection_id,
        version_id=version.version_id,
        customer_name="Dana Cole",
        operator=OPERATOR,
    )


def load(desk: Desk, records: Sequence[SourceRecord] = RECORDS) -> None:
    save_batch(
        desk.context.store,
        account_id=ACCOUNT_ID,
        name="october.csv",
        kind="csv",
        records=records,
        operator=OPERATOR,
    )


def test_a_mapping_with_an_open_field_is_not_signed_and_its_form_is_named(connected: Desk) -> None:
    load(connected)

    with pytest.raises(MappingProblem, match=r"Default for all AI Forms: Phone"):
        sign(connected, EMAIL_ONLY)

    assert state_of(connected.context.store, connected.connection_id).signed is None


def test_a_mapping_that_every_form_settles_is_signed(connected: Desk) -> None:
    load(connected)

    sign(connected, SETTLED)

    signed = state_of(connected.context.store, connected.connection_id).signed
    assert signed is not None
    assert signed.sign_off is not None


def test_a_later_load_that_carries_less_does_not_make_a_mapping_complete(connected: Desk) -> None:
    load(connected)
    load(connected, [make_record(1, submission__form_id="f1", lead__email="one@example.edu")])

    with pytest.raises(MappingProblem, match=r"Default for all AI Forms: Phone"):
        sign(connected, EMAIL_ONLY)


def test_without_inquiries_nobody_can_tell_and_nothing_is_signed(connected: Desk) -> None:
    with pytest.raises(InvalidInput, match="nobody can tell what is collected"):
        sign(connected, SETTLED)
