"""Find rows by their words on both databases: an index of tokens kept by the database itself (检索)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from linli.frame import paging
from linli.frame.paging import Page
from linli.methods.reading import spellings
from linli.methods.tokens import PLACE, Term, begin_of, day_of, days_between, stretches, tokens_of, trace

# What a token may begin with or hold besides letters and digits.
_SIGNS = "@~#_-"
# Newly written rows are scanned one by one until PostgreSQL puts them in the index: keep them few.
_PENDING_KB = 256
# A path no longer than this is that of a place at the top, which holds every row: naming it would only cost.
_TOP = 4
_BATCH = 2000
# Of so many rows those that hold a word, whatever it is, are found in a few milliseconds.
_AT_ONCE = 5_000
_ALL_DAYS = 1_000_000


# A row that was written by others is empty until its tokens are filled in.
_FIXED: dict[str, Any] = {"default": "", "db_default": "", "editable": False, "blank": True}


class TokensField(models.TextField):  # type: ignore[type-arg]
    """The words of a row as tokens, written by whoever writes the row (检索词)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Start empty, and stay out of forms."""
        super().__init__(*args, **(options | _FIXED))

    def deconstruct(self) -> Any:
        """Tell a migration only what was chosen."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {key: value for key, value in options.items() if key not in _FIXED}


class NameTokensField(TokensField):
    """The tokens of a name and of its pinyin, worked out whenever the row is saved (名称检索词).

    ``update`` and raw statements must be given ``tokens_of_name(...)``.
    """

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        """Name the field that holds the name."""
        self.of = of
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """Tell a migration which field holds the name."""
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Work the tokens out from the name beside them."""
        setattr(model_instance, self.attname, tokens_of_name(getattr(model_instance, self.of)))
        return super().pre_save(model_instance, add)


@TokensField.register_lookup
class Finds(models.Lookup):
    """Ask the index for the rows that hold what is looked for; the value is a tuple of terms."""

    lookup_name = "finds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str]]:
        """Write the terms in the language of the database."""
        asked = _for_postgresql(value) if connection.vendor == "postgresql" else _for_sqlite(value)
        return "%s", (asked,)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Match by the table beside the searched one (SQLite)."""
        column: Any = self.lhs
        quoted, options = compiler.quote_name_unless_alias, column.target.model._meta
        found, key = f"{options.db_table}_found", f"{quoted(column.alias)}.{quoted(options.pk.column)}"
        _, params = self.process_rhs(compiler, connection)
        return f"{key} IN (SELECT rowid FROM {found} WHERE {found} MATCH %s)", tuple(params)  # noqa: S608  (our own names)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Match by the index of the expression."""
        lhs, lhs_params = self.process_lhs(compiler, connection)
        _, params = self.process_rhs(compiler, connection)
        return f"{_vector(lhs)} @@ %s::tsquery", (*lhs_params, *params)


class IndexTokens(Operation):
    """Build, or take down, the index of a table's tokens in a migration (建检索)."""

    reversible = True

    def __init__(self, model_name: str) -> None:
        """Name the model; its tokens stand in the column ``tokens``."""
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, _: ProjectState, to_state: ProjectState
    ) -> None:
        """Build the index and fill it."""
        build(_model(to_state.apps, app_label, self.model_name), schema_editor.connection)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        _: ProjectState,
    ) -> None:
        """Take the index down."""
        take_down(_model(from_state.apps, app_label, self.model_name), schema_editor.connection)

    def describe(self) -> str:
        """Say what is done."""
        return f"Build the index of tokens of {self.model_name}"


def tokens_of_name(name: str) -> str:
    """Write a name as tokens, with its pinyin and its initials (名称检索词)."""
    return tokens_of(name, *spellings(name))


def fill_names(model: type[Model], *, using: str = "default") -> int:
    """Give tokens to rows that were written without, and say how many (补检索词); migrations use it too."""
    field: Any = model._meta.get_field("tokens")
    bare: QuerySet[Any, Any] = (
        QuerySet(model, using=using).filter(tokens="").order_by("pk").values_list(field.of, "pk")
    )
    statement = f"UPDATE {model._meta.db_table} SET tokens = %s WHERE {model._meta.pk.column} = %s"  # noqa: S608  (our own names)
    filled = last = 0
    while rows := list(bare.filter(pk__gt=last)[:_BATCH]):
        with connections[using].cursor() as cursor:
            cursor.executemany(statement, [(tokens_of_name(name), key) for name, key in rows])
        filled, last = filled + len(rows), rows[-1][1]
    return filled


