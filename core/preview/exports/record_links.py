"""Where the records that a preview names can be opened in the university's own org. Pure."""

from core.preview.reading.stored import RowView
from core.salesforce.links import record_url


def links_by_id(row: RowView, instance_url: str) -> dict[str, str]:
    """Return the addresses of the record found and of all that came into question, by their ids."""
    named = {each.record_id: each.sobject_name or row.sobject_name for each in row.candidates}
    if row.matched_id:
        named = {row.matched_id: row.sobject_name, **named}
    found = {key: record_url(instance_url, name, key) for key, name in named.items()}
    return {record_id: url for record_id, url in found.items() if url}


def links_of(row: RowView, instance_url: str) -> list[str]:
    """Return the address of the record found, else of those that came into question."""
    found = links_by_id(row, instance_url)
    return [found[row.matched_id]] if row.matched_id in found else list(found.values())
