"""A mapping prepared once gives each of many inquiries what it would give it alone."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping import apply as apply_module
from core.mapping.apply import PreparedMapping, apply
from core.mapping.describe import SobjectDescribe
from core.mapping.model import (
    FieldRow,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
    Transform,
    TransformKind,
    ValueMap,
)
from tests.mapping.fields import BUILDING, CAMPUS, make_field

_DESCRIBE = SobjectDescribe(
    name="Lead",
    label="Lead",
    fields=(CAMPUS, BUILDING, *(make_field(n, t) for n, t in (("Phone", "phone"), ("Age", "int")))),
)


def _row(name: str, source: str, **changes: Any) -> FieldRow:
    kind = SourceKind(changes.pop("kind", SourceKind.FIELD))
    return FieldRow(
        row_id=name, source=RowSource(kind=kind, text=source), field_name=name, **changes
    )


_MAPPING = ObjectMapping(
    sobject_name="Lead",
    rows=(
        _row("Campus__c", "answer.a", value_map=ValueMap(pairs=(("x", "Main"), ("y", "Online")))),
        _row("Building__c", "answer.b"),
        _row("Phone", "lead.phone", transforms=(Transform(kind=TransformKind.PHONE),)),
        _row("Age", "answer.a answer.b", kind=SourceKind.CONSTANT),
    ),
)
_TEXTS = {
    "answer.a": st.sampled_from(["x", "y", " X", "", "z"]),
    "answer.b": st.sampled_from(["North Hall", "Virtual", "", "7"]),
    "lead.phone": st.sampled_from(["801 555 0100", "020 7946 0018", ""]),
    "lead.country": st.sampled_from(["US", "GB", "nowhere"]),
}
_INQUIRIES = st.lists(st.fixed_dictionaries({}, optional=_TEXTS), max_size=12)


@pytest.mark.parametrize("kept", [0, 1, 1_000])
@given(inquiries=_INQUIRIES)
def test_an_inquiry_among_many_gets_what_it_gets_alone(
    kept: int, inquiries: list[dict[str, str]]
) -> None:
    records = [SourceRecord(row_number=n, values=v) for n, v in enumerate(inquiries, start=1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apply_module, "_KNOWN_TEXTS", kept)
        prepared = PreparedMapping(_MAPPING, _DESCRIBE)
        together = [prepared.apply(record) for record in records]
    assert together == [apply(_MAPPING, _DESCRIBE, record) for record in records]
