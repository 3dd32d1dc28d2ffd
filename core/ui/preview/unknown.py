"""What a finished preview cannot know: the org's own rules, their messages, where to look."""

import streamlit as st

from core.preview.exports.unknown import ADVICE, NEVER_ASKED, summary_words, unread_words
from core.preview.exports.words import CANNOT_KNOW, whole_object_words
from core.preview.reading.stored import RunView
from core.salesforce.links import setup_url
from core.salesforce.org_rules import OrgRule, OrgRules
from core.ui.messages import escaped


def draw_unknown(run: RunView, *, instance_url: str = "") -> None:
    """Draw the count in a line, the list behind it, and what the org did not tell."""
    rules = run.org_rules
    if rules is None:
        st.caption(escaped(f"{CANNOT_KNOW} {NEVER_ASKED}"))
        return
    if summary := summary_words(rules):
        _draw_list(rules, f"What this preview cannot know: {summary}", instance_url)
    if unread := unread_words(rules):
        st.warning(escaped(" ".join([*unread, ADVICE])), icon=":material/visibility_off:")
    st.caption(CANNOT_KNOW)


def _draw_list(rules: OrgRules, title: str, instance_url: str) -> None:
    if not rules.rules:
        st.caption(escaped(f"{title}."))
        return
    with st.expander(escaped(title), icon=":material/rule:"):
        st.dataframe(
            [_line(each, instance_url) for each in rules.rules],
            key="preview.unknown",
            hide_index=True,
            alt="Rules, flows and triggers that run when these records are saved",
            column_config={
                "Message": st.column_config.TextColumn(width="large"),
                "Setup": st.column_config.LinkColumn(display_text="Open in Salesforce"),
            },
        )


def _line(rule: OrgRule, instance_url: str) -> dict[str, str]:
    url = setup_url(instance_url, rule.sobject_name, rule.kind)
    return {
        "Object": whole_object_words(rule.sobject_name),
        "Kind": rule.kind.capitalize(),
        "Name": rule.label or rule.name,
        "Message": rule.message,
        "Field": rule.field_name,
        "Runs": rule.runs_on,
        **({"Setup": url} if url else {}),
    }
