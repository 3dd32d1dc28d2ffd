"""Several composites under way at once, taken in the order in which they were sent."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

from core.errors import QueryRefused
from core.salesforce.calls import OrgCalls
from core.salesforce.composite import Parcel, PartAnswer, QueryBatch, Record

# An org lets 25 calls of over 20 seconds be under way, 5 in trial and developer orgs.
# https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm
LANES = 3

AskParcel = Callable[[OrgCalls, str, int], list[PartAnswer]]
Answers = list[list[Record]]


class QueryLanes:
    """Asks for one batch. Each lane has a session of its own; all renew one grant."""

    def __init__(self, calls: OrgCalls, batch: QueryBatch, ask: AskParcel) -> None:
        self._calls, self._batch, self._ask = calls, batch, ask
        self._twins: list[OrgCalls] = []
        self._idle: SimpleQueue[OrgCalls] = SimpleQueue()
        self._idle.put(calls)

    def run(self, tell: Callable[[], None]) -> Answers:
        """Return the batch's results; `tell` is called after each call that was answered.

        Whatever ends it early, those under way are still taken: what was answered is kept.
        """
        under_way: deque[tuple[Future[list[PartAnswer]], Parcel]] = deque()
        pool = ThreadPoolExecutor(LANES, thread_name_prefix="org-reads")
        try:
            while True:
                while len(under_way) < LANES and (
                    parcel := self._batch.next_parcel(is_alone=not under_way)
                ):
                    under_way.append((pool.submit(self._answers, parcel), parcel))
                if not under_way:
                    return self._batch.results
                self._take(*under_way.popleft(), tell)
        except Exception:
            for future, parcel in under_way:
                with suppress(Exception):  # the first is the one to be told
                    self._take(future, parcel, tell)
            raise
        finally:
            pool.shutdown(cancel_futures=True)
            for twin in self._twins:
                self._calls.absorb(twin)

    def _take(
        self, future: Future[list[PartAnswer]], parcel: Parcel, tell: Callable[[], None]
    ) -> None:
        try:
            answers = future.result()
        except QueryRefused as error:
            self._batch.halve(parcel, error)
            return
        try:
            self._batch.take(parcel, answers)
        finally:
            tell()

    def _answers(self, parcel: Parcel) -> list[PartAnswer]:
        try:
            calls = self._idle.get_nowait()
        except Empty:
            calls = self._calls.twin()
            self._twins.append(calls)
        try:
            return self._ask(calls, self._batch.to_body(parcel), len(parcel))
        finally:
            self._idle.put(calls)