def build(model: type[Model], connection: BaseDatabaseWrapper) -> None:
    """Build the index of a table's tokens from what stands in them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE INDEX {table}_found ON {table} USING gin ({_vector('tokens')})"
                f" WITH (gin_pending_list_limit = {_PENDING_KB})"
            )
            return
        cursor.execute(
            f"CREATE VIRTUAL TABLE {table}_found USING fts5"
            f"""(tokens, content='', detail=none, tokenize="ascii tokenchars '{_SIGNS}'")"""
        )
        _follow(model, cursor)
        _fill(model, cursor)


def take_down(model: type[Model], connection: BaseDatabaseWrapper) -> None:
    """Remove the index of a table's tokens."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP INDEX {table}_found")
            return
        for name in _triggers(model):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"DROP TABLE {table}_found")


def keep_up(*, using: str, **_: Any) -> None:
    """Set the triggers again that SQLite drops when a migration remakes a searched table (补触发器)."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master")
        there = {name for (name,) in cursor.fetchall()}
        for model in searched():
            if f"{model._meta.db_table}_found" in there and not there.issuperset(_triggers(model)):
                rebuild(model, using=using)


def rebuild(model: type[Model], *, using: str = "default") -> None:
    """Build the index of a table anew from its tokens (重建检索)."""
    connection = connections[using]
    # An index cannot be built over rows that still wait for their constraints.
    connection.check_constraints()
    take_down(model, connection)
    build(model, connection)


def searched() -> tuple[type[Model], ...]:
    """Return the models whose rows can be found by their words."""
    return _with(TokensField)


def named() -> tuple[type[Model], ...]:
    """Return the models whose rows can be found by a name."""
    return _with(NameTokensField)


def _with(kind: type[TokensField]) -> tuple[type[Model], ...]:
    return tuple(
        model
        for model in apps.get_models()
        if any(isinstance(field, kind) for field in model._meta.concrete_fields)
    )


def matching(
    terms: Sequence[Term], *, column: str = "tokens", within: Sequence[str] = (), days: Sequence[str] = ()
) -> Q:
    """Build the condition that a row holds every term; phrases are exact (检索条件).

    ``within`` are paths of places that the rows asked lie in anyway: naming them lets the index skip all
    others. ``days`` are spans of time, in the same way.
    """
    narrowed = [*terms]
    if within and all(len(path) > _TOP for path in within):
        narrowed.append(Term((), tuple(PLACE + path for path in within)))
    if days:
        narrowed.append(Term((), tuple(days)))
    found = Q(**{f"{column}__finds": tuple(narrowed)})
    return found & holding([one for one in terms if any(len(way) > 1 for way in one.ways)], column=column)


def holding(terms: Sequence[Term], *, column: str = "tokens") -> Q:
    """Build the same condition without the index, for the few rows that are asked anyway (逐行核对)."""
    found = Q()
    for term in terms:
        found &= _exactly(term, column=column)
    return found


def newest(
    rows: QuerySet[Any],
    terms: Sequence[Term],
    *,
    by: str,
    at: datetime,
    column: str = "tokens",
    within: Sequence[str] = (),
    columns: Sequence[str] = (),
    cursor: str = "",
    size: int = 25,
) -> Page[Any]:
    """Take one page of the rows that hold every term, the newest first, as values of some columns (检索).

    ``by`` is the column of instants, with its minus, whose days stand among the tokens. It looks into the
    last days first, and goes on only until the page is full: a word of everybody's is often enough in them,
    and one that is not there at all is so rare that all who hold it are soon looked up.
    """
    ordered, name = paging.seek(rows, by=by, cursor=cursor), by.removeprefix("-")
    keys = ordered.values_list(name, "pk")
    found: list[int] = []
    begin: float | None = None
    for first, last in _back_from(rows, by=by, at=at, cursor=cursor):
        if begin is not None and not found:
            break
        days = matching(terms, column=column, within=within, days=days_between(first, last))
        found += (key for _, key in keys.filter(days)[: size + 1 - len(found)])
        begin = begin_of(first)
        if len(found) > size:
            break
    if len(found) <= size:
        rest = Q() if begin is None else Q(**{f"{name}__lt": datetime.fromtimestamp(begin, tz=UTC)})
        rest &= matching(terms, column=column, within=within)
        found += (key for _, key in keys.filter(rest)[: size + 1 - len(found)])
    # What a line shows is read only for those that are shown, not for all that were compared.
    shown = ordered.values_list(*columns, named=True) if columns else ordered
    return paging.cut(shown.filter(pk__in=found) if found else (), by=by, size=size)


def _back_from(rows: QuerySet[Any], *, by: str, at: datetime, cursor: str) -> Iterator[tuple[int, int]]:
    start = paging.start_of(rows, by=by, cursor=cursor) or at
    site = str(connections[rows.db].settings_dict["NAME"])
    pace = _pace(site, rows.model._meta.label, by, day_of(at.timestamp()))
    return stretches(day_of(min(start, at).timestamp()), pace=pace)


@cache
def _pace(_site: str, label: str, by: str, day: int) -> int:
    """Say over how many days the newest rows came in, as many as may be looked into at once.

    It is asked once a day: that takes longer than finding.
    It only decides in how many steps rows are found, never which.
    """
    column = by.removeprefix("-")
    far: QuerySet[Any, Any] = (
        QuerySet(apps.get_model(label)).order_by(by).values_list(column, flat=True)[_AT_ONCE : _AT_ONCE + 1]
    )
    oldest = next(iter(far), None)
    return max(day - day_of(oldest.timestamp()), 1) if oldest else _ALL_DAYS


def _exactly(term: Term, *, column: str) -> Q:
    found = Q()
    for phrase in term.phrases:
        found |= Q(**{f"{column}__contains": trace(phrase)})
    for key in term.keys:
        found |= Q(**{f"{column}__contains": f" {key} "})
    return found


def _for_postgresql(terms: Sequence[Term]) -> str:
    return " & ".join(
        f"({' | '.join(' & '.join(_lexeme(token) for token in way) for way in term.ways)})" for term in terms
    )


def _lexeme(token: str) -> str:
    return f"'{token}'" + (":*" if len(token) == 1 else "")


def _for_sqlite(terms: Sequence[Term]) -> str:
    return " AND ".join(
        "(" + " OR ".join(f"({' AND '.join(_string(token) for token in way)})" for way in term.ways) + ")"
        for term in terms
    )


def _string(token: str) -> str:
    return f'"{token}"' + ("*" if len(token) == 1 else "")


def _vector(column: str) -> str:
    return f"array_to_tsvector(string_to_array(btrim({column}), ' '))"


def _triggers(model: type[Model]) -> dict[str, str]:
    table, key = model._meta.db_table, model._meta.pk.column
    add = f"INSERT INTO {table}_found(rowid, tokens) SELECT NEW.{key}, NEW.tokens WHERE NEW.tokens <> '';"
    drop = (
        f"INSERT INTO {table}_found({table}_found, rowid, tokens)"
        f" SELECT 'delete', OLD.{key}, OLD.tokens WHERE OLD.tokens <> '';"
    )
    return {
        f"{table}_found_added": f"AFTER INSERT ON {table} BEGIN {add} END",
        f"{table}_found_changed": (
            f"AFTER UPDATE OF {key}, tokens ON {table}"
            f" WHEN OLD.{key} <> NEW.{key} OR OLD.tokens <> NEW.tokens BEGIN {drop} {add} END"
        ),
        f"{table}_found_gone": f"AFTER DELETE ON {table} BEGIN {drop} END",
    }


def _follow(model: type[Model], cursor: Any) -> None:
    for name, when in _triggers(model).items():
        cursor.execute(f"CREATE TRIGGER {name} {when}")


def _fill(model: type[Model], cursor: Any) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    cursor.execute(
        f"INSERT INTO {table}_found(rowid, tokens) SELECT {key}, tokens FROM {table} WHERE tokens <> ''"  # noqa: S608  (our own names)
    )


def _model(known: Apps, app_label: str, name: str) -> type[Model]:
    return known.get_model(app_label, name)
