"""The panel of the chosen row: target, rules, problems, and a section of its own for each part."""

from dataclasses import replace
from enum import StrEnum

import streamlit as st

from core.mapping.browse import size_of
from core.mapping.describe import FieldDescribe
from core.mapping.diff.phrases import NULL_RULE_WORDS
from core.mapping.model import FieldRow, Newer, NullRule, SourceType, WriteRule
from core.ui.formats import sentence_case
from core.ui.mapping.blanks import draw_blanks, draw_trial
from core.ui.mapping.data import MappingDesk, sample_of
from core.ui.mapping.edit import alter_row, own_row, reset_row
from core.ui.mapping.lines import RULE_WORDS, Line, gravest_first, issue_words
from core.ui.mapping.lookup import draw_lookup
from core.ui.mapping.more import draw_also, draw_note, draw_remove
from core.ui.mapping.not_sent import draw_reason
from core.ui.mapping.source import draw_need, draw_source
from core.ui.mapping.steps import draw_transforms
from core.ui.mapping.suggestions import draw_why
from core.ui.mapping.table import draw_steps_between_rows
from core.ui.mapping.values import draw_value_map
from core.ui.messages import escaped
from core.ui.place import Place

NULL_WORDS = {rule: sentence_case(words) for rule, words in NULL_RULE_WORDS.items()}


class Section(StrEnum):
    """What of the row is being worked on; it stays when the row changes."""

    STEPS = "Steps"
    VALUES = "Value map"
    BLANKS = "Blanks"
    TRIAL = "Try a value"
    MORE = "More"


def draw_panel(place: Place, desk: MappingDesk, line: Line) -> None:
    draw_steps_between_rows(line)
    with st.container(border=True, key="mapping.panel"):
        if line.row is None:
            draw_need(place, desk, line.line_id)
        else:
            _draw_row(place, desk, line, line.row)


def _draw_row(place: Place, desk: MappingDesk, line: Line, row: FieldRow) -> None:
    _draw_title(desk, line)
    field = desk.describe.field(row.field_name)
    left, right = st.columns(2, gap="medium")
    with left:
        draw_source(place, desk, row)
        _draw_target(place, desk, row)
        draw_why(place, desk, row)
        if own_row(desk, row.row_id) is not None:
            _draw_own(place, desk, row)
    with right:
        if not row.field_name:
            draw_reason(place, desk, line)
        else:
            _draw_rules(place, desk, row)
        if field is not None and field.type == "reference":
            draw_lookup(place, desk, row, field)
    _draw_issues(desk, row)
    if field is not None:
        _draw_section(place, desk, line, row)


def _draw_title(desk: MappingDesk, line: Line) -> None:
    st.markdown(f"##### {escaped(line.title)}")
    if line.field is None:
        return
    sample = sample_of(desk.sample, line.field.key)
    notes = [
        line.field.key,
        "" if line.field.type is SourceType.TEXT else line.field.type.value,
        f"sample: {sample}" if sample else "not in the loaded inquiries",
        "" if line.field.documented else "confirm with the account",
        "sensitive" if line.field.sensitive else "",
    ]
    st.caption(escaped(" · ".join(note for note in notes if note)))


