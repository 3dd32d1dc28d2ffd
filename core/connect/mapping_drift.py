"""What an org changed since a mapping version was saved, from the describes kept with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.connect.context import ConnectContext
from core.connect.snapshots import get_describe
from core.errors import ObjectNotVisible
from core.mapping.describe import SobjectDescribe
from core.mapping.fitting.drift import count_pending, drift
from core.mapping.fitting.misfits import Misfit
from core.mapping.model import SourceRecord
from core.salesforce.describe import parse_describe
from core.store.mappings import SavedMapping, load_basis


@dataclass(frozen=True, slots=True)
class DriftFinding:
    """One thing that changed, with how many of the inquiries looked at it concerns."""

    misfit: Misfit
    pending_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftReport:
    """`is_known` is False where the version was saved without describes to compare with."""

    findings: tuple[DriftFinding, ...] = ()
    is_known: bool = True


def find_drift(
    context: ConnectContext,
    connection_id: str,
    version: SavedMapping,
    records: Sequence[SourceRecord] = (),
    *,
    refresh: bool = False,
) -> DriftReport:
    """Compare the org with what it was when the version was saved.

    Asks the org only where a describe is too old, or all anew with `refresh`. `records` are the
    inquiries that wait: their values are checked and they are counted.
    """
    old = load_old_describes(context, version.version_id)
    if not old:
        return DriftReport(is_known=False)
    new = _describes_now(context, connection_id, old, refresh=refresh)
    found = drift(version.draft, old, new, records)
    return DriftReport(
        findings=tuple(
            DriftFinding(each, count_pending(each, version.draft, old, records)) for each in found
        )
    )


def load_old_describes(context: ConnectContext, version_id: str) -> dict[str, SobjectDescribe]:
    """Return the objects as they were when the version was saved; empty where none was kept."""
    return {
        name: _parsed(context, fingerprint, body)
        for name, (fingerprint, body) in load_basis(context.store, version_id).items()
    }


def _parsed(context: ConnectContext, fingerprint: str, body: bytes) -> SobjectDescribe:
    return context.parsed.get(("kept", fingerprint), lambda: parse_describe(body))


def _describes_now(
    context: ConnectContext,
    connection_id: str,
    names: Mapping[str, SobjectDescribe],
    *,
    refresh: bool,
) -> dict[str, SobjectDescribe]:
    found = {}
    for name in names:
        try:
            found[name] = get_describe(context, connection_id, name, refresh=refresh).describe
        except ObjectNotVisible:
            continue  # gone from this user's sight: left out, which is how drift learns of it
    return found
