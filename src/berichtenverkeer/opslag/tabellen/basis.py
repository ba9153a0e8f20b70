"""What all tables have: how a moment is kept, and how keys and indexes are called."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, MetaData, PrimaryKeyConstraint, String, Table
from sqlalchemy.types import TypeDecorator

from ...klok import NEDERLAND


class Moment(TypeDecorator[datetime]):
    """A moment in time: kept in UTC, for SQLite has no time zones, and read in Dutch time, for its day is a Dutch day."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value).astimezone(NEDERLAND)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

versie = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own: the migration that the tables are at."""
