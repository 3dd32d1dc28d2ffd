"""The pages, grouped as the guide groups the work; draws the navigation and runs one."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

_ROOT = Path(__file__).resolve().parents[2]
# Streamlit leaves 6rem above every title, which pushes the tables below the fold.
_STYLE = "<style>[data-testid=stMainBlockContainer] { padding-top: 3rem; }</style>"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the navigation; `file` is relative to the project."""

    key: str
    group: str
    title: str
    icon: str

    @property
    def file(self) -> str:
        return f"pages/{self.key}.py"


PAGES = (
    PageEntry("status", "Status", "Status", ":material/monitoring:"),
    PageEntry("app_setup", "Set up", "1 · App in Salesforce", ":material/checklist:"),
    PageEntry("credentials", "Set up", "2 · Credentials", ":material/key:"),
    PageEntry("connect", "Set up", "3 · Connect", ":material/link:"),
    PageEntry("objects_and_fields", "Map", "Objects and fields", ":material/table_view:"),
    PageEntry("field_mapping", "Map", "Field mapping", ":material/account_tree:"),
    PageEntry("preview", "Map", "Preview", ":material/preview:"),
)


def draw() -> None:
    """Declare the pages and run the one the address names."""
    st.set_page_config(
        page_title="Halda → Salesforce",
        page_icon=str(_ROOT / "docs" / "icon.png"),  # local: an icon name would be fetched
        layout="wide",
    )
    st.html(_STYLE)
    groups: dict[str, list[st.Page]] = {}
    for entry in PAGES:
        groups.setdefault(entry.group, []).append(
            st.Page(
                _ROOT / entry.file,
                title=entry.title,
                icon=entry.icon,
                url_path=entry.key,
                default=entry.key == "status",
            )
        )
    st.navigation(groups).run()
