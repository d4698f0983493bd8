"""Each look at what is masked says why, is on record, and is limited."""

from datetime import timedelta

import pytest

from linli.core.verdict import Refused
from linli.privacy import actions, queries
from linli.privacy.actions import Subject
from linli.privacy.kinds import Item
from linli.privacy.models import Look
from linli.record import queries as record
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]


def subject(number: str = "XXL-2026-000001", *, person: int | None = None) -> Subject:
    return Subject(spots("tonghua")[-1].path, person=person, matter=7, number=number)


def look(
    world: World, *, at=TUESDAY, reason: str = "visit", words: str = "", of: Subject | None = None
) -> None:
    actions.look(
        of or subject(), item=Item.CONTACT, reason=reason, words=words,
        by=world.cast["grid_worker"], office="铜花社区 网格员", at=at,
    )  # fmt: skip


def test_a_look_stands_in_the_record_with_office_item_and_reason(world: World) -> None:
    look(world, words="约周三上门看管道")
    (line,) = record.timeline("looks-XXL-2026-000001")
    assert (line.title, line.office, line.words) == ("查看", "铜花社区 网格员", "约周三上门看管道")
    assert line.figures == (("内容", "称呼和电话"), ("事由", "约上门时间"))
    assert "本系统约定" in line.clause_words


def test_a_look_keeps_nothing_of_what_was_seen(world: World) -> None:
    look(world)
    columns = {field.name for field in Look._meta.fields}
    assert columns == {
        "id",
        "about",
        "matter",
        "number",
        "item",
        "reason",
        "by",
        "office",
        "place_path",
        "at",
    }


@pytest.mark.parametrize("reason", ["", "curious"])
def test_nobody_looks_without_a_reason(world: World, reason: str) -> None:
    with pytest.raises(Refused, match="还没有选事由"):
        look(world, reason=reason)
    assert not Look.objects.exists()


def test_the_eleventh_look_of_a_minute_is_refused_and_a_minute_later_allowed(world: World) -> None:
    most = queries.rule(queries.LOOKING).count("looks_a_minute")
    for second in range(most):
        look(world, at=TUESDAY + timedelta(seconds=second))
    with pytest.raises(Refused, match=f"一分钟内已经查看了 {most} 次"):
        look(world, at=TUESDAY + timedelta(seconds=59))
    look(world, at=TUESDAY + timedelta(seconds=60))
    assert Look.objects.count() == most + 1


def test_looks_are_found_by_the_person_and_by_the_matter(world: World) -> None:
    look(world, of=subject(person=3))
    look(world, of=Subject(spots("tonghua")[-1].path, person=4), at=TUESDAY + timedelta(hours=1))
    assert queries.looks_about(3, matters=()).count() == 1
    assert queries.looks_about(4, matters=(7,)).count() == 2
    assert queries.looks_at(7).count() == 1


@pytest.mark.parametrize(("times", "is_unusual"), [(30, False), (31, True)])
def test_more_than_thirty_looks_in_an_hour_are_shown_to_whoever_oversees(
    world: World, times: int, is_unusual: bool
) -> None:
    start = TUESDAY.replace(minute=0)
    for count in range(times):
        look(world, at=start + timedelta(minutes=count))
    found = queries.flurries((spots("xinxialu")[-1].path,), at=TUESDAY + timedelta(days=1))
    assert [one.times for one in found] == ([times] if is_unusual else [])
    assert queries.flurries((spots("tongdu")[-1].path,), at=TUESDAY + timedelta(days=1)) == ()


def test_old_looks_go_and_the_record_stays(world: World) -> None:
    look(world)
    assert actions.forget_looks(before=TUESDAY) == 0
    assert actions.forget_looks(before=TUESDAY + timedelta(seconds=1)) == 1
    assert len(record.timeline("looks-XXL-2026-000001")) == 1
