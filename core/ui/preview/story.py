"""One inquiry's whole story: each object's fields, from the source to what would be sent."""

import streamlit as st

from core.halda.schema import field_for_key
from core.mapping.model import MappingDraft, ObjectMapping
from core.preview.cells import CellPlan
from core.preview.exports.words import object_words, whole_object_words
from core.preview.matching.matches import Candidate
from core.preview.plan import Outcome
from core.preview.reading.parties import TO_DO, party_of_row
from core.preview.runs import InquiryView, RowView
from core.salesforce.links import record_url
from core.ui.preview.words import (
    LOOK,
    hidden,
    hidden_reason,
    value_words,
    why_words,
)


def draw_story(
    inquiry: InquiryView, draft: MappingDraft, *, only_changes: bool, instance_url: str = ""
) -> None:
    """Draw the objects in the order in which they would be written; say which one is not made.

    `instance_url` is the org's, where its records can be opened.
    """
    with st.container(border=True):
        st.text(f"Inquiry {inquiry.row_number} · {hidden(inquiry.person)}")
        planned = {record.object_id: record for record in inquiry.records}
        for mapping in draft.objects:
            record = planned.get(mapping.object_id)
            if record is None:
                st.text(_not_made(mapping))
            else:
                _draw_head(record, mapping.sobject_name, instance_url)
                _draw_fields(record, mapping.sobject_name, only_changes=only_changes)


def _draw_head(record: RowView, sobject_name: str, instance_url: str) -> None:
    word, icon, colour = LOOK[Outcome(record.outcome)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(word, icon=icon, color=colour)  # type: ignore[arg-type]  # one of the literals
        st.text(whole_object_words(sobject_name))
        if record.matched_id:
            st.text(f"found by {record.matched_by}:")
            st.code(record.matched_id, language=None)
            if url := record_url(instance_url, sobject_name, record.matched_id):
                st.link_button("Open in Salesforce", url, type="tertiary")
        elif record.made_by_row:
            st.text(f"found by {record.matched_by}: the new record of row {record.made_by_row}")
    if record.reason:
        party = party_of_row(record)
        acts = f" Who acts: {party}. {TO_DO[party]}" if party else ""
        st.text(f"{hidden_reason(record.reason)}{acts}")
    if record.candidates:
        st.dataframe(
            [_candidate_line(each, sobject_name, instance_url) for each in record.candidates],
            hide_index=True,
            alt="Records that came into question",
            column_config={"Link": st.column_config.LinkColumn(display_text="Open in Salesforce")},
        )


def _draw_fields(record: RowView, sobject_name: str, *, only_changes: bool) -> None:
    cells = [cell for cell in record.cells if not only_changes or cell.will_send or cell.problems]
    if not cells:
        st.caption("No field changes. Switch off “Only fields that change” to see all.")
        return
    before = f"After row {record.after_row}" if record.after_row else "In Salesforce now"
    st.dataframe(
        [_cell_line(cell, before) for cell in cells],
        key=f"preview.story.{record.row_number}.{record.object_id}",
        hide_index=True,
        alt=f"Fields of {sobject_name} for inquiry {record.row_number}",
        column_config={
            "Salesforce field": st.column_config.TextColumn(width=220),
            "Source": st.column_config.TextColumn(width=130),
            before: st.column_config.TextColumn(width=130),
            "Would send": st.column_config.TextColumn(width=150),
        },
    )


def _candidate_line(each: Candidate, sobject_name: str, instance_url: str) -> dict[str, str]:
    name = each.sobject_name or sobject_name
    url = record_url(instance_url, name, each.record_id)
    return {
        "Candidate": hidden(each.name),
        "Object": object_words(name),
        "Id": each.record_id,
        **({"Which": each.note} if each.note else {}),
        **({"Link": url} if url else {}),
    }


def _cell_line(cell: CellPlan, before: str) -> dict[str, str]:
    return {
        "Halda field": cell.source_label,
        "Source": value_words(cell.source_text),
        "Salesforce field": f"{cell.field_label} ({cell.field_name})",
        before: value_words(cell.current),
        "Would send": value_words(cell.sent_value) if cell.will_send else "–",
        "Why": why_words(cell),
        "Problem": "; ".join(problem.message for problem in cell.problems),
        "Value": value_words(cell.value),
    }


def _not_made(mapping: ObjectMapping) -> str:
    labels = [each.label if (each := field_for_key(key)) else key for key in mapping.only_with]
    name = object_words(mapping.sobject_name)
    return f"No {name}: the inquiry has nothing in {' or '.join(labels)}."
