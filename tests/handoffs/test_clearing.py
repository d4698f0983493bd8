"""What has had its time goes by itself, is foreseen before and on record after."""

from datetime import datetime, timedelta

import pytest

from linli.bodies.actor import NOBODY
from linli.cases import queries as cases
from linli.frame.models import Sending
from linli.handoffs import clearing
from linli.handoffs.clearing import Cleared
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.outbox.models import Letter
from linli.privacy import actions as privacy
from linli.privacy.actions import Subject
from linli.privacy.kinds import Item
from linli.record import queries as record
from tests import make
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]


def closed(world: World, *, at: datetime = TUESDAY, **contact: str) -> int:
    matter = make.closed(
        world, at=at, **{"contact_name": "周美兰", "contact_phone": "13800001234", **contact}
    )
    return matter.pk


def years_later(years: int, *, days: int = 0) -> datetime:
    return TUESDAY.replace(year=TUESDAY.year + years) + timedelta(days=days)


@pytest.mark.parametrize(("days", "goes"), [(90, False), (91, True)], ids=["满九十日当天", "过了一天"])
def test_what_a_phone_sent_goes_when_ninety_days_are_over(
    world: World, monkeypatch: pytest.MonkeyPatch, days: int, goes: bool
) -> None:
    Sending.objects.create(key="a" * 16, status=200, answer="{}", at=TUESDAY)
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY + timedelta(days=days))
    clearing.every_day()
    assert Sending.objects.exists() is not goes


@pytest.mark.parametrize(("days", "goes"), [(0, False), (1, True)], ids=["满二十四个月当天", "过了一天"])
def test_a_contact_goes_when_twenty_four_months_are_over(world: World, days: int, goes: bool) -> None:
    number = closed(world)
    at = years_later(2, days=days)
    assert clearing.foresee(at=at).contacts == goes
    assert cases.of_matter(number).contact_phone == "13800001234"
    clearing.clear(at=at)
    assert cases.of_matter(number).contact_phone == ("" if goes else "13800001234")


def test_a_name_without_a_number_goes_too(world: World) -> None:
    number = closed(world, contact_phone="")
    clearing.clear(at=years_later(3))
    assert cases.of_matter(number).contact_name == ""


def test_an_open_case_keeps_its_contact_however_old(world: World) -> None:
    matter = make.report(world, at=TUESDAY, contact_name="周美兰", contact_phone="13800001234")
    clearing.clear(at=years_later(9))
    assert cases.of_matter(matter.pk).contact_phone == "13800001234"


def test_words_and_answer_stay(world: World) -> None:
    number = closed(world)
    words = cases.of_matter(number).words
    clearing.clear(at=years_later(3))
    assert cases.of_matter(number).words == words


@pytest.mark.parametrize(("after", "goes"), [(181, False), (182, True)], ids=["满六个月当天", "过了一天"])
def test_an_address_goes_six_months_after_its_letter(after: int, goes: bool) -> None:
    reader = make.person("王婷", email="wang@example.cn")
    outbox.write([Draft(reader.pk, "进展", "已受理")], matter=None, at=TUESDAY)
    Letter.objects.update(sent_at=TUESDAY)
    clearing.clear(at=TUESDAY + timedelta(days=after))
    assert Letter.objects.filter(address__empty=False).exists() is not goes


def test_a_letter_that_was_not_sent_keeps_its_address() -> None:
    reader = make.person("王婷", email="wang@example.cn")
    outbox.write([Draft(reader.pk, "进展", "已受理")], matter=None, at=TUESDAY)
    clearing.clear(at=years_later(3))
    assert Letter.objects.filter(address__empty=False).count() == 1


def test_looks_go_after_thirty_six_months(world: World) -> None:
    where = Subject(world.home[-1].path, matter=1, number="X-1")
    told = {"item": Item.CONTACT, "reason": "visit", "words": "", "by": world.dispatcher, "office": "调度员"}
    privacy.look(where, **told, at=TUESDAY)
    assert clearing.clear(at=years_later(3)).looks == 0
    assert clearing.clear(at=years_later(3, days=1)).looks == 1


def test_a_clearing_is_on_record_with_its_numbers_and_clause(world: World) -> None:
    closed(world)
    clearing.clear(at=years_later(3))
    (line,) = record.timeline(clearing.CHAIN)
    assert line.figures[0] == ("事项的联系方式", "1")
    assert "本系统约定" in line.clause_words


def test_a_day_with_nothing_to_do_leaves_no_trace() -> None:
    assert clearing.clear(at=TUESDAY) == Cleared(0, 0, 0)
    assert record.timeline(clearing.CHAIN) == ()


def test_many_go_some_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.cases.actions.forgetting.BATCH", 2)
    for _ in range(5):
        closed(world)
    assert clearing.clear(at=years_later(3)).contacts == 5


def test_the_contact_of_whoever_joined_goes_with_it(world: World) -> None:
    matter = make.verified(world, at=TUESDAY, is_public=True)
    voice = Voice(None, "王婷", "13911112222", "我家也是")
    follower = following.join(matter.number, voice, by=NOBODY, at=TUESDAY)
    make.act(matter, "confirm", by=world.resident, at=TUESDAY + timedelta(minutes=90))
    assert clearing.foresee(at=years_later(3)).contacts == 1
    assert clearing.clear(at=years_later(3)).contacts == 1
    follower.refresh_from_db()
    assert (follower.name, follower.phone, follower.words) == ("", "", "我家也是")
