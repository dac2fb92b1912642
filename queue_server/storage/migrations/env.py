"""Where Alembic runs the migrations: on the connection that `upgrade` has opened."""

from alembic import context

from queue_server.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
