"""How alembic runs a revision: on the connection it was handed, inside that connection's transaction."""

from alembic import context

from storage.metadata import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
