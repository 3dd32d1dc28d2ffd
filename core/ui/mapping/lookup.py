"""How a row's text finds the related record, where the target is a reference."""

from dataclasses import replace

import streamlit as st

from core.connect.snapshots import get_describe
from core.errors import ConsoleError
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.diff.phrases import LOOKUP_POLICY_WORDS
from core.mapping.lookups import ID_FIELD, needs_asking
from core.mapping.model import FieldRow, Lookup, LookupPolicy, SourceKind
from core.store.inquiries import BatchInfo
from core.ui.formats import count, sentence_case
from core.ui.mapping.answers import ask_org, forget_answers, known_answers
from core.ui.mapping.data import MappingDesk, all_records
from core.ui.mapping.edit import alter_row
from core.ui.place import Place

_ASK_ICON = ":material/travel_explore:"
_ASK_HELP = "One or two API calls, and nothing is written. Sign off asks by itself."
_POLICY_WORDS = {policy: sentence_case(words) for policy, words in LOOKUP_POLICY_WORDS.items()}


def draw_lookup(place: Place, desk: MappingDesk, row: FieldRow, field: FieldDescribe) -> None:
    """Draw which object is looked up, by which field, and what happens without exactly one."""
    if row.source.kind is SourceKind.PARENT or not field.reference_to:
        return
    lookup = row.lookup or Lookup(sobject_name=field.reference_to[0], by_field=ID_FIELD)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _draw_part(
            place,
            desk,
            row,
            lookup,
            part="sobject_name",
            label="Looks up",
            options={name: name for name in field.reference_to},
        )
        _draw_part(
            place,
            desk,
            row,
            lookup,
            part="by_field",
            label="by its",
            options=_key_fields(place, lookup.sobject_name),
        )
        if needs_asking(lookup):
            policies = {each.value: words for each, words in _POLICY_WORDS.items()}
            for part, label in (("not_found", "None found"), ("several", "Several found")):
                _draw_part(place, desk, row, lookup, part=part, label=label, options=policies)
    if needs_asking(row.lookup):
        _draw_question(place, desk)


def _draw_question(place: Place, desk: MappingDesk) -> None:
    """Only the org knows which records are there; what it answers is among the problems then."""
    batch = desk.batch
    if batch is None:
        return
    if st.button(
        "Ask the org which are found",
        key="mapping.lookup.ask",
        icon=_ASK_ICON,
        help=_ASK_HELP,
    ):
        _ask(place, desk, batch)
    if told := known_answers(place).told:
        st.text(f"The org could not be asked. {told}")


def draw_unasked(place: Place, desk: MappingDesk) -> None:
    """Say while it is so that related records are not among the problems counted; offer to ask."""
    rows = [row for each in desk.whole.objects for row in each.rows if needs_asking(row.lookup)]
    if not rows or desk.batch is None or known_answers(place).stamp:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(
            f"Related records are looked up by name or code in {count(len(rows), 'row')}. The org "
            "was not asked yet which are there: inquiries that wait for that are not counted here.",
            width="stretch",
        )
        if st.button("Ask the org", key="mapping.lookup.ask_all", icon=_ASK_ICON, help=_ASK_HELP):
            _ask(place, desk, desk.batch)


def _ask(place: Place, desk: MappingDesk, batch: BatchInfo) -> None:
    forget_answers()
    ask_org(place, desk.whole, all_records(place, batch), batch.batch_id)
    st.rerun()


def _draw_part(
    place: Place,
    desk: MappingDesk,
    row: FieldRow,
    lookup: Lookup,
    *,
    part: str,
    label: str,
    options: dict[str, str],
) -> None:
    key = f"mapping.lookup.{part}.{desk.scope}{row.row_id}"
    value = str(getattr(lookup, part))
    st.session_state[key] = value

    def take() -> None:
        changed = _changed(lookup, part, st.session_state[key])
        alter_row(place, desk, row, lambda live: replace(live, lookup=changed))

    st.selectbox(
        label,
        list(dict.fromkeys([value, *options])),
        format_func=lambda each: options.get(each, f"{each} (not in the org)"),
        key=key,
        on_change=take,
    )


def _changed(lookup: Lookup, part: str, chosen: str) -> Lookup:
    match part:
        case "sobject_name" if chosen != lookup.sobject_name:
            return replace(lookup, sobject_name=chosen, by_field=ID_FIELD)
        case "by_field":
            return replace(lookup, by_field=chosen)
        case "not_found":
            return replace(lookup, not_found=LookupPolicy(chosen))
        case "several":
            return replace(lookup, several=LookupPolicy(chosen))
    return lookup


def _key_fields(place: Place, sobject_name: str) -> dict[str, str]:
    """Fields by which a record can be found: its id, keys of other systems, unique ones, names."""
    try:
        describe = get_describe(place.context, place.connection_id, sobject_name).describe
    except ConsoleError:
        return {ID_FIELD: "Id (Halda holds Salesforce's own id)"}
    return {ID_FIELD: "Id (Halda holds Salesforce's own id)", **_named(describe)}


def _named(describe: SobjectDescribe) -> dict[str, str]:
    named: dict[str, str] = {}
    for each in describe.fields:
        why = (
            "external id"
            if each.external_id
            else "unique"
            if each.unique
            else "id lookup"
            if each.id_lookup and each.type != "id"
            else "name, may be ambiguous"
            if each.name_field
            else ""
        )
        if why and each.filterable and each.name != ID_FIELD:
            named[each.name] = f"{each.label} · {each.name} ({why})"
    return named
