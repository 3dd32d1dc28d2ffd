"""The ordered steps of a row from text to text, each with its options and a live example."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from core.mapping.model import (
    FieldRow,
    SourceKind,
    SourceRecord,
    SourceType,
    Transform,
    TransformKind,
)
from core.mapping.simulate import Simulation, simulate
from core.mapping.sources import source_keys
from core.mapping.transforms import (
    KIND_LABELS,
    TRANSFORM_OPTIONS,
    TransformOption,
    describe_transform,
    option_problems,
)
from core.ui.mapping.data import MappingDesk, shown
from core.ui.mapping.edit import alter_row
from core.ui.messages import escaped
from core.ui.place import Place

_EXAMPLES = 5
# What is offered first, by what the Halda field means and what the target is.
_FITTING = {
    SourceType.PHONE: (TransformKind.PHONE,),
    SourceType.DATE: (TransformKind.DATE,),
    SourceType.DATETIME: (TransformKind.DATETIME, TransformKind.DATE),
    SourceType.NUMBER: (TransformKind.NUMBER,),
    SourceType.BOOLEAN: (TransformKind.BOOLEAN, TransformKind.INVERT),
}
_BY_WORD = {"term": TransformKind.TERM, "country": TransformKind.COUNTRY}
_BY_WORD |= {"state": TransformKind.STATE, "full_name": TransformKind.NAME_PART}


def draw_transforms(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    """Draw the steps in order, one to add, and what they make of the sample."""
    if row.source.kind is SourceKind.PARENT:
        st.caption("The id of an earlier object's record is sent as it is.")
        return
    for position, step in enumerate(row.transforms):
        _draw_step(place, desk, row, position, step)
    _draw_add(place, desk, row)
    _draw_examples(desk, row)


def _draw_step(
    place: Place, desk: MappingDesk, row: FieldRow, position: int, step: Transform
) -> None:
    name = f"{desk.scope}{row.row_id}.{position}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"{position + 1}\\. {escaped(describe_transform(step))}", width="stretch")
        moves = (
            (":material/arrow_upward:", "Step up", position > 0, -1),
            (":material/arrow_downward:", "Step down", position + 1 < len(row.transforms), 1),
        )
        for icon, label, is_possible, by in moves:
            st.button(
                "",
                icon=icon,
                help=label,
                key=f"mapping.move.{name}.{by}",
                type="tertiary",
                disabled=not is_possible,
                on_click=_move,
                args=(place, desk, row, position, by),
            )
        st.button(
            "",
            icon=":material/close:",
            help="Remove this step",
            key=f"mapping.unstep.{name}",
            type="tertiary",
            on_click=_remove,
            args=(place, desk, row, position),
        )
    options = TRANSFORM_OPTIONS[step.kind]
    if options:
        with st.expander("Options", expanded=bool(option_problems(step)), type="compact"):
            for option in options:
                _draw_option(place, desk, row, position, option)
    for problem in option_problems(step):
        st.text(f"⚠ {problem}")


def _draw_option(
    place: Place, desk: MappingDesk, row: FieldRow, position: int, option: TransformOption
) -> None:
    step = row.transforms[position]
    key = f"mapping.option.{desk.scope}{row.row_id}.{position}.{step.kind}.{option.name}"
    value = step.option(option.name, option.default)
    st.session_state[key] = value

    def take() -> None:
        chosen = st.session_state[key]
        _alter_steps(place, desk, row, lambda steps: _with_option(steps, position, option, chosen))

    if option.name == "country_key":
        keys = [each.key for each in desk.fields if "country" in each.key]
        st.selectbox(
            option.label,
            list(dict.fromkeys([*keys, value])),
            format_func=lambda each: desk.labels.get(each, each),
            key=key,
            on_change=take,
        )
    elif option.is_text:
        st.text_input(option.label, key=key, help=option.help or None, on_change=take)
    else:
        words = dict(option.allowed)
        st.selectbox(
            option.label,
            list(dict.fromkeys([*words, value])),
            format_func=lambda each: words.get(each, f"{each} (unknown)"),
            key=key,
            help=option.help or None,
            on_change=take,
        )


def _with_option(
    steps: list[Transform], position: int, option: TransformOption, value: str
) -> list[Transform]:
    options = {**dict(steps[position].options), option.name: value}
    if value == option.default:
        del options[option.name]
    steps[position] = replace(steps[position], options=tuple(sorted(options.items())))
    return steps


def _draw_add(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    key = f"mapping.add_step.{desk.scope}{row.row_id}"
    st.session_state[key] = None
    st.selectbox(
        "Add a step",
        _offered(desk, row),
        index=None,
        format_func=KIND_LABELS.__getitem__,
        placeholder="Add a step",
        label_visibility="collapsed",
        key=key,
        on_change=lambda: _add(place, desk, row, st.session_state[key]),
    )


def _offered(desk: MappingDesk, row: FieldRow) -> list[TransformKind]:
    source = next((each for each in desk.fields if each.key == row.source.text), None)
    first = list(_FITTING.get(source.type, ())) if source else []
    first += [kind for word, kind in _BY_WORD.items() if source and word in source.key]
    return list(dict.fromkeys([*first, *TransformKind]))


def _add(place: Place, desk: MappingDesk, row: FieldRow, kind: TransformKind | None) -> None:
    if kind is not None:
        _alter_steps(place, desk, row, lambda steps: [*steps, Transform(kind=TransformKind(kind))])


def _move(place: Place, desk: MappingDesk, row: FieldRow, position: int, by: int) -> None:
    def moved(steps: list[Transform]) -> list[Transform]:
        if 0 <= position + by < len(steps):
            steps[position], steps[position + by] = steps[position + by], steps[position]
        return steps

    _alter_steps(place, desk, row, moved)


def _remove(place: Place, desk: MappingDesk, row: FieldRow, position: int) -> None:
    _alter_steps(place, desk, row, lambda steps: steps[:position] + steps[position + 1 :])


def _alter_steps(
    place: Place,
    desk: MappingDesk,
    row: FieldRow,
    alter: Callable[[list[Transform]], list[Transform]],
) -> None:
    alter_row(
        place, desk, row, lambda live: replace(live, transforms=tuple(alter([*live.transforms])))
    )


def _draw_examples(desk: MappingDesk, row: FieldRow) -> None:
    """Draw the most frequent different values of the sample and what is sent for each."""
    if row.source.kind is SourceKind.CONSTANT:
        st.text(f"Would send: {would_send(simulate(row, desk.describe, {}, desk.settings))}")
        return
    lines = []
    for record in _example_records(desk, row):
        done = simulate(row, desk.describe, record.values, desk.settings)
        lines.append(
            {
                "From Halda": _told(done.steps[0].text),
                **{
                    f"{place_of}. {KIND_LABELS[row.transforms[place_of - 1].kind]}": _told(
                        step.text
                    )
                    for place_of, step in enumerate(done.steps[1:], 1)
                    if place_of <= len(row.transforms)
                },
                "Would send": would_send(done),
            }
        )
    if lines:
        st.dataframe(
            pd.DataFrame(lines),
            hide_index=True,
            alt="Sample values before and after the steps",
        )
    else:
        st.caption("No loaded inquiry carries this: use Try a value.")


def _example_records(desk: MappingDesk, row: FieldRow) -> list[SourceRecord]:
    keys = source_keys(row.source)
    if not keys:
        return []
    told = Counter(tuple(each.values.get(key, "") for key in keys) for each in desk.sample)
    wanted = [values for values, _ in told.most_common() if any(values)][:_EXAMPLES]
    first: dict[tuple[str, ...], SourceRecord] = {}
    for record in desk.sample:
        first.setdefault(tuple(record.values.get(key, "") for key in keys), record)
    return [first[values] for values in wanted]


def would_send(done: Simulation) -> str:
    """What goes to Salesforce on a new record, or why nothing does."""
    blocked = next((each.message for each in done.cell.problems if each.blocks), "")
    if blocked:
        return f"✗ {blocked}"
    if done.cell.ask is not None and done.cell.value is None and not done.cell.problems:
        return f"the id of the {done.cell.ask.sobject_name} found, once the org is asked"
    if done.cell.is_absent or done.cell.value is None:
        return "nothing"
    value = str(done.cell.value)
    return value if done.cell.source_label == "Constant" else shown(value)


def _told(text: str | None) -> str:
    return "(not sent)" if text is None else shown(text)
