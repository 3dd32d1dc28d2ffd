"""The value map of a row: source values with their counts, the org's values beside them."""

from dataclasses import replace

import streamlit as st

from core.mapping.describe import FieldDescribe, PicklistValue
from core.mapping.diff.phrases import UNMAPPED_WORDS
from core.mapping.model import FieldRow, SourceKind, UnmappedPolicy, ValueMap
from core.mapping.pipeline import make_reader
from core.mapping.suggestions.value_pairs import ValuePair, suggest_value_pairs
from core.mapping.value_coverage import value_coverage
from core.mapping.value_maps import ValueCount, count_values
from core.ui.formats import count, sentence_case
from core.ui.mapping.data import COUNTED_RECORDS, MappingDesk, all_records
from core.ui.mapping.edit import alter_row
from core.ui.mapping.translation import draw_translation
from core.ui.mapping.value_grid import draw_grid, may_be_shown
from core.ui.place import Place

_POLICY_WORDS = {policy: sentence_case(words) for policy, words in UNMAPPED_WORDS.items()}
_BOOLEAN_ENTRIES = (PicklistValue("true", "true"), PicklistValue("false", "false"))
_MANY_VALUES = 500  # more different values than this are no list of choices


def draw_value_map(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    """Draw the map, or what one would have to hold."""
    field = desk.describe.field(row.field_name)
    if row.source.kind in (SourceKind.CONSTANT, SourceKind.PARENT) or field is None:
        st.caption("A constant and the id of an earlier record need no value map.")
        return
    texts = _texts(place, desk, row, field)
    counts = count_values(texts)
    entries = entries_of(field)
    pairs = suggest_value_pairs([each.value for each in counts[:_MANY_VALUES]], entries)
    if row.value_map is None:
        _draw_offer(place, desk, row, counts, pairs if entries else None)
        return
    reach = value_coverage(row.value_map, counts, texts)
    st.markdown(f"**{reach.words}**")
    if desk.batch is not None and desk.batch.record_count > len(texts):
        st.caption(f"Counted in the first {len(texts):,} of {desk.batch.record_count:,} inquiries.")
    _draw_policy(place, desk, row, row.value_map, entries)
    still_open = {each.value for each in reach.unmapped}
    _draw_take(place, desk, row, [pair for pair in pairs if pair.source in still_open])
    draw_grid(place, desk, row, counts=counts, entries=entries, pairs=pairs)
    draw_translation(place, desk, row, counts)
    st.button(
        "Remove the value map",
        key=f"mapping.unmap.{desk.scope}{row.row_id}",
        icon=":material/delete:",
        type="tertiary",
        on_click=_set_map,
        args=(place, desk, row, None),
    )


def entries_of(field: FieldDescribe) -> tuple[PicklistValue, ...]:
    """The values a person may choose from; empty where the target takes any text."""
    if field.type == "boolean":
        return _BOOLEAN_ENTRIES
    return tuple(each for each in field.picklist_values if each.active and not each.closed_for)


def _draw_offer(
    place: Place,
    desk: MappingDesk,
    row: FieldRow,
    counts: tuple[ValueCount, ...],
    pairs: tuple[ValuePair, ...] | None,
) -> None:
    """Say what a map would hold; `pairs` is None where the target takes any text."""
    sure = [pair for pair in pairs or () if pair.is_sure]
    told = f"{count(len(counts), 'different value')} in the loaded inquiries"
    fit = "" if pairs is None else f"; {len(sure)} of them surely fit a value of the org"
    st.caption(f"{told}{fit}. Without a map they are sent as they are.")
    if counts and may_be_shown(desk, row):
        st.text(", ".join(f"{each.value} ({each.count:,})" for each in counts[:8]))
    st.button(
        f"Start a value map with {count(len(sure), 'pair')}" if sure else "Start a value map",
        key=f"mapping.start_map.{desk.scope}{row.row_id}",
        icon=":material/translate:",
        on_click=_set_map,
        args=(place, desk, row, ValueMap(pairs=tuple((p.source, p.target) for p in sure))),
    )
    draw_translation(place, desk, row, counts)


def _draw_policy(
    place: Place,
    desk: MappingDesk,
    row: FieldRow,
    value_map: ValueMap,
    entries: tuple[PicklistValue, ...],
) -> None:
    own = f"{desk.scope}{row.row_id}"
    policy, default = f"mapping.unmapped.{own}", f"mapping.default.{own}"
    st.session_state[policy], st.session_state[default] = value_map.unmapped, value_map.default
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "A value that is not listed",
            list(UnmappedPolicy),
            format_func=_POLICY_WORDS.__getitem__,
            key=policy,
            on_change=lambda: _alter_map(
                place, desk, row, unmapped=UnmappedPolicy(st.session_state[policy])
            ),
        )
        if value_map.unmapped is not UnmappedPolicy.USE_DEFAULT:
            return
        if entries:
            options = [each.value for each in entries]
            st.selectbox(
                "Default",
                list(dict.fromkeys([*([value_map.default] * bool(value_map.default)), *options])),
                index=None,
                key=default,
                on_change=lambda: _alter_map(
                    place, desk, row, default=st.session_state[default] or ""
                ),
            )
        else:
            st.text_input(
                "Default",
                key=default,
                on_change=lambda: _alter_map(place, desk, row, default=st.session_state[default]),
            )


