"""Every way of deciding together that rests on offices can be led to its end by the people of a demo."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from linli.core.forum import Electorate
from linli.deliberation import access as topics
from linli.demo.cast import Cast
from linli.demo.deciding import Talk
from linli.demo.script import TaskPart, TopicPart, read_people
from linli.frame.clock import day_of
from linli.matters import queries as matters
from linli.rulebook import actions, queries

if TYPE_CHECKING:
    from linli.core.procedure import Procedure

AT = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG_AGO = timedelta(days=180)
# Where a demo has somebody in every office; the first that suits a method is taken, with its committee.
PLACES = {
    "chaoyang": ("hongshan", "hongshan_g1", "hongshan_e3", "hongshan_e1_b1", "demo_two", "chaoyang"),
    "gusu": ("niujiaxiang", "niujiaxiang_e4", "niujiaxiang_e4_b1"),
    "lianyungang": ("yanchi", "sanpu", "yanchi_e3", "yanchi_e3_b2"),
    "xinxialu": ("tonghua", "tonghua_e4", "tonghua_e4_b3"),
    "yunlong": ("demo_one", "diemeng", "diemeng_e1", "diemeng_e2_b1"),
}
DOERS = {
    "chaoyang": "hongshan_committee", "gusu": "niujiaxiang_committee", "lianyungang": "yanchi_committee",
    "xinxialu": "tonghua_committee", "yunlong": "diemeng_committee",
}  # fmt: skip
VILLAGE_DOER = "sanpu_committee"
# Where every method that all places share can be run.
WITH_VILLAGES = "lianyungang"
REGISTERED = (Electorate.ADULTS, Electorate.HOUSEHOLDS, Electorate.OWNERS)


@pytest.fixture(scope="module", params=PLACES)
def cast(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Cast]:
    """Settle the people of one demo; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        edition = queries.current(request.param)
        actions.install(edition, at=AT - LONG_AGO)
        found = Cast(edition, on=day_of(AT))
        found.enrol(read_people(Path(settings.PACKS) / edition.key / "demo"))
        yield found
        transaction.set_rollback(True)


@pytest.mark.req("L3", "L4", "X4", "X15", "Y12", "C1")
@pytest.mark.django_db
def test_a_method_that_rests_on_offices_can_be_led_to_its_end(cast: Cast) -> None:
    ended = {}
    shared = {one.key for one in queries.law().procedures} if cast.edition.key != WITH_VILLAGES else set()
    for method in cast.edition.methods_for("topic"):
        if method.key not in shared and not _rests_on_registers(method, cast):
            talk = _talk(method, cast)
            talk.tell()
            matter = matters.of_number(talk.number)
            ended[method.key] = matter is not None and matter.step
    assert ended
    assert set(ended.values()) == {"closed"}, ended


def _rests_on_registers(method: "Procedure", cast: Cast) -> bool:
    """Tell whether a method asks residents, households or owners, whom a test would have to enter first."""
    forums = cast.edition.forums
    return any(
        step.signs or step.calls or (step.forum and forums[step.forum].electorate in REGISTERED)
        for step in method.steps
    )


def _talk(method: "Procedure", cast: Cast) -> Talk:
    place = next(key for key in PLACES[cast.edition.key] if method.may_run_at(cast.spots(key)[-1].kind))
    spots, keys = cast.spots(place), {number: key for key, number in cast.numbers.items()}
    known = [(keys[number], actor) for number, actor in cast.actors.items() if number in keys]
    by = next(key for key, one in known if topics.may_raise(method, at=spots, by=one, edition=cast.edition))
    doer = VILLAGE_DOER if spots[-1].kind == "village" else DOERS[cast.edition.key]
    part = TopicPart(
        procedure=method.key, place=place, by=by, title=method.title, words="请大家商量。",
        days_ago=LONG_AGO.days, until="",
        supporters=tuple(f"{place}邻居{turn} 1970" for turn in range(method.first.supporters)),
        announcement="请大家来。", opinion="同意。", notice="公示如下。", result="办好了。",
        task=(TaskPart(title="办好它", owner=doer, days=9),),
    )  # fmt: skip
    return Talk(part, cast, until=AT, at=AT - LONG_AGO)
