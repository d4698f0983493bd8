import pytest
from django.core.checks import run_checks
from django.db import connection

from linli.frame import checks, keyring, sqlite
from tests import make


@pytest.mark.parametrize("name", ["C", "POSIX"])
def test_a_postgresql_that_cannot_read_chinese_is_refused(name: str) -> None:
    assert [found.id for found in checks.judge_locale(name)] == ["frame.E001"]


@pytest.mark.parametrize("name", ["C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8"])
def test_a_postgresql_that_reads_chinese_is_welcome(name: str) -> None:
    assert checks.judge_locale(name) == []


def test_the_last_corrupting_sqlite_is_warned_of_and_the_first_sound_one_is_not() -> None:
    assert [found.id for found in checks.judge_version((3, 51, 2))] == ["frame.W001"]
    assert checks.judge_version((3, 51, 3)) == []


@pytest.mark.django_db
def test_the_database_of_these_tests_is_sound() -> None:
    assert [found for found in run_checks(databases=["default"]) if found.id.startswith("frame.")] == []


@pytest.mark.parametrize(("version", "journal"), [((3, 51, 2), "TRUNCATE"), ((3, 51, 3), "WAL")])
def test_write_ahead_only_where_it_is_safe(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], journal: str
) -> None:
    monkeypatch.setattr(sqlite, "version", lambda: version)
    assert sqlite.journal_mode() == journal


@pytest.mark.django_db(transaction=True)
def test_sqlite_takes_the_lock_before_it_reads() -> None:
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == (sqlite.journal_mode().lower(),)
    else:
        assert connection.vendor == "postgresql"


@pytest.mark.django_db
@pytest.mark.req("N5")
def test_a_ring_that_lost_the_key_of_the_data_is_refused_and_an_empty_site_is_not(settings, tmp_path) -> None:
    settings.FIELD_KEYS_FILE = tmp_path / "field-keys"
    assert checks.check_keys(["default"]) == []
    make.person("王婷", phone="13812345678")
    assert checks.check_keys(["default"]) == []
    (tmp_path / "field-keys").unlink()
    (found,) = checks.check_keys(["default"])
    assert found.id == "frame.E002"
    assert "people_person" in found.msg
    assert "从备份恢复" in (found.hint or "")


@pytest.mark.django_db
@pytest.mark.req("N5")
def test_after_a_change_of_keys_all_is_well(settings, tmp_path) -> None:
    settings.FIELD_KEYS_FILE = tmp_path / "field-keys"
    make.person("王婷", phone="13812345678")
    keyring.add()
    assert checks.check_keys(["default"]) == []