def _draw_take(place: Place, desk: MappingDesk, row: FieldRow, pairs: list[ValuePair]) -> None:
    sure = [pair for pair in pairs if pair.is_sure]
    similar = [pair for pair in pairs if not pair.is_sure]
    with st.container(horizontal=True):
        for chosen, words in ((sure, "sure pair"), (similar, "similar pair")):
            if chosen:
                st.button(
                    f"Take {count(len(chosen), words)}",
                    key=f"mapping.take_pairs.{words.partition(' ')[0]}.{desk.scope}{row.row_id}",
                    icon=":material/auto_awesome:",
                    on_click=_take_pairs,
                    args=(place, desk, row, chosen),
                )


def _take_pairs(place: Place, desk: MappingDesk, row: FieldRow, pairs: list[ValuePair]) -> None:
    def alter(live: FieldRow) -> FieldRow:
        value_map = live.value_map or ValueMap()
        known = dict(value_map.pairs)
        known |= {pair.source: pair.target for pair in pairs if pair.source not in known}
        return replace(live, value_map=replace(value_map, pairs=tuple(known.items())))

    alter_row(place, desk, row, alter)


def _set_map(place: Place, desk: MappingDesk, row: FieldRow, value_map: ValueMap | None) -> None:
    alter_row(place, desk, row, lambda live: replace(live, value_map=value_map))


def _alter_map(
    place: Place,
    desk: MappingDesk,
    row: FieldRow,
    *,
    unmapped: UnmappedPolicy | None = None,
    default: str | None = None,
) -> None:
    def alter(live: FieldRow) -> FieldRow:
        former = live.value_map or ValueMap()
        changed = replace(
            former,
            unmapped=unmapped or former.unmapped,
            default=former.default if default is None else default,
        )
        return replace(live, value_map=changed)

    alter_row(place, desk, row, alter)


def _texts(
    place: Place, desk: MappingDesk, row: FieldRow, field: FieldDescribe
) -> tuple[str | None, ...]:
    """What the map meets: each inquiry's text after the steps."""
    if desk.batch is None:
        return ()
    key = f"{desk.batch.batch_id}|{row.source}|{row.transforms}|{desk.view.fingerprint}"
    key += f"|{field.name}|{desk.whole.default_country}|{desk.whole.time_zone}"
    return _texts_of(key, place, desk, row, field)


@st.cache_resource(scope="session", max_entries=16, ttl=900, show_spinner=False)
def _texts_of(
    key: str,  # noqa: ARG001 - the only hashed argument: it names the content of the others
    _place: Place,
    _desk: MappingDesk,
    _row: FieldRow,
    _field: FieldDescribe,
) -> tuple[str | None, ...]:
    assert _desk.batch is not None
    bare = FieldRow(
        row_id=_row.row_id,
        source=_row.source,
        field_name=_row.field_name,
        transforms=_row.transforms,
    )
    read = make_reader(bare, _field, _desk.settings)
    records = all_records(_place, _desk.batch)[:COUNTED_RECORDS]
    return tuple(read(record.values, {}).text for record in records)
