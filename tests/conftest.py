"""What every test stands on."""

from collections.abc import Iterator
from importlib import import_module
from unittest import mock

import hypothesis
import pytest
from django.db import connections, transaction
from django.test import TransactionTestCase, override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.world import World, build

# A busy machine is no fault of a rule: examples are not timed.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def quick_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave out what only costs time in a test: collected files with hashed names, and slow passwords."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=storages,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test on a SQLite file, which threads share as in production; on PostgreSQL, one database a worker."""
    settings = connections["default"].settings_dict
    if connections["default"].vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        return
    settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    settings["OPTIONS"]["init_command"] = settings["OPTIONS"]["init_command"].replace("FULL", "OFF")


@pytest.fixture(scope="session", autouse=True)
def flush_beside_the_record() -> Iterator[None]:
    """Let the record's triggers step aside while the tables are emptied after a test that commits."""
    guards = [
        import_module(f"linli.{room}.migrations.0002_nothing_is_altered") for room in ("record", "books")
    ]
    empty = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        for guard in guards:
            guard.allow(connections["default"])
        try:
            empty(case)
        finally:
            for guard in guards:
                guard.forbid(connections["default"])

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", teardown):
        yield


@pytest.fixture(scope="module")
def built_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Build the small community once for a module; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world: World, db: None) -> World:
    """Stand in the small community; what a test does there is undone after it."""
    return built_world
