"""Let the database itself refuse to alter or remove what was posted."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# SQLite's INSERT OR REPLACE removes the old row without asking a delete trigger: it is refused by itself.
SQLITE = {
    "books_transfer_no_update": """
        CREATE TRIGGER books_transfer_no_update BEFORE UPDATE ON books_transfer
        BEGIN SELECT RAISE(ABORT, 'books_transfer is append-only: 账目只增不改'); END""",
    "books_transfer_no_delete": """
        CREATE TRIGGER books_transfer_no_delete BEFORE DELETE ON books_transfer
        BEGIN SELECT RAISE(ABORT, 'books_transfer is append-only: 账目只增不删'); END""",
    "books_transfer_no_replace": """
        CREATE TRIGGER books_transfer_no_replace BEFORE INSERT ON books_transfer
        WHEN EXISTS (
            SELECT 1 FROM books_transfer
            WHERE id = NEW.id OR (purse_id = NEW.purse_id AND key = NEW.key)
        )
        BEGIN SELECT RAISE(ABORT, 'books_transfer is append-only: 已有这一笔'); END""",
    "books_posting_no_update": """
        CREATE TRIGGER books_posting_no_update BEFORE UPDATE ON books_posting
        BEGIN SELECT RAISE(ABORT, 'books_posting is append-only: 账目只增不改'); END""",
    "books_posting_no_delete": """
        CREATE TRIGGER books_posting_no_delete BEFORE DELETE ON books_posting
        BEGIN SELECT RAISE(ABORT, 'books_posting is append-only: 账目只增不删'); END""",
    "books_posting_no_replace": """
        CREATE TRIGGER books_posting_no_replace BEFORE INSERT ON books_posting
        WHEN EXISTS (
            SELECT 1 FROM books_posting
            WHERE id = NEW.id OR (transfer_id = NEW.transfer_id AND account_id = NEW.account_id)
        )
        BEGIN SELECT RAISE(ABORT, 'books_posting is append-only: 已有这一笔'); END""",
}

POSTGRESQL = {
    "books_refuse": """
        CREATE FUNCTION books_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: 账目只增，不改不删', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
    "books_transfer_no_change": """
        CREATE TRIGGER books_transfer_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON books_transfer
        FOR EACH STATEMENT EXECUTE FUNCTION books_refuse()""",
    "books_posting_no_change": """
        CREATE TRIGGER books_posting_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON books_posting
        FOR EACH STATEMENT EXECUTE FUNCTION books_refuse()""",
}


def forbid(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers on the engine in use."""
    statements = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    with connection.cursor() as cursor:
        for statement in statements.values():
            cursor.execute(statement)


def allow(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION books_refuse() CASCADE")
            return
        for name in SQLITE:
            cursor.execute(f"DROP TRIGGER {name}")


def forwards(_: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    forbid(schema_editor.connection)


def backwards(_: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    allow(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("books", "0001_purses_and_postings")]
    operations = [migrations.RunPython(forwards, backwards)]
