"""The editable table of a value map: one line a source value, its count and what is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from core.mapping.describe import PicklistValue
from core.mapping.model import FieldRow, SourceType, ValueMap
from core.mapping.suggestions.value_pairs import ValuePair
from core.mapping.value_maps import ValueCount, fold_value
from core.preview.exports.masking import masked
from core.ui import state
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.edit import alter_row
from core.ui.place import Place

LEAVE_BLANK = "(leave blank)"
_SEND_AS = "Send as"
_MOST_LINES = 2_000
_CHOICES = (SourceType.CHOICE, SourceType.MULTI, SourceType.BOOLEAN)


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A source value; `target` is None where the map does not list it."""

    source: str
    record_count: int
    target: str | None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Base:
    """What the browser's table was drawn from; its edits are counted from here."""

    generation: int
    lines: tuple[ValueLine, ...]


def draw_grid(
    place: Place,
    desk: MappingDesk,
    row: FieldRow,
    *,
    counts: Sequence[ValueCount],
    entries: Sequence[PicklistValue],
    pairs: Sequence[ValuePair],
) -> None:
    """Draw the lines, unmapped ones first; an edit keeps its place until the map is left."""
    assert row.value_map is not None
    lines = value_lines(row.value_map, counts, pairs)[:_MOST_LINES]
    base = _base(desk, row, lines)
    is_open = may_be_shown(desk, row)
    hints = [line.hint for line in base.lines]
    frame = pd.DataFrame(
        {
            "Halda's value": [
                line.source if is_open else masked(line.source) for line in base.lines
            ],
            "Records": [line.record_count for line in base.lines],
            _SEND_AS: [LEAVE_BLANK if line.target == "" else line.target for line in base.lines],
            **({"Suggested": hints} if any(hints) else {}),
        }
    ).astype({_SEND_AS: object})
    listed = [line.target for line in base.lines if line.target]
    options = list(dict.fromkeys([*(each.value for each in entries), *listed, LEAVE_BLANK]))
    labels = {each.value: each.label for each in entries if each.label != each.value}
    target = (
        st.column_config.SelectboxColumn(
            options=options,
            width=140,
            format_func=lambda each: _with_label(str(each), labels),
        )
        if entries
        else st.column_config.TextColumn(width=140, help=f"{LEAVE_BLANK} sends a blank.")
    )
    key = _editor_key(desk, row, base.generation)
    allowed = frozenset(options) if entries else None
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=["Halda's value", "Records", "Suggested"],
        height=min(36 * (len(base.lines) + 1) + 3, 400) if base.lines else "auto",
        placeholder="not mapped",
        column_config={
            "Halda's value": st.column_config.TextColumn(width=140),
            "Records": st.column_config.NumberColumn(width=62, format="localized"),
            _SEND_AS: target,
        },
        on_change=_take_edits,
        args=(place, desk, row, base, allowed),
        alt="Source values with how many inquiries carry each, and what is sent for them",
    )
    _draw_add(place, desk, row)


def _with_label(value: str, labels: dict[str, str]) -> str:
    return f"{value} · {labels[value]}" if value in labels else value


def value_lines(
    value_map: ValueMap, counts: Sequence[ValueCount], pairs: Sequence[ValuePair] = ()
) -> list[ValueLine]:
    """Each value of the inquiries and of the map: unmapped first, then the most frequent."""
    known = dict(value_map.pairs)
    folded = {fold_value(source): source for source in known}
    hints = {pair.source: f"{pair.target} ({pair.reason})" for pair in pairs}
    lines: dict[str, ValueLine] = {}
    for each in counts:
        source = each.value if each.value in known else folded.get(fold_value(each.value), "")
        name = source or each.value
        hint = "" if source in known else hints.get(each.value, "")
        lines[name] = ValueLine(name, each.count, known.get(source), hint)
    for source, target in known.items():
        lines.setdefault(source, ValueLine(source, 0, target))
    return sorted(lines.values(), key=lambda line: (line.target is not None, -line.record_count))


def may_be_shown(desk: MappingDesk, row: FieldRow) -> bool:
    """Values of a list are no one's own; other answers are hidden while the screen is shared."""
    field = next((each for each in desk.fields if each.key == row.source.text), None)
    is_choice = field is not None and field.type in _CHOICES and not field.sensitive
    return is_choice or not state.is_screen_shared()


def edited_pairs(
    value_map: ValueMap,
    lines: Sequence[ValueLine],
    edits: dict[int, dict[str, object]],
    allowed: frozenset[str] | None,
) -> ValueMap:
    """Return the map with the table's edits; a value that was never offered is not taken."""
    known = dict(value_map.pairs)
    for position, cells in edits.items():
        if _SEND_AS not in cells or not 0 <= position < len(lines):
            continue
        source, told = lines[position].source, cells[_SEND_AS]
        text = "" if told is None else str(told).strip()
        if not text:
            known.pop(source, None)
        elif text == LEAVE_BLANK:
            known[source] = ""
        elif allowed is None or text in allowed:
            known[source] = text
    return replace(value_map, pairs=tuple(known.items()))


def _base(desk: MappingDesk, row: FieldRow, lines: list[ValueLine]) -> _Base:
    """Keep the lines in place while their own edits explain the map; else draw them anew."""
    assert row.value_map is not None
    name = f"mapping.value_base.{desk.scope}{row.row_id}"
    base: _Base | None = st.session_state.get(name)
    if base is not None:
        told = st.session_state.get(_editor_key(desk, row, base.generation)) or {}
        drawn = tuple((line.source, line.target) for line in base.lines if line.target is not None)
        from_base = edited_pairs(
            replace(row.value_map, pairs=drawn), base.lines, told.get("edited_rows", {}), None
        )
        is_explained = dict(from_base.pairs) == dict(row.value_map.pairs)
        if is_explained and {line.source for line in base.lines} == {line.source for line in lines}:
            return base
    fresh = _Base(base.generation + 1 if base else 1, tuple(lines))
    st.session_state[name] = fresh
    return fresh


def _editor_key(desk: MappingDesk, row: FieldRow, generation: int) -> str:
    return f"mapping.values.{desk.scope}{row.row_id}.{generation}"


def _take_edits(
    place: Place,
    desk: MappingDesk,
    row: FieldRow,
    base: _Base,
    allowed: frozenset[str] | None,
) -> None:
    edits = st.session_state[_editor_key(desk, row, base.generation)]["edited_rows"]
    alter_row(
        place,
        desk,
        row,
        lambda live: replace(
            live,
            value_map=edited_pairs(live.value_map or ValueMap(), base.lines, edits, allowed),
        ),
    )


def _draw_add(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    """List a value that no loaded inquiry carries yet, such as next year's term."""
    key = f"mapping.add_value.{desk.scope}{row.row_id}"

    def add() -> None:
        source = " ".join(st.session_state[key].split())
        st.session_state[key] = ""
        if source:
            alter_row(place, desk, row, lambda live: _with_source(live, source))

    st.text_input(
        "Add a value that is not in the loaded inquiries",
        key=key,
        placeholder="Add a value that is not in the loaded inquiries",
        label_visibility="collapsed",
        on_change=add,
    )


def _with_source(row: FieldRow, source: str) -> FieldRow:
    value_map = row.value_map or ValueMap()
    if source in dict(value_map.pairs):
        return row
    return replace(row, value_map=replace(value_map, pairs=(*value_map.pairs, (source, ""))))
