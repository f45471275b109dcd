"""Alembic's entry: migrate the connection that `migrations.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from counter_app.adapters.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
