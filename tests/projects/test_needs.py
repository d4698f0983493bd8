"""Needs are raised, supported, merged with every supporter, and selected with a reason (需求)."""

from collections.abc import Callable

import pytest
from django.db import transaction

from linli.core.verdict import Refused
from linli.outbox import queries as outbox
from linli.projects import queries
from linli.projects.actions import raising, selecting
from linli.projects.models import Backer, Wish
from linli.record import queries as record
from tests.projects import wishes
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("G1"), pytest.mark.req("G3")]


def refused(act: Callable[[], object]) -> str:
    """Return why an act was refused; no need and no support may have changed."""

    def state() -> object:
        return list(Wish.objects.order_by("pk").values()), list(Backer.objects.order_by("pk").values())

    before = state()
    with pytest.raises(Refused) as why, transaction.atomic():
        act()
    assert state() == before
    return str(why.value)


def test_who_lives_here_supports_once_and_nobody_else(world: World) -> None:
    need = wishes.put(world.resident)
    assert need.supports == 1
    raising.support(need.number, by=world.neighbour, at=TUESDAY)
    assert wishes.fresh(need).supports == need.backers.count() == 2
    for words, by in (
        ("您已经支持过了", world.resident),
        ("住在这里、或者在这里有房", world.other_dispatcher),
    ):
        assert words in refused(lambda by=by: raising.support(need.number, by=by, at=TUESDAY))
    assert "已经有人提了" in refused(lambda: wishes.put(world.neighbour))
    assert "没有这个类别" in refused(lambda: wishes.put(world.resident, title="别的", field="money"))
    assert "住在这里、或者在这里有房" in refused(lambda: wishes.put(world.neighbour, at="tongdu"))


def test_what_staff_enter_has_no_support_yet(world: World) -> None:
    assert wishes.put(world.secretary).supports == 0


def test_needs_that_are_alike_become_one_and_keep_every_supporter_once(world: World) -> None:
    kept, gone = wishes.put(world.resident), wishes.put(world.neighbour, title="晾衣服没地方")
    raising.support(gone.number, by=world.resident, at=TUESDAY)
    assert "书记、调度员" in refused(
        lambda: selecting.merge(gone.number, into=kept.number, by=world.resident, at=TUESDAY)
    )
    assert "不能并入自己" in refused(
        lambda: selecting.merge(kept.number, into=kept.number, by=world.secretary, at=TUESDAY)
    )
    selecting.merge(gone.number, into=kept.number, by=world.secretary, at=TUESDAY)
    assert (wishes.fresh(kept).supports, wishes.fresh(gone).merged_into) == (2, kept)
    assert list(queries.needs(kept.place_path)) == [kept]
    assert "已合并" in refused(lambda: raising.support(gone.number, by=world.resident, at=TUESDAY))
    for who in (world.resident, world.neighbour):
        assert [one.subject for one in outbox.inside(to=who.person_id or 0)] == [f"需求合并：{kept.title}"]


def test_the_initial_selection_says_why_to_every_supporter(world: World) -> None:
    need, other = wishes.put(world.resident), wishes.put(world.secretary, title="买音响", field="culture")
    raising.support(need.number, by=world.neighbour, at=TUESDAY)
    assert [queries.rank(one) for one in (wishes.fresh(need), other)] == [1, 2]
    by = world.secretary
    assert "还没有写理由" in refused(lambda: selecting.select(need.number, words=" ", by=by, at=TUESDAY))
    assert "书记、调度员" in refused(
        lambda: selecting.select(need.number, words="好", by=world.resident, at=TUESDAY)
    )
    selecting.select(need.number, words="支持最多，河边安全。", by=by, at=TUESDAY)
    selecting.decline(other.number, words="没有人支持。", by=by, at=TUESDAY)
    assert [one.act for one in record.timeline(need.number)] == ["raise_need", "need_selected"]
    letters = outbox.inside(to=world.neighbour.person_id or 0)
    assert [one.subject for one in letters] == [f"初选入选：{need.title}"]
    assert "不再征集支持" in refused(lambda: raising.support(other.number, by=world.resident, at=TUESDAY))
    assert "初选入选" in refused(lambda: selecting.decline(need.number, words="又不办", by=by, at=TUESDAY))


@pytest.mark.req("G4")
def test_needs_are_counted_by_kind_and_merged_ones_only_once(world: World) -> None:
    kept, gone = wishes.put(world.resident), wishes.put(world.neighbour, title="晾衣服没地方")
    wishes.put(world.secretary, title="陪老人看病", field="elderly")
    selecting.merge(gone.number, into=kept.number, by=world.secretary, at=TUESDAY)
    selecting.select(kept.number, words="支持最多。", by=world.secretary, at=TUESDAY)
    counted = {one.name: (one.needs, one.supports, one.selected) for one in queries.by_field(kept.place_path)}
    assert counted["环境卫生"] == (1, 2, 1)
    assert counted["为老服务"] == (1, 0, 0)
    assert counted["青少年服务"] == (0, 0, 0)


def test_who_is_forgotten_no_longer_supports_what_is_still_open(world: World) -> None:
    still, done = wishes.put(world.resident), wishes.put(world.resident, title="装路灯")
    selecting.select(done.number, words="夜里太暗。", by=world.secretary, at=TUESDAY)
    raising.forget(world.resident.person_id or 0)
    assert [wishes.fresh(one).supports for one in (still, done)] == [0, 1]
    assert (wishes.fresh(still).raised_by_id, Backer.objects.count()) == (None, 0)
