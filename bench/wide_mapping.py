"""The heaviest mapping that the mapping page is promised for: 60 rows against 250 fields."""

from dataclasses import replace

from core.connect.connections import list_connections
from core.connect.snapshots import get_describe
from core.console import open_console
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.editing.rows import map_field, row_for_field, with_row
from core.mapping.model import (
    MappingDraft,
    ObjectMapping,
    Transform,
    TransformKind,
    UnmappedPolicy,
    ValueMap,
)
from core.settings import Settings
from core.store.inquiries import list_batches, load_records
from core.store.mappings import load_mapping, save_mapping
from tests.console_process import ConsoleProcess

WIDE_OBJECT = "Student_Profile__c"
ROWS = 60
EDITED_KEY = "interest.program"
_VALUES = 40


def save_wide_mapping(console: ConsoleProcess, account_id: str) -> None:
    """Make it the newest version of the account's mapping, as if it had been saved on the page."""
    environ = {
        "HALDA_CONSOLE_HOME": str(console.home),
        "HALDA_CONSOLE_DEMO_ORG_PORT": str(console.demo_org_port),
    }
    here = open_console(Settings.from_environ(environ))
    try:
        connection = list_connections(here.connect, account_id)[0].connection_id
        describe = get_describe(here.connect, connection, WIDE_OBJECT).describe
        batch = list_batches(here.store, account_id)[0]
        carried = {key for each in load_records(here.store, batch.batch_id) for key in each.values}
        names = [field.name for field in describe.fields if field.is_writable]
        keys = sorted((field.key for field in CANONICAL_FIELDS), key=lambda k: k not in carried)
        mapping = ObjectMapping(sobject_name=describe.name)
        for key, name in zip(keys[:ROWS], names, strict=False):
            mapping = map_field(mapping, key, name)
        saved = load_mapping(here.store, connection)
        save_mapping(
            here.store,
            connection_id=connection,
            draft=MappingDraft(objects=(_with_steps(mapping),)),
            based_on=saved.number if saved else 0,
            operator="bench",
        )
    finally:
        here.close()


def _with_steps(mapping: ObjectMapping) -> ObjectMapping:
    """Every third row has steps; the edited one has a value map as well."""
    steps = (Transform(kind=TransformKind.TRIM), Transform(kind=TransformKind.TITLE))
    for row in mapping.rows[::3]:
        mapping = with_row(mapping, replace(row, transforms=steps))
    pairs = tuple((f"Program {number}", f"Value {number}") for number in range(_VALUES))
    edited = replace(
        row_for_field(mapping, EDITED_KEY),
        transforms=steps,
        value_map=ValueMap(pairs=pairs, unmapped=UnmappedPolicy.AS_IS),
    )
    return with_row(mapping, edited)
