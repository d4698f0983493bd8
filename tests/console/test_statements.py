"""How often a page of the staff door asks the database, however much there is (数据库往返)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from linli.cases.actions.stepping import Said
from linli.frame.clock import now
from linli.rulebook import queries as rulebook
from tests import make
from tests.console import desks
from tests.world import World

LIST, MATTER, FRESH = 8, 12, 11
# A way that does not fit on the page is asked once more, for the stations.
LONG = MATTER + 1
# A form that is sent, from the session to the end of the transaction.
TAKEN_IN, DISPATCHED, TAKEN_ON, FINISHED = 14, 17, 15, 19


@pytest.fixture(autouse=True)
def calendar_read_once(db: None) -> None:
    """Read the days of the calendar beforehand: a process does so once."""
    rulebook.calendar()


@pytest.mark.parametrize("part", ["dispatcher", "enforcer"])
@pytest.mark.parametrize("number", [1, 12], ids=["一件", "十二件"])
@pytest.mark.parametrize("path", ["", "all/?tab=all", "all/?kind=concern&order=routine&step=responded"])
def test_a_list_is_few_statements_however_long(
    world: World, part: str, number: int, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(number):
        make.dispatched(world, at=now() - timedelta(hours=hour), order="routine")
    client = desks.browser(world.cast[part])
    with django_assert_max_num_queries(LIST):
        client.get(f"/desk/{path}")


@pytest.mark.parametrize(("entries", "most"), [(0, MATTER), (30, LONG)], ids=["刚派单", "经过很长"])
def test_a_matter_is_few_statements_however_long_its_way(
    world: World, entries: int, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    matter = make.taken_on(world, at=now())
    for number in range(entries):
        make.act(matter, "add_words", by=world.enforcer, at=now(), said=Said(f"第 {number} 次补充。"))
    client = desks.browser(world.enforcer)
    with django_assert_max_num_queries(most):
        answer = client.get(f"/desk/m/{matter.number}/")
    assert desks.text(answer).count("timeline-entry") == min(entries + 3, 20)


def test_a_matter_asks_for_no_bodies_before_the_form_is_opened(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    matter = make.report(world, at=now())
    client = desks.browser(world.dispatcher)
    with django_assert_max_num_queries(FRESH):
        page = desks.text(client.get(f"/desk/m/{matter.number}/"))
    assert 'id="act-dispatch"' in page
    assert 'name="lead"' not in page


def test_a_form_comes_when_its_act_is_opened(world: World) -> None:
    matter = make.taken_on(world, at=now())
    page = desks.text(desks.see(f"m/{matter.number}/", by=world.enforcer))
    first, _, rest = page.partition('id="act-pause"')
    folded = rest.partition("</details>")[0]
    address = folded.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert 'id="act-finish"' in first
    assert "<form" not in folded
    assert f'href="{address.replace("&", "&amp;")}"' in folded
    client = desks.browser(world.enforcer)
    part = desks.text(client.get(address, headers={"HX-Request": "true"}))
    assert part.lstrip().startswith("<form")
    assert f'name="back" value="/desk/m/{matter.number}/"' in part
    whole = desks.text(client.get(address))
    assert "<h1>" in whole


def test_what_is_sent_is_few_statements(world: World) -> None:
    waiting, given, handled = make.report(world, at=now()), make.dispatched(world), make.taken_on(world)
    told = {"channel": "window", "kind": "help", "words": "楼道灯不亮。", "place": world.home[-1].key}
    sent = (
        (world.dispatcher, "/desk/taken-in/", told | {"looked": "1"}, TAKEN_IN),
        (world.dispatcher, f"/m/{waiting.number}/act/dispatch/", {"lead": world.enforcement}, DISPATCHED),
        (world.enforcer, f"/m/{given.number}/act/take_on/", {}, TAKEN_ON),
        (
            world.enforcer,
            f"/m/{handled.number}/act/finish/",
            {"words": "灯修好了，夜里看过。"},
            FINISHED,
        ),
    )
    for by, address, fields, most in sent:
        client = desks.browser(by)
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(address, fields)
        assert answer.status_code == 302, address
        own = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(own) <= most + connection.features.has_select_for_update, address
