"""Two sites in one process, a small and a large one, so that both are measured in the same run (场地)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from bench import fill, meter
from bench.cast import Cast
from linli.matters import folding

ALIAS = "default"
# Collected files have hashed names; that lookup is no part of what is measured.
STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


@dataclass(frozen=True)
class Site:
    """A site with a number of matters in a database of its own (场地)."""

    size: int
    database: BaseDatabaseWrapper
    cast: Cast

    def enter(self) -> None:
        """Let everything that follows work on this site."""
        connections[ALIAS] = self.database


@contextmanager
def sites(sizes: Mapping[str, int]) -> Iterator[dict[str, Site]]:
    """Build sites by name; their databases are gone afterwards."""
    home = connections[ALIAS]
    with _databases(sizes) as databases:
        try:
            yield {name: _build(databases[name], size) for name, size in sizes.items()}
        finally:
            connections[ALIAS] = home
            for database in databases.values():
                database.close()


def _build(database: BaseDatabaseWrapper, size: int) -> Site:
    connections[ALIAS] = database
    meter.watch(database)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    cast = fill.fill(size)
    # What the worker does each day by itself.
    folding.every_day()
    analyse()
    return Site(size, database, cast)


def analyse() -> None:
    """Let the database see what there is, as it does by itself when some time has passed."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


@contextmanager
def _databases(sizes: Mapping[str, int]) -> Iterator[dict[str, BaseDatabaseWrapper]]:
    own = connections[ALIAS].settings_dict
    if connections[ALIAS].vendor == "sqlite":
        yield {name: _database(own, settings.HOME / f"{name}.sqlite3") for name in sizes}
        return
    names = {name: f"linli_bench_{name}" for name in sizes}
    with connection.cursor() as cursor:
        for name in names.values():
            cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield {name: _database(own, database) for name, database in names.items()}
    finally:
        with connection.cursor() as cursor:
            for name in names.values():
                cursor.execute(f"DROP DATABASE {name}")


def _database(own: Mapping[str, Any], name: object) -> BaseDatabaseWrapper:
    wrapper: type[BaseDatabaseWrapper] = load_backend(own["ENGINE"]).DatabaseWrapper
    return wrapper({**own, "NAME": name, "CONN_MAX_AGE": None}, alias=ALIAS)
