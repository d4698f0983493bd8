"""A column that SQLite shall compare but not look up, as it knows not how values are spread (索引提示)."""

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler


class Aside(Func):
    """Write a column so that SQLite reads in the order asked for; PostgreSQL weighs that itself."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """Write a plus before it, which leaves the value as it is and no index to look it up in."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)


def is_heeded() -> bool:
    """Tell whether the database in use takes the hint."""
    return connection.vendor == "sqlite"
