"""Alembic's entry: runs migrations on the connection that `newscrawler.store.migrate.upgrade` gives."""

from alembic import context

from newscrawler.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
