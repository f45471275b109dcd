"""Alembic's way in: the program hands over its open, locked transaction."""

from alembic import context

from central_server.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
