"""Showing a concern to everybody, masked, and taking it down: 公开、停止公开."""

import pytest

from linli.cases import access
from linli.cases.actions.stepping import Said
from linli.core.verdict import Refused
from linli.disclosure import queries as disclosure
from linli.matters import queries as matters
from tests import make
from tests.world import World, instant

DAY = instant("2026-11-24 15:00")
PERSONAL = "周美兰（13812345678）反映 1栋 门前盖板破损，找的是陈师傅。"


def test_what_is_shown_names_nobody(world: World) -> None:
    matter = make.report(world, contact_name="周阿婆")
    make.act(matter, "publish", by=world.dispatcher, at=DAY, title="周阿婆反映盖板", words=PERSONAL)
    shown = disclosure.of_matter(matter.pk)
    assert shown is not None
    assert shown.title == "周*婆反映盖板"
    assert "周美兰" not in shown.words
    assert "13812345678" not in shown.words


def test_the_answer_is_shown_masked_as_soon_as_it_is_given(world: World) -> None:
    matter = make.taken_on(world, is_public=True)
    make.act(matter, "finish", by=world.enforcer, at=DAY, said=Said("已上门告知周美兰，电话13812345678。"))
    shown = disclosure.of_matter(matter.pk)
    assert shown is not None
    assert shown.answer == "已上门告知周*兰，电话138****5678。"


def test_it_is_shown_to_a_stranger_and_taken_down_again(world: World) -> None:
    matter = make.report(world)
    assert access.sit(matter.number, by=world.stranger, at=DAY) is None
    make.act(matter, "publish", by=world.dispatcher, at=DAY, title="盖板", words="盖板破损。")
    assert access.sit(matter.number, by=world.stranger, at=DAY) is not None
    assert list(matters.public()) == [matter]
    make.act(matter, "unpublish", by=world.dispatcher, at=DAY)
    assert access.sit(matter.number, by=world.stranger, at=DAY) is None
    assert disclosure.of_matter(matter.pk) is None


def test_it_may_be_shown_again(world: World) -> None:
    matter = make.report(world, is_public=True)
    make.act(matter, "unpublish", by=world.dispatcher, at=DAY)
    make.act(matter, "publish", by=world.dispatcher, at=DAY, title="盖板", words="盖板破损。")
    assert disclosure.of_matter(matter.pk) is not None


def test_what_is_public_is_not_published_twice(world: World) -> None:
    with pytest.raises(Refused, match="已经公开"):
        make.act(
            make.report(world, is_public=True), "publish", by=world.dispatcher, at=DAY, title="t", words="w"
        )


def test_neither_the_raiser_nor_the_lead_publishes(world: World) -> None:
    matter = make.taken_on(world)
    for by in (world.resident, world.enforcer):
        with pytest.raises(Refused, match="「公开」由本级调度员、属地调度员办理"):
            make.act(matter, "publish", by=by, at=DAY, title="t", words="w")
