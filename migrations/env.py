"""Alembic runs this; ``opslag.migraties`` hands it an open connection."""

from alembic import context

from berichtenverkeer.opslag.tabellen.basis import metadata

context.configure(
    connection=context.config.attributes["verbinding"],
    target_metadata=metadata,
    compare_type=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
