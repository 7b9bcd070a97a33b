"""What every table shares: how constraints are named, and what SQLModel needs help with."""

from enum import StrEnum
from typing import cast

from sqlalchemy import CheckConstraint, Index, MetaData, Table, text
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """Return the constraint that `column` holds one of `words`."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def index_where(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index on `columns` over the rows that satisfy `where`, on both databases."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


class Row(SQLModel):
    """What all tables share: one convention for the names of constraints."""

    metadata = MetaData(naming_convention=NAMES)


def table_of(model: type[SQLModel]) -> Table:
    """Return the table of `model`, for statements of SQLAlchemy Core."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]
