from datetime import UTC, datetime

import pytest
from django.db import connection

from linli.frame import clock


def test_now_is_aware() -> None:
    assert clock.now().utcoffset() is not None


@pytest.mark.django_db
def test_the_database_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_today_is_the_day_in_china(monkeypatch: pytest.MonkeyPatch) -> None:
    late = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    assert clock.today().isoformat() == "2026-11-25"
