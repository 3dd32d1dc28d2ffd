"""What a sign-off sheet tells of one version: the facts around it, labels and samples."""

from collections.abc import Iterable, Mapping

from core.connect.record_types import get_describe_for
from core.mapping.apply import PreparedMapping
from core.mapping.coercion.coerce import render
from core.mapping.covering import coverage
from core.mapping.describe import SobjectDescribe
from core.mapping.forms import takes_part
from core.mapping.model import MappingDraft
from core.mapping.pipeline import ApplySettings
from core.mapping.sheet import SampleCell, SheetFacts
from core.preview.exports.samples import previewed_samples
from core.store.mappings import VersionLife, load_version
from core.ui import state
from core.ui.mapping.data import MappingDesk, shown
from core.ui.place import Place

_SAMPLES = 3

SheetParts = tuple[
    MappingDraft,
    SheetFacts,
    Mapping[str, SobjectDescribe],
    Mapping[str, str],
    tuple[SampleCell, ...],
]


def sheet_of(place: Place, desk: MappingDesk, version: VersionLife) -> SheetParts:
    """Return what `build_sheet` takes for this version, read fresh."""
    saved = load_version(place.console.store, version.info.version_id)
    signed, org = version.sign_off, place.connection.org
    facts = SheetFacts(
        university=place.account.details.name,
        environment=place.connection.environment.value.title(),
        org_name=org.org_name if org else "",
        org_id=org.org_id if org else "",
        version=saved.number,
        content_hash=saved.content_hash,
        saved_by=saved.saved_by,
        saved_at=saved.saved_at,
        origin=saved.origin,
        version_note=saved.note,
        customer_name=signed.customer_name if signed else "",
        signed_by=signed.signed_by if signed else "",
        signed_at=signed.signed_at if signed else None,
        note=signed.note if signed else "",
        load_name=desk.batch.name if desk.batch else "",
        coverage=coverage(saved.draft, desk.fields, desk.load) if desk.batch else None,
    )
    describes = {
        each.sobject_name: get_describe_for(
            place.context, place.connection_id, each.sobject_name, each.record_type
        ).describe
        for each in saved.draft.objects
    }
    previewed = previewed_samples(
        place.console.store,
        place.connection_id,
        saved.version_id,
        describes,
        is_masked=state.is_screen_shared(),
    )
    samples = tuple(previewed or _samples(desk, saved.draft, describes))
    return saved.draft, facts, describes, desk.labels, samples


def _samples(
    desk: MappingDesk, draft: MappingDraft, describes: Mapping[str, SobjectDescribe]
) -> Iterable[SampleCell]:
    settings = ApplySettings.of(draft, desk.labels)
    for mapping in draft.objects:
        describe = describes[mapping.sobject_name]
        prepared = PreparedMapping(mapping, describe, settings)
        taken = [each for each in desk.sample if takes_part(mapping, each.values)]
        for record in taken[:_SAMPLES]:
            for cell in prepared.apply(record).cells:
                field = describe.field(cell.field_name)
                if field is None or cell.source_text is None:
                    continue
                yield SampleCell(
                    record=f"Inquiry {record.row_number}",
                    object_id=mapping.object_id,
                    field_name=cell.field_name,
                    source=shown(cell.source_text),
                    after="" if cell.value is None else shown(render(cell.value, field)),
                    reason=next((each.message for each in cell.problems if each.blocks), ""),
                )
