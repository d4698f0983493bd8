"""An official calendar comes in: what would move is foreseen, then moved, on record."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from linli.handoffs.holidays import foresee, take_in
from linli.pack.calendars import CalendarYear, Holiday
from linli.record import queries as record
from tests import make
from tests.world import World, instant

EVE = instant("2026-12-30 10:00")
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"
FILE = f"""\
title = "2027 年节假日安排"
year = 2027
source = "{NOTICE}"
confirmed = true
holidays = [{{ title = "元旦", first = 2026-12-31, last = 2027-01-08 }}]
makeup_days = []
"""


def year(first: date, last: date) -> CalendarYear:
    return CalendarYear(
        title="2027 年节假日安排", year=2027, source=NOTICE, confirmed=True,
        holidays=(Holiday(title="元旦", first=first, last=last),), makeup_days=(),
    )  # fmt: skip


LONG = year(date(2026, 12, 31), date(2027, 1, 8))
AS_FORESEEN = year(date(2027, 1, 1), date(2027, 1, 1))


def receive(told: CalendarYear) -> int:
    # A notice is known by the instant it came in, so each comes in at its own.
    at = EVE + timedelta(minutes=len(told.days_off))
    return take_in(
        2027, source=told.source, holidays=told.days_off, makeup_days=told.makeup_days, at=at
    ).moved


@pytest.mark.req("N4")
@pytest.mark.parametrize(("told", "moves"), [(LONG, 1), (AS_FORESEEN, 0)], ids=["放到八日", "和推算一样"])
def test_what_is_foreseen_is_what_moves(world: World, told: CalendarYear, moves: int) -> None:
    matter = make.dispatched(world, at=EVE)
    assert foresee(told, at=EVE).moved == moves
    assert make.fresh(matter).due_at == matter.due_at
    assert receive(told) == moves
    assert (make.fresh(matter).due_at != matter.due_at) == bool(moves)


def test_taking_a_calendar_in_leaves_one_entry_with_the_figures(world: World) -> None:
    make.dispatched(world, at=EVE)
    receive(LONG)
    (entry,) = record.timeline("calendar-2027")
    assert entry.figures == (("依据", NOTICE), ("放假", "9 天"), ("调休上班", "0 天"), ("改动期限", "1 件"))


def test_the_command_says_how_many_deadlines_moved(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make.dispatched(world, at=EVE)
    file = tmp_path / "cn-2027.toml"
    file.write_text(FILE, encoding="utf-8")
    call_command("calendar", str(file), dry_run=True)
    assert record.timeline("calendar-2027") == ()
    call_command("calendar", str(file))
    foreseen, done = capsys.readouterr().out.splitlines()
    assert foreseen == "1 件事项的期限会变。只是检查，没有录入。"
    assert done == "2027 年节假日安排已录入，1 件事项的期限变了，改动都留了记录。"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("confirmed = true", "confirmed = false", "不是官方安排"),
        ("2026-12-31", "2026-11-30", "cn-2027.toml:5"),
        ("holidays = [", "holidays = ", "cn-2027.toml:"),
    ],
    ids=["推算", "日期不在这一年", "不是 TOML"],
)
def test_a_bad_file_is_refused_with_the_reason(
    db: None, tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = tmp_path / "cn-2027.toml"
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command("calendar", str(file))


def test_a_missing_file_is_said_to_be_missing(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="打不开"):
        call_command("calendar", str(tmp_path / "nothing.toml"))
