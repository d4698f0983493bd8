"""All matters in reach, and the letters (全部事项、信件)."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.frame.aside import is_heeded
from linli.frame.clock import now
from tests import make
from tests.console import desks
from tests.world import World

# PostgreSQL weighs by itself how to read a list; for SQLite we look how many there are.
QUERIES = 6 + is_heeded()


@pytest.mark.parametrize(
    ("part", "is_seen"),
    [
        ("dispatcher", True),
        ("street_dispatcher", True),
        ("grid_worker", True),
        ("enforcer", True),
        ("fireman", False),
        ("other_dispatcher", False),
    ],
)
def test_each_sees_the_matters_in_their_reach_and_those_their_body_works_on(
    world: World, part: str, is_seen: bool
) -> None:
    matter = make.taken_on(world, at=now())
    assert (matter.number in desks.text(desks.see("all/", by=world.cast[part]))) is is_seen


def test_a_summoned_department_finds_the_matter(world: World) -> None:
    matter = make.taken_on(world, at=now())
    make.act(matter, "summon", by=world.dispatcher, at=now(), departments=[world.fire])
    assert matter.number in desks.text(desks.see("all/", by=world.fireman))


def test_what_was_taken_over_from_earlier_stands_below_what_came_in_today(world: World) -> None:
    today = make.report(world, at=now())
    taken_over = make.report(world, at=now() - timedelta(days=400))
    page = desks.text(desks.see("all/", by=world.dispatcher))
    assert page.index(today.number) < page.index(taken_over.number)


def test_tabs_part_what_is_open_from_what_is_done(world: World) -> None:
    at = now()
    opened, done = make.report(world, at=at), make.closed(world, at=at)
    assert [one.number in desks.text(desks.see("all/", by=world.dispatcher)) for one in (opened, done)] == [
        True,
        False,
    ]
    closed = desks.text(desks.see("all/", by=world.dispatcher, tab="closed"))
    assert [one.number in closed for one in (opened, done)] == [False, True]


@pytest.mark.parametrize("number", [1, 9], ids=["一件", "九件"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    world: World, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make.report(world, at=now())
    client = desks.browser(world.dispatcher)
    with django_assert_num_queries(QUERIES):
        client.get("/desk/all/")


@pytest.mark.req("A1")
def test_letters_are_counted_until_they_were_seen(world: World) -> None:
    make.incident(world, at=now())
    before = desks.text(desks.see("", by=world.grid_worker))
    letters = desks.text(desks.see("letters/", by=world.grid_worker))
    after = desks.text(desks.see("", by=world.grid_worker))
    assert "nav-count" in before
    assert "已收到" in letters
    assert "nav-count" not in after


@pytest.mark.parametrize("typed", ["盖板", "下水道 盖板", "jinggai", "{end:04d}", "XXL-2026-{end:06d}"])
@pytest.mark.parametrize("page", ["all/", ""], ids=["全部事项", "收件箱"])
def test_a_list_is_narrowed_by_words_and_numbers(world: World, typed: str, page: str) -> None:
    sought = make.report(world, at=now())
    other = make.report(world, at=now(), words="楼道里有人抽烟。", category="other")
    end = int(sought.number.rpartition("-")[2])
    shown = desks.text(desks.see(page, by=world.dispatcher, q=typed.format(end=end)))
    assert sought.number in shown
    assert other.number not in shown
    assert sought.number not in desks.text(desks.see(page, by=world.dispatcher, q="没有这样的事"))
