"""What a load of inquiries carries, AI Form by AI Form: counted once, asked at every edit. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from core.mapping.forms import form_id_of, form_name_of
from core.mapping.model import MappingDraft, SourceRecord


@dataclass(frozen=True, slots=True)
class FormLoad:
    """The inquiries of one AI Form; an empty `form_id` stands for those that name none.

    `filled` counts by source key, 0 where the key came blank only. `patterns` counts the sets of
    keys that came filled together.
    """

    form_id: str
    form_name: str
    record_count: int
    filled: Mapping[str, int]
    patterns: Mapping[frozenset[str], int]

    @property
    def carried(self) -> Set[str]:
        return self.filled.keys()

    def count_with(self, keys: Set[str]) -> int:
        """Count the inquiries in which one of these keys is filled."""
        if not keys:
            return 0
        return sum(count for filled, count in self.patterns.items() if not filled.isdisjoint(keys))


@dataclass(frozen=True, slots=True)
class Load:
    """All inquiries of a load, by form in the order in which the forms first came."""

    forms: tuple[FormLoad, ...] = ()

    @property
    def record_count(self) -> int:
        return sum(form.record_count for form in self.forms)

    def form_names(self, draft: MappingDraft) -> dict[str, str]:
        """Return id and name of each form that the load or the mapping knows."""
        names = {form.form_id: form.form_name for form in self.forms if form.form_id}
        for own in draft.forms:
            names.setdefault(own.form_id, own.form_name or own.form_id)
        return names


class Collector:
    """Counts inquiries as they pass; `load` tells of those that have passed."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._filled: dict[str, Counter[str]] = {}
        self._patterns: dict[str, Counter[frozenset[str]]] = {}

    def through(self, records: Iterable[SourceRecord]) -> Iterator[SourceRecord]:
        """Hand the inquiries on, each counted."""
        for record in records:
            self._add(record)
            yield record

    def add_all(self, records: Iterable[SourceRecord]) -> None:
        """Count the inquiries."""
        for record in records:
            self._add(record)

    def load(self) -> Load:
        return Load(
            tuple(
                FormLoad(
                    form_id=form_id,
                    form_name=self._names.get(form_id, form_id),
                    record_count=patterns.total(),
                    filled=self._filled[form_id],
                    patterns=patterns,
                )
                for form_id, patterns in self._patterns.items()
            )
        )

    def _add(self, record: SourceRecord) -> None:
        form_id = form_id_of(record)
        name = form_name_of(record)
        if name:
            self._names.setdefault(form_id, name)
        filled = frozenset(key for key, text in record.values.items() if text.strip())
        counts = self._filled.setdefault(form_id, Counter())
        counts.update(dict.fromkeys(record.values, 0))
        counts.update(filled)
        self._patterns.setdefault(form_id, Counter())[filled] += 1


def collect(records: Iterable[SourceRecord]) -> Load:
    """Return what these inquiries carry."""
    collector = Collector()
    collector.add_all(records)
    return collector.load()
