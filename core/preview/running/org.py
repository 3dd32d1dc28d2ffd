"""The org as one preview reads it: fields and records, each call counted on the run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core.connect.context import ConnectContext
from core.connect.orgs import use_org
from core.connect.snapshots import DescribeView, get_describe, get_record_type_values
from core.errors import ObjectNotVisible
from core.mapping.describe import SobjectDescribe
from core.mapping.record_types import RecordTypeValues
from core.preview.progress import Teller
from core.preview.running.notes import calls_so_far, keep_usage
from core.salesforce.client import OnAnswers
from core.salesforce.composite import Record
from core.salesforce.org_rules import OrgRules
from core.salesforce.reading_rules import read_org_rules
from core.salesforce.soql import InQuery

_LOOK_SECONDS = 0.25  # how long a wait may last before somebody's wish to stop is seen


class OrgReader:
    """Reads and never writes; what it costs is kept whatever becomes of the preview.

    `check_stopped` is called between two calls and while waiting to repeat one; it may raise.
    """

    def __init__(
        self,
        context: ConnectContext,
        *,
        run_id: str,
        connection_id: str,
        check_stopped: Callable[[], None] = lambda: None,
        teller: Teller | None = None,
    ) -> None:
        self._teller = teller or Teller()
        self._context = _stopping_in_waits(context, check_stopped)
        self._run_id, self._connection_id = run_id, connection_id
        self._check_stopped = check_stopped
        self._views: dict[str, DescribeView] = {}
        self._fingerprints: dict[str, str] = {}
        self._calls = calls_so_far(context.store, run_id)
        self._usage: tuple[int, int] | None = None

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """What was read of each object's fields, and of its record types, by API name."""
        return dict(self._fingerprints)

    def describe(self, sobject_name: str) -> SobjectDescribe:
        """Return the object's fields; ObjectNotVisible where the user may not read records."""
        if sobject_name not in self._views:
            self._views[sobject_name] = self._read(sobject_name)
        return self._views[sobject_name].describe

    def values_of(self, sobject_name: str, record_type_id: str) -> RecordTypeValues | None:
        """Return the picklist values that one record type opens; None where the org is silent."""
        opened = get_record_type_values(
            self._context, self._connection_id, sobject_name, record_type_id
        )
        self._fingerprints[f"{sobject_name}/{record_type_id}"] = opened.fingerprint
        if not opened.from_cache:
            self._count(1)
        return opened.values

    def ask(
        self, queries: Sequence[str | InQuery], keep: OnAnswers = lambda _whole: None
    ) -> list[list[Record]]:
        """Return the records of each query, in as few calls as it goes; `keep` gets each first."""

        answered = 0
        with use_org(self._context, self._connection_id) as org:

            def take(whole: Mapping[int, list[Record]]) -> None:
                nonlocal answered
                keep(whole)
                answered += len(whole)
                self._keep_usage(self._calls + org.calls_made, org.api_usage)
                self._teller.answered(answered, len(queries))
                self._check_stopped()

            try:
                return org.query_many(queries, on_answers=take)
            finally:
                self._usage = org.api_usage or self._usage
                self._count(org.calls_made)

    def rules(self, sobject_names: Sequence[str]) -> OrgRules:
        """Return what the org does of its own when these are saved, as far as it may be read."""
        self._check_stopped()
        with use_org(self._context, self._connection_id) as org:
            try:
                return read_org_rules(org, sobject_names)
            finally:
                self._usage = org.api_usage or self._usage
                self._count(org.calls_made)

    def _read(self, sobject_name: str) -> DescribeView:
        view = get_describe(self._context, self._connection_id, sobject_name)
        if view.is_uploaded:  # a file says nothing of what this user may see
            view = get_describe(self._context, self._connection_id, sobject_name, refresh=True)
        self._fingerprints[sobject_name] = view.fingerprint
        if not view.from_cache:
            self._count(1)
        if not view.describe.queryable:
            raise ObjectNotVisible(
                f"The connected user may not read {view.describe.label}.",
                advice="Ask the university's admin for read access to the object.",
            )
        return view

    def _count(self, calls: int) -> None:
        self._calls += calls
        self._keep_usage(self._calls, self._usage)

    def _keep_usage(self, calls: int, usage: tuple[int, int] | None) -> None:
        keep_usage(self._context.store, self._run_id, api_calls=calls, api_usage=usage)


def _stopping_in_waits(
    context: ConnectContext, check_stopped: Callable[[], None]
) -> ConnectContext:
    """The same org, with waits that end as soon as the check raises."""
    policy = context.http.retries

    def sleep(seconds: float) -> None:
        left = seconds
        while left > 0:
            check_stopped()
            policy.sleep(min(left, _LOOK_SECONDS))
            left -= _LOOK_SECONDS

    return replace(context, http=context.http.waiting_by(sleep))
