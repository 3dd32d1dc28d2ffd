"""What the org has answered a preview, kept until it ends: one that is resumed asks for the rest.

The plan then rests on one reading of the org, however often its process died.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.preview.matching.keys import Ask
from core.salesforce.client import OnAnswers
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery
from core.secret import Secret
from core.store.vault import Place, Vault
from core.work.spool import Spool

# Many queries at once, and what to do with each answer as it comes.
AskAndTell = Callable[[Sequence[str | InQuery], OnAnswers], list[list[Record]]]
_DESCRIBES = "describes"
_QUICK = 1  # zlib's level: records repeat their field names, more effort gains little


class KeptAnswers:
    """The answers of one run, sealed to it."""

    def __init__(self, spool: Spool, vault: Vault, *, run_id: str, account_id: str) -> None:
        self._spool, self._vault = spool, vault
        self._run_id, self._account_id = run_id, account_id

    def asking(self, ask: AskAndTell) -> Ask:
        """Return an `ask` that puts only those queries to the org that it never answered.

        An answer is kept as soon as it is whole, so that a later refusal does not cost it.
        """

        def asked(queries: Sequence[str | InQuery]) -> list[list[Record]]:
            names = [_name(query) for query in queries]
            answers = {name: self._open(name, text) for name, text in self._load(names).items()}
            missing = {
                name: query
                for name, query in zip(names, queries, strict=True)
                if name not in answers
            }
            if missing:
                found = ask(list(missing.values()), self._keeping(list(missing)))
                answers |= zip(missing, found, strict=True)
            return [answers[name] for name in names]

        return asked

    def once(self, name: str, ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return what `ask` told the first time; it must hold no record's values."""
        if kept := self._load([name]):
            found: dict[str, Any] = json.loads(kept[name])
            return found
        told = ask()
        self._spool.keep(self._run_id, name, json.dumps(told))
        return told

    def is_same_shape(self, fingerprint: str) -> bool:
        """Whether the org's fields are those the run began with; the first call says so."""
        self._spool.keep(self._run_id, _DESCRIBES, fingerprint)
        return self._load([_DESCRIBES])[_DESCRIBES] == fingerprint

    def _keeping(self, names: Sequence[str]) -> OnAnswers:
        def keep(whole: Mapping[int, list[Record]]) -> None:
            for place, records in whole.items():
                name = names[place]
                self._spool.keep(self._run_id, name, self._seal(name, records))

        return keep

    def _load(self, names: Sequence[str]) -> dict[str, str]:
        return self._spool.load(self._run_id, names)

    def _seal(self, name: str, records: Sequence[Record]) -> str:
        packer = zlib.compressobj(_QUICK)
        parts = [packer.compress(f"{json.dumps(each)}\n".encode()) for each in records]
        packed = b"".join((*parts, packer.flush()))
        return self._vault.encrypt(
            Secret(base64.b64encode(packed).decode()), place=self._place(name)
        )

    def _open(self, name: str, sealed: str) -> list[Record]:
        packed = base64.b64decode(self._vault.decrypt(sealed, place=self._place(name)).reveal())
        return [json.loads(line) for line in zlib.decompress(packed).splitlines()]

    def _place(self, name: str) -> Place:
        return Place("kept", f"{self._run_id}:{name}", "content", self._account_id)


def _name(query: str | InQuery) -> str:
    """The same for the same question, whatever the order in which its values are listed."""
    if isinstance(query, str):
        told = ["soql", query]
    else:
        values = sorted(repr(value) for value in query.values)
        deleted = ["with deleted"] if query.with_deleted else []
        told = [query.head, query.field_name, query.tail, *deleted, *values]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
