"""A need is taken up, kept step by step, and rated by whoever needed it; refusals change nothing (承诺)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from linli.core.verdict import Refused
from linli.frame.clock import start_of
from linli.handoffs import need_to_pledge
from linli.outbox import queries as outbox
from linli.pledges import queries
from linli.pledges.actions import listing, pledging
from linli.pledges.actions.pledging import Promise
from linli.pledges.models import Listing, Pledge
from linli.record import queries as record
from tests import make
from tests.pledges import offers
from tests.pledges.offers import DUE
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("L24")]
DAY = timedelta(days=1)


def refused(act: Callable[[], object]) -> str:
    """Return why an act was refused; no line and no pledge may have changed."""

    def state() -> object:
        return list(Listing.objects.order_by("pk").values()), list(Pledge.objects.order_by("pk").values())

    before = state()
    with pytest.raises(Refused) as why, transaction.atomic():
        act()
    assert state() == before
    return str(why.value)


def acts(chain: str) -> list[str]:
    return [one.act for one in record.timeline(chain)]


def test_a_pledge_goes_from_the_promise_to_the_word_of_whoever_needed_it(world: World) -> None:
    owner = offers.enter(world.secretary)
    need = offers.line(world.secretary, asked_by=world.resident.person_id)
    lent = offers.line(world.secretary, "resource", title="操场", institution=owner.pk)
    pledge = offers.promise(world.secretary, need, owner, resource=lent.pk)
    pledging.begin(pledge.number, words="排了值班。", by=world.secretary, at=TUESDAY)
    pledging.finish(pledge.number, words="操场开放了。", by=world.secretary, at=TUESDAY)
    for other in (world.secretary, world.neighbour):
        assert "由提出需求的人自己反馈" in refused(
            lambda by=other: pledging.rate(pledge.number, score="met", words="", by=by, at=TUESDAY)
        )
    pledging.rate(pledge.number, score="met", words="孩子高兴。", by=world.resident, at=TUESDAY)
    assert acts(pledge.number) == ["promise", "begin_pledge", "finish_pledge", "rate_pledge"]
    assert queries.listing(need.pk).closed_at == TUESDAY  # type: ignore[union-attr]
    subjects = [one.subject for one in outbox.inside(to=world.resident.person_id or 0)]
    assert sorted(subjects) == ["有单位认领：周末给孩子打球的场地", "请您反馈：周末给孩子打球的场地"]
    assert "已经反馈过" in refused(
        lambda: pledging.rate(pledge.number, score="unmet", words="", by=world.resident, at=TUESDAY)
    )


def test_what_did_not_help_stays_on_the_list_and_may_be_pledged_again(world: World) -> None:
    owner, need = offers.enter(world.secretary), offers.line(world.secretary)
    pledge = offers.promise(world.secretary, need, owner)
    assert "做完以后才能反馈" in refused(
        lambda: pledging.rate(pledge.number, score="met", words="", by=world.secretary, at=TUESDAY)
    )
    pledging.finish(pledge.number, words="开了一天。", by=world.secretary, at=TUESDAY)
    pledging.rate(pledge.number, score="unmet", words="", by=world.secretary, at=TUESDAY)
    assert offers.promise(world.secretary, need, owner).is_open


def test_the_last_day_is_in_time_and_the_day_after_is_overdue(world: World) -> None:
    owner, need = offers.enter(world.secretary), offers.line(world.secretary)
    pledge = offers.promise(world.secretary, need, owner)
    assert (pledge.is_overdue(DUE), pledge.is_overdue(DUE + DAY)) == (False, True)
    assert pledge.outcome(DUE + DAY) == "逾期没有兑现"
    last = start_of(DUE + DAY) - timedelta(seconds=1)
    pledging.finish(pledge.number, words="开放了。", by=world.secretary, at=last)
    assert offers.fresh(pledge).outcome(DUE + 9 * DAY) == "按期兑现"
    Pledge.objects.update(done_at=start_of(DUE + DAY))
    assert offers.fresh(pledge).outcome(DUE + 9 * DAY) == "逾期兑现"


def test_what_the_lists_do_not_allow_is_refused_with_the_reason(world: World) -> None:
    owner, other = offers.enter(world.secretary), offers.enter(world.secretary, name="铜花医院")
    need = offers.line(world.secretary)
    own = offers.line(world.secretary, institution=owner.pk)
    lent = offers.line(world.secretary, "resource", institution=other.pk)
    by = world.secretary
    for words, act in (
        ("不能认领自己提出的", lambda: offers.promise(by, own, owner)),
        ("期限已经过去", lambda: offers.promise(by, need, owner, due_on=TUESDAY.date() - DAY)),
        ("没有列出这项资源", lambda: offers.promise(by, need, owner, resource=lent.pk)),
        ("需求清单上没有这一条", lambda: offers.promise(by, lent, owner)),
        ("书记、调度员", lambda: offers.promise(world.resident, need, owner)),
        ("资源要写明是哪个单位的", lambda: offers.line(by, "resource")),
        ("已经有「铜花小学」", lambda: offers.enter(by)),
    ):
        assert words in refused(act)
    today = offers.promise(by, need, owner, due_on=TUESDAY.date())
    for words, act in (
        ("已经认领了这个需求", lambda: offers.promise(by, need, owner)),
        ("还有承诺没有了结", lambda: listing.strike(need.pk, by=by, at=TUESDAY)),
        ("还有 1 件承诺", lambda: listing.leave(owner.pk, words="搬走了", by=by, at=TUESDAY)),
        ("还没有写原因", lambda: pledging.withdraw(today.number, words=" ", by=by, at=TUESDAY)),
    ):
        assert words in refused(act)
    pledging.withdraw(today.number, words="操场大修。", by=by, at=TUESDAY)
    assert offers.fresh(today).outcome(DUE) == "没有兑现，已撤回"
    listing.leave(owner.pk, words="搬走了", by=by, at=TUESDAY)
    assert queries.listing(own.pk).closed_at == TUESDAY  # type: ignore[union-attr]


def test_the_corridor_asks_both_rooms_and_whoever_raised_the_matter_will_rate_it(world: World) -> None:
    matter, owner = make.report(world), offers.enter(world.secretary)
    told = Promise(owner.pk, "帮忙换盖板", DUE)
    assert "不在您的范围里" in refused(
        lambda: need_to_pledge.take_up(
            matter.number, told, need="换盖板", by=world.other_dispatcher, at=TUESDAY
        )
    )
    assert "书记、调度员" in refused(
        lambda: need_to_pledge.take_up(matter.number, told, need="换盖板", by=world.resident, at=TUESDAY)
    )
    pledge = need_to_pledge.take_up(matter.number, told, need="换盖板", by=world.secretary, at=TUESDAY)
    assert pledge.need.asked_by_id == world.resident.person_id
    assert acts(matter.number)[-1] == "take_up_pledge"
    assert list(queries.of_matter(matter.number)) == [pledge]
