from datetime import UTC, date, datetime

import pytest
from django.template import engines
from jinja2 import UndefinedError

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def written(template: str, **context: object) -> str:
    return str(engines["jinja2"].from_string(template).render(context))


def test_the_page_time_decides_what_is_left() -> None:
    due = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert written("{{ due|relative }}", due=due, now=NOW) == "还有1天3小时"
    assert written("{{ due|ago }}", due=NOW, now=due) == "1天前"


def test_days_and_instants_are_written_in_chinese() -> None:
    assert (
        written("{{ at|moment }}", at=datetime(2026, 11, 24, 9, tzinfo=UTC), now=NOW) == "11月24日 周二 17:00"
    )
    assert written("{{ on|day }}", on=date(2026, 11, 24), now=NOW) == "11月24日 周二"


def test_the_day_of_an_instant_is_the_local_one() -> None:
    assert written("{{ at|day }}", at=datetime(2026, 11, 24, 16, tzinfo=UTC), now=NOW) == "11月25日 周三"


def test_a_macro_without_the_page_time_looks_at_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.frame.clock.now", lambda: NOW)
    assert written("{{ due|relative }}", due=datetime(2026, 11, 22, 5, tzinfo=UTC)) == "还有1小时"


def test_what_was_typed_is_escaped() -> None:
    assert written("{{ words }}", words="<script>") == "&lt;script&gt;"


def test_a_missing_name_may_be_asked_for() -> None:
    assert written("{{ 'yes' if absent else 'no' }}{{ absent == 1 }}") == "noFalse"


def test_a_missing_name_cannot_be_written_out() -> None:
    with pytest.raises(UndefinedError):
        written("{{ absent }}")


def test_addresses_are_found_by_name() -> None:
    assert written("{{ url('draft') }}") == "/draft/"