def _draw_own(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    assert desk.form is not None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge("Only this form", color="violet", icon=":material/assignment:")
        st.button(
            "As in the default",
            key=f"mapping.reset.{desk.scope}{row.row_id}",
            type="tertiary",
            on_click=reset_row,
            args=(place, desk, row.row_id),
        )


def _draw_target(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    targets = {field.name: field for field in desk.describe.fields if field.is_writable}
    key = f"mapping.target.{desk.scope}{row.row_id}"
    st.session_state[key] = row.field_name or None  # the draft decides, also after undo
    names = sorted(targets, key=lambda name: targets[name].label.casefold())
    if row.field_name and row.field_name not in targets:
        names.insert(0, row.field_name)
    st.selectbox(
        f"Field of {escaped(desk.describe.label)}",
        names,
        format_func=lambda name: _target_words(targets.get(name), name),
        key=key,
        index=None,
        placeholder="Choose a Salesforce field",
        on_change=lambda: _take_target(place, desk, row, key),
    )


def _target_words(field: FieldDescribe | None, name: str) -> str:
    if field is None:
        return f"{name} (not in the org)"
    star = " *" if field.is_required_on_create else ""
    return f"{field.label}{star} · {field.name} · {size_of(field)}"


def _take_target(place: Place, desk: MappingDesk, row: FieldRow, key: str) -> None:
    field = desk.describe.field(st.session_state[key] or "")

    def alter(live: FieldRow) -> FieldRow:
        is_other = field is None or field.name != live.field_name
        lookup = None if is_other else live.lookup  # it names records of the former field's object
        return replace(live, field_name=field.name if field else "", lookup=lookup)

    alter_row(place, desk, row, alter)


def _draw_rules(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = f"{desk.scope}{row.row_id}"
        rule_key, null_key = f"mapping.rule.{own}", f"mapping.null.{own}"
        st.session_state[rule_key], st.session_state[null_key] = row.write_rule, row.null_rule
        st.selectbox(
            "Write rule",
            list(WriteRule),
            format_func=RULE_WORDS.__getitem__,
            key=rule_key,
            on_change=lambda: _take(place, desk, row, rule_key, "write_rule"),
        )
        st.selectbox(
            "If Halda has nothing",
            list(NullRule),
            format_func=NULL_WORDS.__getitem__,
            key=null_key,
            on_change=lambda: _take(place, desk, row, null_key, "null_rule"),
        )
        if row.null_rule is NullRule.USE_TEXT:
            text_key = f"mapping.null_text.{desk.scope}{row.row_id}"
            st.session_state[text_key] = row.null_text
            st.text_input(
                "Text",
                key=text_key,
                on_change=lambda: _take(place, desk, row, text_key, "null_text"),
            )
    if row.write_rule is WriteRule.ONLY_IF_NEWER:
        _draw_newer(place, desk, row)


def _draw_newer(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    newer = row.newer or Newer()
    sources = [each.key for each in desk.fields if each.type in _MOMENTS]
    targets = [each.name for each in desk.describe.fields if each.type in ("date", "datetime")]
    own = f"{desk.scope}{row.row_id}"
    ours, theirs = f"mapping.newer_ours.{own}", f"mapping.newer_theirs.{own}"
    st.session_state[ours], st.session_state[theirs] = newer.source_key, newer.field_name
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Newer by Halda's",
            list(dict.fromkeys([newer.source_key, *sources])),
            format_func=lambda key: desk.labels.get(key, key),
            key=ours,
            on_change=lambda: _take_newer(place, desk, row, source_key=st.session_state[ours]),
        )
        st.selectbox(
            "than the record's",
            list(dict.fromkeys([newer.field_name, *targets])),
            key=theirs,
            on_change=lambda: _take_newer(place, desk, row, field_name=st.session_state[theirs]),
        )


_MOMENTS = (SourceType.DATE, SourceType.DATETIME)


def _take_newer(place: Place, desk: MappingDesk, row: FieldRow, **changed: str) -> None:
    alter_row(
        place,
        desk,
        row,
        lambda live: replace(live, newer=replace(live.newer or Newer(), **changed)),
    )


def _take(place: Place, desk: MappingDesk, row: FieldRow, key: str, part: str) -> None:
    value = st.session_state[key]
    alter_row(place, desk, row, lambda live: replace(live, **{part: value}))


def _draw_issues(desk: MappingDesk, row: FieldRow) -> None:
    for issue in gravest_first(desk.issues_of(row.row_id)):
        st.text(issue_words(issue))
        where = f" First in inquiry {issue.first_row_number}." if issue.first_row_number else ""
        st.caption(escaped(issue.advice + where))


def _draw_section(place: Place, desk: MappingDesk, line: Line, row: FieldRow) -> None:
    chosen = st.segmented_control(
        "Part of this row",
        list(Section),
        default=Section.STEPS,
        required=True,
        key="mapping.section",
        label_visibility="collapsed",
    )
    match chosen:
        case Section.VALUES:
            draw_value_map(place, desk, row)
        case Section.BLANKS:
            draw_blanks(desk, row)
        case Section.TRIAL:
            draw_trial(desk, row)
        case Section.MORE:
            draw_also(place, desk, row)
            draw_note(place, desk, row)
            draw_remove(place, desk, line, row)
        case _:
            draw_transforms(place, desk, row)
