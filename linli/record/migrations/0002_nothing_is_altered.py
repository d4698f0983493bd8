"""Let the database itself refuse to alter or remove what the record holds."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# SQLite's INSERT OR REPLACE removes the old row without asking a delete trigger: it is refused by itself.
SQLITE = {
    "record_entry_no_update": """
        CREATE TRIGGER record_entry_no_update BEFORE UPDATE ON record_entry
        BEGIN SELECT RAISE(ABORT, 'record_entry is append-only: 记录只增不改'); END""",
    "record_entry_no_delete": """
        CREATE TRIGGER record_entry_no_delete BEFORE DELETE ON record_entry
        BEGIN SELECT RAISE(ABORT, 'record_entry is append-only: 记录只增不删'); END""",
    "record_entry_no_replace": """
        CREATE TRIGGER record_entry_no_replace BEFORE INSERT ON record_entry
        WHEN EXISTS (SELECT 1 FROM record_entry WHERE id = NEW.id OR (chain = NEW.chain AND seq = NEW.seq))
        BEGIN SELECT RAISE(ABORT, 'record_entry is append-only: 这个序号已有条目'); END""",
    "record_words_no_update": """
        CREATE TRIGGER record_words_no_update BEFORE UPDATE ON record_words
        BEGIN SELECT RAISE(ABORT, 'record_words may be erased, not altered: 文字可删不可改'); END""",
    "record_words_no_replace": """
        CREATE TRIGGER record_words_no_replace BEFORE INSERT ON record_words
        WHEN EXISTS (SELECT 1 FROM record_words WHERE entry_id = NEW.entry_id)
        BEGIN SELECT RAISE(ABORT, 'record_words may be erased, not altered: 文字可删不可改'); END""",
    "record_checkpoint_no_update": """
        CREATE TRIGGER record_checkpoint_no_update BEFORE UPDATE ON record_checkpoint
        BEGIN SELECT RAISE(ABORT, 'record_checkpoint is append-only: 检查点只增不改'); END""",
    "record_checkpoint_no_delete": """
        CREATE TRIGGER record_checkpoint_no_delete BEFORE DELETE ON record_checkpoint
        BEGIN SELECT RAISE(ABORT, 'record_checkpoint is append-only: 检查点只增不删'); END""",
    "record_checkpoint_no_replace": """
        CREATE TRIGGER record_checkpoint_no_replace BEFORE INSERT ON record_checkpoint
        WHEN EXISTS (SELECT 1 FROM record_checkpoint WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'record_checkpoint is append-only: 这个序号已有检查点'); END""",
}

POSTGRESQL = {
    "record_refuse": """
        CREATE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: 记录只增，不改不删', TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END $$""",
    "record_entry_no_change": """
        CREATE TRIGGER record_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON record_entry
        FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()""",
    "record_words_no_update": """
        CREATE TRIGGER record_words_no_update BEFORE UPDATE OR TRUNCATE ON record_words
        FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()""",
    "record_checkpoint_no_change": """
        CREATE TRIGGER record_checkpoint_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON record_checkpoint
        FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()""",
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
            cursor.execute("DROP FUNCTION record_refuse() CASCADE")
            return
        for name in SQLITE:
            cursor.execute(f"DROP TRIGGER {name}")


def forwards(_: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    forbid(schema_editor.connection)


def backwards(_: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    allow(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_entries_words_checkpoints")]
    operations = [migrations.RunPython(forwards, backwards)]
