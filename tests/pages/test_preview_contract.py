"""A finished preview as a contract: what it rests on, whether it is still true, what moved."""

import pytest

from core.console import Console
from core.mapping.model import MappingDraft
from core.store.tables import PreviewRun
from tests.pages.conftest import LAKESIDE, connection_id_of, words
from tests.pages.test_preview import preview, show
from tests.preview.mappings import lakeside_draft


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


@pytest.fixture
def plain() -> MappingDraft:
    return MappingDraft(objects=(lakeside_draft(),))


def test_all_that_a_plan_rests_on_stands_there_to_be_copied(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)

    page = show(run)

    copied = [each.value for each in page.code]
    for value in (run.plan_hash, run.org_id, run.describe_fingerprint, run.source_hash):
        assert len(value) > 14
        assert value in copied
    assert f"mapping v{run.mapping_number} ({run.mapping_version_id})" in copied
    assert any(f"by {run.started_by}" in each.label for each in page.expander)


def test_plan_that_kept_no_org_says_so(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)
    with console.store.write() as session:
        row = session.get_one(PreviewRun, run.run_id)
        row.org_id, row.source_hash = "", ""
        session.add(row)

    page = show(run)

    assert words(page).count("not kept: the preview is older") == 2
