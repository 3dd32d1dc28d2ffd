"""An object as the record type of a mapping sees it: its picklists narrowed to what is open."""

import hashlib
from dataclasses import replace

from core.connect.context import ConnectContext
from core.connect.snapshots import DescribeView, get_describe, get_record_type_values
from core.mapping.record_types import find_record_type, has_record_types, narrow


def get_describe_for(
    context: ConnectContext,
    connection_id: str,
    sobject_name: str,
    record_type: str = "",
    *,
    refresh: bool = False,
) -> DescribeView:
    """Return one object for a mapping's record type (a DeveloperName; empty: the default one).

    Where the org does not tell which values the record type opens, they stay as described.
    """
    view = get_describe(context, connection_id, sobject_name, refresh=refresh)
    found = find_record_type(view.describe, record_type)
    if view.is_uploaded or found is None or not has_record_types(view.describe):
        return view
    opened = get_record_type_values(
        context, connection_id, view.describe.name, found.record_type_id
    )
    values = opened.values
    if values is None:
        return view
    both = hashlib.sha256(f"{view.fingerprint}{opened.fingerprint}".encode()).hexdigest()
    key = ("narrowed", both)
    narrowed = context.parsed.get(key, lambda: narrow(view.describe, found, values))
    return replace(view, describe=narrowed, fingerprint=both)
