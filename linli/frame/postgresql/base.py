"""The connection to PostgreSQL: Django's own, with a cursor for statements that come again (数据库连接)."""

from datetime import date
from decimal import Decimal
from select import POLLIN, poll
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.base import DatabaseWrapper as DjangoWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import Cursor

# So many statements are kept prepared; those not used for the longest time are given up.
_MOST = 300
_WRITTEN = (str, int, float, Decimal, date, UUID)


class Prepared(Cursor[Any]):
    """Send statements that the server reads and plans once, whatever values follow (预备语句)."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Send a statement, its values without their types: what each one is, is seen where it stands."""
        plain = params and [str(one) if isinstance(one, _WRITTEN) else one for one in params]
        return super().execute(query, plain, prepare=True, **how)


class Operations(DatabaseOperations):
    """What Django asks of PostgreSQL."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Write a statement with its values, for a log; of a prepared one the cursor knows the text alone."""
        if isinstance(cursor, Prepared):
            return str(self.compose_sql(sql, params))
        return str(super().last_executed_query(cursor, sql, params) or "")


class DatabaseWrapper(DjangoWrapper):
    """Django's connection to PostgreSQL."""

    ops_class = Operations

    def get_connection_params(self) -> dict[str, Any]:
        """Let a prepared statement have one plan; any other is planned with the values in its text.

        What is looked up again and again lies in memory: a page out of turn costs hardly more than the next.
        """
        params: dict[str, Any] = super().get_connection_params()
        options = f"-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1 {params.get('options', '')}"
        return params | {"prepare_threshold": 0, "options": options.strip()}

    def prepared_cursor(self) -> Any:
        """Open a cursor for statements whose best plan is the same for all values."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        own: Any = self
        with self.wrap_database_errors:
            own.connection.prepared_max = _MOST
            return own._prepare_cursor(Prepared(own.connection))  # noqa: SLF001  (as the usual one is opened)

    def is_usable(self) -> bool:
        """Tell whether the server is there; it is asked only when there is something on the line.

        A server that ends a connection says so, or hangs up: both can be read.
        """
        line = poll()
        line.register(self.connection.fileno(), POLLIN)
        return bool(super().is_usable()) if line.poll(0) else True
