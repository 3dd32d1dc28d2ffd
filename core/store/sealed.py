"""Where in the store ciphertexts are: every sealed column, its rows' accounts, its key ids."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, literal, not_, select
from sqlmodel import Session, SQLModel, col

from core.store.tables import Account, Connection, Credential, OauthAttempt, StoreKey, Token
from core.store.vault import VERSION, Place


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column of ciphertexts; an empty cell holds none."""

    model: type[SQLModel]
    name: str

    @property
    def attribute(self) -> Any:
        return getattr(self.model, self.name)

    @property
    def row_id(self) -> Any:
        model: Any = self.model
        return model.id

    @property
    def table(self) -> str:
        return str(self.model.__tablename__)

    def place(self, row_id: str, account_id: str) -> Place:
        return Place(self.table, row_id, self.name, account_id)


SEALED_COLUMNS = (
    SealedColumn(Credential, "consumer_secret_ciphertext"),
    SealedColumn(Token, "access_token_ciphertext"),
    SealedColumn(Token, "refresh_token_ciphertext"),
    SealedColumn(OauthAttempt, "verifier_ciphertext"),
    SealedColumn(StoreKey, "ciphertext"),
)


@dataclass(frozen=True, slots=True)
class SealedValue:
    """One ciphertext as it is stored now, and the place it is bound to."""

    column: SealedColumn
    place: Place
    ciphertext: str


def sealed_values(session: Session, *, without_key: str, limit: int) -> list[SealedValue]:
    """Up to `limit` values that were written with another key than `without_key`."""
    found: list[SealedValue] = []
    for column in SEALED_COLUMNS:
        rows = session.execute(
            _rows_of(column)
            .where(column.attribute != "", not_(_written_with(column, without_key)))
            .order_by(column.row_id)
            .limit(limit - len(found))
        )
        found += [
            SealedValue(column, column.place(row_id, account_id), ciphertext)
            for row_id, ciphertext, account_id in rows
        ]
        if len(found) >= limit:
            break
    return found


def count_by_key(session: Session, key_ids: Sequence[str]) -> dict[str, int]:
    """How many values each key has written; those of any other key count under an empty id."""
    counts = dict.fromkeys([*key_ids, ""], 0)
    for column in SEALED_COLUMNS:
        in_use = select(func.count()).select_from(column.model).where(column.attribute != "")
        for key_id in key_ids:
            statement = in_use.where(_written_with(column, key_id))
            counts[key_id] += session.execute(statement).scalar_one()
        strange = [not_(_written_with(column, key_id)) for key_id in key_ids]
        counts[""] += session.execute(in_use.where(and_(True, *strange))).scalar_one()
    return counts


def connections_needing(session: Session, key_id: str) -> list[str]:
    """Names of the connections whose stored secrets were written with a key, in order."""
    names: set[str] = set()
    for column in SEALED_COLUMNS:
        if column.model in {Credential, Token}:
            names.update(_connection_names(session, column, key_id))
    return sorted(names)


def _connection_names(session: Session, column: SealedColumn, key_id: str) -> Iterator[str]:
    model: Any = column.model
    rows = session.execute(
        select(col(Account.name), col(Connection.environment))
        .join(Connection, col(Connection.account_id) == col(Account.id))
        .join(model, model.connection_id == Connection.id)
        .where(_written_with(column, key_id))
    )
    return (f"{name} ({environment})" for name, environment in rows)


def _rows_of(column: SealedColumn) -> Select[Any]:
    model: Any = column.model
    id_and_value = (model.id, column.attribute)
    if hasattr(model, "account_id"):
        return select(*id_and_value, model.account_id)
    if hasattr(model, "connection_id"):
        return select(*id_and_value, col(Connection.account_id)).join(
            Connection, col(Connection.id) == model.connection_id
        )
    return select(*id_and_value, literal(""))


def _written_with(column: SealedColumn, key_id: str) -> Any:
    return column.attribute.startswith(f"{VERSION}.{key_id}.", autoescape=True)
