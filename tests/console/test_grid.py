"""A grid worker's day, and what they find (网格今日、发现问题)."""

import pytest

from linli.bodies.actor import Actor
from linli.frame.clock import now
from linli.matters import queries as matters
from linli.record import queries as record
from tests import make
from tests.console import desks
from tests.world import World

FOUND = {"words": "一单元门前井盖松动。", "once": "abc", "category": "", "place_words": "", "done": ""}


def find(world: World, *, by: Actor, **fields: object):  # type: ignore[no-untyped-def]
    place = world.home[-1].key
    return desks.browser(by).post("/desk/found/", FOUND | {"place": place, "looked": "1"} | fields)


@pytest.mark.req("X3", "C12")
def test_the_day_shows_what_waits_and_what_goes_on_in_my_grid(world: World) -> None:
    mine = make.incident(world, at=now())
    around = make.report(world, at=now())
    elsewhere = make.report(world, at=now(), spots=world.elsewhere)
    said = desks.text(desks.see("today/", by=world.grid_worker))
    assert mine.number in said
    assert around.number in said
    assert elsewhere.number not in said
    assert "发现问题" in said


def test_the_day_is_for_those_who_walk_a_grid(world: World) -> None:
    assert desks.see("today/", by=world.dispatcher).status_code == 404


@pytest.mark.req("X3", "X17")
def test_what_is_solved_on_the_spot_is_reported_and_solved_in_one_piece(world: World) -> None:
    answer = find(world, by=world.grid_worker, then="solve", done="已拧紧。")
    matter = matters.within(world.home[-1].path).get()
    assert answer.status_code == 302
    assert (matter.step_kind, matter.channel) == ("verify", "grid")
    assert [line.act for line in record.timeline(matter.number)] == ["open", "solve"]


@pytest.mark.req("X3")
def test_what_is_called_up_goes_to_the_community(world: World) -> None:
    find(world, by=world.part_timer, then="call_up")
    matter = matters.within(world.home[-1].path).get()
    assert (matter.step, matter.level) == ("called", "community")


def test_the_same_form_sent_twice_counts_once(world: World) -> None:
    for _ in range(2):
        find(world, by=world.grid_worker, then="call_up")
    assert matters.within(world.home[-1].path).count() == 1


def test_other_words_on_a_page_that_was_sent_before_are_another_matter(world: World) -> None:
    find(world, by=world.grid_worker, then="call_up")
    find(world, by=world.grid_worker, then="call_up", words="二单元门前路灯不亮。")
    assert matters.within(world.home[-1].path).count() == 2


def test_what_was_sent_leads_to_the_matter_and_is_forgotten_by_the_device(world: World) -> None:
    client = desks.browser(world.grid_worker)
    answer = client.post(
        "/desk/found/", FOUND | {"place": world.home[-1].key, "then": "call_up"}, follow=True
    )
    matter = matters.within(world.home[-1].path).get()
    said = desks.text(answer)
    assert f'编号 <a href="/desk/m/{matter.number}/">{matter.number}</a>' in said
    assert 'data-draft-done="found"' in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": ""}, "还没有写内容"),
        ({"then": ""}, "请选：网格就地解决，还是呼叫社区"),
        ({"then": "solve", "done": ""}, "请写一句是怎么解决的"),
        ({"then": "dispatch"}, "Select a valid choice"),
    ],
    ids=["没写内容", "没选怎么办", "没写怎么解决", "不是网格员能办的"],
)
def test_what_is_missing_is_asked_for_and_nothing_is_kept(
    world: World, fields: dict[str, str], sentence: str
) -> None:
    answer = find(world, by=world.grid_worker, **{"then": "call_up"} | fields)
    assert answer.status_code == 422
    assert sentence in desks.text(answer) or "选择" in desks.text(answer)
    assert not matters.within(world.home[0].path).exists()


def test_a_place_outside_my_grid_cannot_be_chosen(world: World) -> None:
    answer = find(world, by=world.grid_worker, then="call_up", place=world.elsewhere[-1].key)
    assert answer.status_code == 422
    assert "这个地方不在您的范围里" in desks.text(answer) or "请另选" in desks.text(answer)


@pytest.mark.req("X13")
def test_a_point_on_the_plan_is_kept_in_metres(world: World) -> None:
    find(world, by=world.grid_worker, then="call_up", place_x="500", place_y="300")
    matter = matters.within(world.home[-1].path).get()
    desk = make.desk(matter, world.dispatcher, at=now())
    xs, ys = zip(*matter.place.parent.parent.outline, strict=True)
    assert min(xs) <= desk.case.spot_x <= max(xs)
    assert min(ys) <= desk.case.spot_y <= max(ys)


def test_the_category_is_guessed_from_the_words_and_may_be_changed(world: World) -> None:
    part = desks.browser(world.grid_worker).get("/desk/guess/", {"words": "井盖松动"})
    assert 'value="manhole" selected' in desks.text(part)
    find(world, by=world.grid_worker, then="call_up")
    assert matters.within(world.home[-1].path).get().category == "manhole"
    find(world, by=world.grid_worker, then="call_up", once="def", category="noise")
    assert matters.within(world.home[-1].path).filter(category="noise").count() == 1
