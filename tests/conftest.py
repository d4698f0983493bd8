"""What every test stands on."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.db import connections
from django.test import override_settings

# A busy machine is no fault of a rule: examples are not timed.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def quick_settings() -> Iterator[None]:
    """Leave out what only costs time in a test: hashed file names and slow passwords."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=storages, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test on a SQLite file, which threads can share like in production; on PostgreSQL, one database a worker."""
    settings = connections["default"].settings_dict
    if connections["default"].vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        return
    settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    settings["OPTIONS"]["init_command"] = settings["OPTIONS"]["init_command"].replace("FULL", "OFF")
