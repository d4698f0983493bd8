"""One inbox: what waits for me, by when, and why (收件箱)."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.bodies.actor import Actor
from linli.frame.clock import now
from linli.matters import queries as matters
from tests import make
from tests.console import desks
from tests.world import World

QUERIES = 8


def old(world: World, *, days: int, words: str, **changes: object) -> None:
    """Let somebody have reported a while ago what still waits."""
    make.report(world, at=now() - timedelta(days=days), words=words, **changes)


@pytest.mark.req("A1")
def test_it_says_what_is_asked_of_me_by_when_and_under_which_rule(world: World) -> None:
    matter = make.report(world, at=now())
    said = desks.text(desks.see("", by=world.dispatcher))
    step = matters.step_of(matter)
    assert matter.number in said
    assert step.acts[0].name in said
    assert str(step.clause).replace("'", "&#39;") in said


@pytest.mark.req("A1")
def test_the_most_pressing_stands_first_and_overdue_before_the_rest(world: World) -> None:
    old(world, days=1, words="昨天报的路灯。", order="routine")
    old(world, days=20, words="很久以前报的井盖。", order="routine")
    make.report(world, at=now(), words="刚刚报的长椅。", order="routine")
    said = desks.text(desks.see("", by=world.dispatcher))
    assert (
        said.index("逾期")
        < said.index("很久以前报的井盖")
        < said.index("昨天报的路灯")
        < said.index("刚刚报的长椅")
    )


@pytest.mark.parametrize("number", [1, 12], ids=["一件", "十二件"])
def test_the_number_of_queries_does_not_grow_with_the_lines(
    world: World, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        make.report(world, at=now())
    client = desks.browser(world.dispatcher)
    with django_assert_num_queries(QUERIES):
        answer = client.get("/desk/")
    assert desks.text(answer).count("ledger-row") == number


@pytest.mark.req("A1")
@pytest.mark.parametrize("part", ["other_dispatcher", "street_dispatcher", "enforcer", "grid_worker"])
def test_what_waits_for_others_is_not_in_it(world: World, part: str) -> None:
    matter = make.report(world, at=now())
    assert matter.number not in desks.text(desks.see("", by=world.cast[part]))


def test_a_paused_matter_stands_at_the_end_and_says_so(world: World) -> None:
    matter = make.taken_on(world, at=now())
    reason = next(iter(world.edition.pauses))
    make.act(matter, "pause", by=world.enforcer, at=now(), reason=reason)
    said = desks.text(desks.see("", by=world.enforcer))
    assert "暂停计时" in said
    assert matter.number in said


@pytest.mark.req("A1")
def test_a_request_for_more_time_waits_among_what_i_decide(world: World) -> None:
    matter = make.taken_on(world, at=now(), order="routine")
    make.act(matter, "ask_extension", by=world.enforcer, at=now(), term=world.edition.extension.at_most)
    said = desks.text(desks.see("", by=world.secretary))
    assert matter.number in said
    assert "批准延期" in said


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "盖板"}, True),
        ({"q": "路灯"}, False),
        ({"kind": "concern"}, True),
        ({"kind": "incident"}, False),
        ({"category": "facilities"}, True),
        ({"category": "manhole"}, True),
        ({"category": "noise"}, False),
        ({"order": "routine"}, True),
        ({"order": "urgent"}, False),
        ({"step": "raised"}, True),
        ({"step": "handled"}, False),
    ],
    ids=str,
)
def test_filters_leave_what_is_wanted(world: World, query: dict[str, str], is_found: bool) -> None:
    matter = make.report(world, at=now())
    said = desks.text(desks.see("", by=world.dispatcher, **query))
    assert (matter.number in said) is is_found


def test_a_place_is_filtered_with_everything_within_it(world: World) -> None:
    matter = make.report(world, at=now())
    inside, outside = world.home[-2].path, world.elsewhere[-2].path
    assert matter.number in desks.text(desks.see("", by=world.dispatcher, place=inside))
    assert matter.number not in desks.text(desks.see("", by=world.dispatcher, place=outside))


def test_a_long_inbox_goes_on_from_where_the_page_ended(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.console.inbox.SIZE", 2)
    every = {make.report(world, at=now() - timedelta(hours=hour)).number for hour in range(5)}
    client, path, seen = desks.browser(world.dispatcher), "/desk/", set[str]()
    for _ in range(3):
        answer = client.get(path)
        found = {number for number in every if number in desks.text(answer)}
        assert not found & seen
        seen |= found
        older = desks.text(answer).split('rel="next"')[0].rsplit('href="', 1)[-1].split('"')[0]
        path = f"/desk/{older}".replace("&amp;", "&")
    assert seen == every


@pytest.mark.req("A1")
def test_a_matter_opens_beside_the_list_and_acts_lead_back_there(world: World) -> None:
    matter = make.report(world, at=now())
    part = desks.see(
        f"m/{matter.number}/", by=world.dispatcher, htmx=True, back=f"/desk/?open={matter.number}"
    )
    said = desks.text(part)
    assert said.lstrip().startswith("<article")
    assert f"/act/dispatch/?back=%2Fdesk%2F%3Fopen%3D{matter.number}" in said
    whole = desks.text(desks.see("", by=world.dispatcher, open=matter.number))
    assert "split-open" in whole
    assert 'id="act-dispatch"' in whole


def test_a_matter_outside_my_reach_does_not_open_beside_the_list(world: World) -> None:
    matter = make.report(world, at=now())
    make.report(world, at=now(), spots=world.elsewhere, words="路灯不亮。")
    said = desks.text(desks.see("", by=world.other_dispatcher, open=matter.number))
    assert "split-open" not in said
    assert matter.title not in said


def test_an_empty_inbox_says_what_to_do(world: World) -> None:
    assert "现在没有等您办的事" in desks.text(desks.see("", by=world.dispatcher))


@pytest.mark.parametrize("path", ["", "all/", "letters/", "more/", "today/", "found/", "taken-in/"])
def test_only_who_holds_an_office_finds_the_staff_door(world: World, path: str) -> None:
    assert desks.see(path, by=world.resident).status_code == 404
    assert desks.see(path, by=None).headers["Location"].startswith("/accounts/login/")


DOORS = {
    "dispatcher": ({"收件箱", "全部事项", "登记簿", "总览", "组织", "规则", "信件"}, {"网格今日"}),
    "grid_worker": ({"收件箱", "网格今日", "全部事项", "信件"}, set[str]()),
    "enforcer": ({"收件箱", "全部事项", "规则", "信件"}, {"网格今日", "登记簿", "总览"}),
}


@pytest.mark.parametrize("part", sorted(DOORS))
def test_the_navigation_shows_only_doors_one_may_open(world: World, part: str) -> None:
    actor: Actor = world.cast[part]
    nav = desks.text(desks.see("", by=actor)).split('class="doors-bar"')[1].split("</nav>")[0]
    there, away = DOORS[part]
    assert {door for door in there | away if f"<span>{door}</span>" in nav} == there
