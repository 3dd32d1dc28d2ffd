"""A sign-off sheet's examples say what Salesforce holds and will hold, out of a real preview."""

from core.connect.snapshots import load_describe
from core.mapping.sheet import SampleCell
from core.preview.exports.samples import previewed_samples
from core.preview.runs import RunView
from tests.preview.university import University


def samples(
    university: University, run: RunView, *, is_masked: bool = False
) -> tuple[SampleCell, ...]:
    view = load_describe(university.desk.context, run.connection_id, "Lead")
    assert view is not None
    return previewed_samples(
        university.store,
        run.connection_id,
        run.mapping_version_id,
        {"Lead": view.describe},
        is_masked=is_masked,
    )


def test_examples_tell_before_and_after_of_records_that_change(palmer: University) -> None:
    run = palmer.preview()

    found = samples(palmer, run)

    assert len({each.record for each in found}) == 3
    assert any(each.after != each.before for each in found)
    assert any(each.before == each.after != "" for each in found)
    assert all(each.reason for each in found)


def test_examples_of_a_shared_screen_hide_what_students_said(palmer: University) -> None:
    run = palmer.preview()
    open_, hidden = samples(palmer, run), samples(palmer, run, is_masked=True)

    emails = [each.source for each in open_ if each.field_name == "Email"]

    assert emails
    told = " ".join(f"{e.source} {e.before} {e.after} {e.reason}" for e in hidden)
    assert not [email for email in emails if email in told]


def test_version_without_a_preview_has_no_examples(palmer: University) -> None:
    run = palmer.preview()

    found = previewed_samples(palmer.store, run.connection_id, "another version", {})

    assert found == ()
