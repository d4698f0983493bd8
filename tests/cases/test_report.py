"""Taking a case in: 反映、发现."""

import pytest

from linli.bodies.actor import NOBODY
from linli.cases import access
from linli.core.verdict import Refused
from linli.disclosure import queries as disclosure
from linli.matters import queries as matters
from linli.record import queries as record
from tests import make
from tests.letters import letters_to
from tests.world import TUESDAY, World, instant


@pytest.mark.req("C12", "X14")
@pytest.mark.parametrize(
    ("order", "due"),
    [
        pytest.param("urgent", "2026-11-25 10:00", id="应急单 24 小时"),
        pytest.param("priority", "2026-11-27 17:30", id="重点单 3 个工作日"),
        pytest.param("routine", "2026-12-01 17:30", id="常规单 5 个工作日"),
    ],
)
def test_each_order_kind_has_its_clock(world: World, order: str, due: str) -> None:
    assert make.report(world, order=order).due_at == instant(due)


def test_it_begins_at_the_first_step_with_a_number_and_a_secret(world: World) -> None:
    matter = make.report(world)
    assert matter.number == "XXL-2026-000001"
    assert (matter.step, matter.level) == ("raised", "community")
    assert matter.title == "1栋门前下水道盖板破损，老人差点绊倒"
    assert matter.token != make.report(world).token


def test_an_incident_begins_with_the_grid_worker(world: World) -> None:
    matter = make.incident(world)
    assert (matter.step, matter.level) == ("found", "grid")
    assert {line.role for line in matters.waitings(matter)} == {"grid_worker", "part_time_grid_worker"}


def test_the_raiser_gets_a_letter_with_number_and_date(world: World) -> None:
    matter = make.report(world)
    (letter,) = letters_to(world.resident, about=matter)
    assert letter.subject == f"已收到：{matter.title}"
    assert letter.body == f"编号 {matter.number}。现在是「诉求受理」，最晚 12月1日 周二 17:30 前答复您。"


def test_what_nobody_wrote_is_not_taken_in(world: World) -> None:
    with pytest.raises(Refused, match="还没有写内容"):
        make.report(world, words="  \n ")


def test_the_same_outside_number_is_taken_in_once(world: World) -> None:
    first = make.report(world, channel="12345", external_ref="HS-2026-0117")
    again = make.report(world, channel="12345", external_ref="HS-2026-0117", words="换了说法。")
    assert again.pk == first.pk
    assert len(record.timeline(first.number)) == 1


def test_the_same_number_of_another_channel_is_another_case(world: World) -> None:
    hotline = make.report(world, channel="12345", external_ref="117")
    police = make.report(world, channel="110", external_ref="117")
    assert hotline.pk != police.pk


def test_without_an_outside_number_everything_is_taken_in(world: World) -> None:
    assert make.report(world).pk != make.report(world).pk


def test_somebody_unknown_may_report_and_follow_with_the_secret(world: World) -> None:
    matter = make.report(world, by=NOBODY, raised_by=None)
    assert access.sit(matter.number, by=NOBODY, at=TUESDAY) is None
    desk = make.desk(matter, NOBODY, at=TUESDAY, token=matter.token)
    assert desk.sees_all
    assert {one.act for one in desk.openings() if one.is_open} == {"add_words", "withdraw"}


def test_words_and_category_of_a_public_concern_are_shown_masked(world: World) -> None:
    words = "我是周美兰，电话13812345678，1栋门前盖板破损。"
    matter = make.report(world, words=words, title="盖板破损", is_public=True)
    shown = disclosure.of_matter(matter.pk)
    assert shown is not None
    assert shown.words == "我是周*兰，电话138****5678，1栋门前盖板破损。"


@pytest.mark.parametrize("category", ["neighbours", "family", "tip_off", "hardship"])
def test_a_private_category_is_never_public(world: World, category: str) -> None:
    matter = make.report(world, category=category, is_public=True)
    assert matter.visibility == "parties"
    assert disclosure.of_matter(matter.pk) is None
    with pytest.raises(Refused, match="涉及个人隐私、举报，或者要求保密，不能公开"):
        make.act(matter, "publish", by=world.dispatcher, at=TUESDAY, title="t", words="w")


@pytest.mark.parametrize(
    ("words", "category"),
    [("楼下噪音扰民，夜间施工。", "noise"), ("下水道堵塞，污水外溢。", "sewer"), ("说不清的事。", "other")],
    ids=["噪声", "下水道", "其他"],
)
def test_the_category_is_guessed_from_the_packs_words(world: World, words: str, category: str) -> None:
    assert make.report(world, words=words, category="").category == category


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("resident", True),
        ("neighbour", False),
        ("stranger", False),
        ("grid_worker", True),
        ("part_timer", True),
        ("other_grid_worker", False),
        ("dispatcher", True),
        ("other_dispatcher", False),
        ("street_dispatcher", True),
        ("district_dispatcher", True),
        ("secretary", True),
        ("enforcer", False),
    ],
)
def test_who_sees_a_case(world: World, name: str, sees: bool) -> None:
    matter = make.report(world)
    assert (access.sit(matter.number, by=world.cast[name], at=TUESDAY) is not None) is sees


def test_a_public_case_is_seen_by_everybody_but_not_its_words(world: World) -> None:
    desk = make.desk(make.report(world, is_public=True), world.stranger, at=TUESDAY)
    assert not desk.sees_all
    assert not desk.openings()
