"""Topics and notices on the staff door: chosen by method, led step by step, refused with reason (议题)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.deliberation import queries
from linli.disclosure import queries as disclosure
from linli.matters import queries as matters
from tests import make
from tests.console.desks import browser, see, text
from tests.deliberation import topics
from tests.deliberation.topics import Council
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("X8", "L5")]
PAGE_QUERIES = 24
LIST_QUERIES = 12


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Stop the clock of the pages; what is appended is the next instant."""
    instants = [TUESDAY]
    monkeypatch.setattr("django.utils.timezone.now", lambda: instants[-1])
    return instants


@pytest.fixture
def council(world: World, clock: list[datetime]) -> Council:
    return topics.gather(world)


def post(path: str, *, by: Any, **said: Any) -> Any:
    return browser(by).post(f"/desk/{path}", said)


def raised(council: Council, **said: Any) -> Any:
    """Let the secretary raise a topic on the page of the estate."""
    path = spots("tonghua_e1")[-1].path
    told = {"title": "清出空地", "words": topics.WORDS, "procedure": "six_steps"} | said
    return browser(council.world.secretary).post(f"/desk/topics/new/?within={path}", told)


def test_a_topic_is_raised_under_a_method_that_was_chosen(council: Council) -> None:
    page = text(see("topics/new/", by=council.world.secretary, within=spots("tonghua_e1")[-1].path))
    assert "六步协商" in page
    assert "提出协商议题 → 确定协商主体" in page
    answer = raised(council)
    (topic,) = queries.within(spots("tonghua")[-1].path)
    assert answer.headers["Location"] == f"/desk/topics/{topic.matter.number}/"
    assert "清出空地" in text(see("topics/", by=council.world.secretary))


def test_what_was_typed_stays_when_something_is_missing(council: Council) -> None:
    answer = raised(council, title="")
    assert answer.status_code == 422
    assert topics.WORDS in text(answer)


def test_a_case_becomes_a_topic_and_says_so(council: Council) -> None:
    world = council.world
    case = make.report(world)
    beside = text(see(f"m/{case.number}/similar/", by=world.secretary, htmx=True))
    assert f"case={case.number}" in beside
    path = spots("tonghua_e1")[-1].path
    browser(world.secretary).post(
        f"/desk/topics/new/?within={path}&case={case.number}",
        {"title": "换盖板", "words": "商量换哪种盖板。", "procedure": "six_steps"},
    )
    (topic,) = queries.out_of(case.pk)
    beside = text(see(f"m/{case.number}/similar/", by=world.secretary, htmx=True))
    assert topic.matter.number in beside
    assert case.number in text(see(f"topics/{topic.matter.number}/", by=world.secretary))


def test_the_page_leads_step_by_step_and_says_why_not(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    here = f"topics/{topic.matter.number}/"
    page = text(see(here, by=council.world.secretary))
    assert "直接列为议题" in page
    post(f"{here}act/take_in/", by=council.world.secretary, seen=0)
    page = text(see(here, by=council.director))
    assert "确定协商主体" in page
    refused = post(f"{here}act/conclude/", by=council.head, words="同意")
    assert refused.status_code == 422
    assert "要到「开展协商活动」" in text(refused)


def test_participants_are_chosen_from_bodies_and_words(council: Council) -> None:
    topic = topics.propose(council.world.secretary)
    topics.step(topic, "take_in", council.world.secretary)
    here = f"topics/{topic.matter.number}/act/name_participants/"
    empty = post(here, by=council.director, others="", words="")
    assert empty.status_code == 422
    assert "还没有写协商主体" in text(empty)
    post(here, by=council.director, others="3 栋住户\n门卫", bodies=[council.world.enforcement], words="")
    names = {one.name for one in queries.participants(topic)}
    assert {"3 栋住户", "门卫"} < names
    assert len(names) == 3


def test_a_task_is_set_and_reported_on_the_page(council: Council, clock: list[datetime]) -> None:
    world, topic = council.world, topics.propose(council.world.secretary)
    topics.step(topic, "take_in", world.secretary)
    topics.named(topic, council)
    topics.step(topic, "announce", council.director)
    later = TUESDAY + timedelta(days=1)
    topics.hold(topics.convene(topic, council, at=TUESDAY), council, at=later)
    topics.step(topic, "conclude", council.head, at=later)
    clock.append(later)
    here = f"topics/{topic.matter.number}/"
    post(
        f"{here}act/add_task/",
        by=council.director,
        title="清杂物",
        body=world.enforcement,
        due_on="2026-12-20",
    )
    (task,) = queries.tasks(topic)
    assert "报告任务进展" in text(see(here, by=world.enforcer))
    post(f"{here}act/report_task/", by=world.enforcer, task=task.pk, words="清完了。", is_done="on")
    (task,) = queries.tasks(topic)
    assert task.done_at == later


def test_a_page_costs_the_same_however_much_happened(council: Council) -> None:
    topic = topics.propose(council.world.resident)
    topics.supported(topic, times=3)
    browser_ = browser(council.world.secretary)
    browser_.get(f"/desk/topics/{topic.matter.number}/")
    with CaptureQueriesContext(
        connection,
    ) as first:
        browser_.get(f"/desk/topics/{topic.matter.number}/")
    topics.supported(topic, times=6)
    with CaptureQueriesContext(connection) as then:
        browser_.get(f"/desk/topics/{topic.matter.number}/")
    assert len(first) == len(then)
    assert len(then) <= PAGE_QUERIES


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_costs_the_same_however_many_there_are(council: Council, number: int) -> None:
    for turn in range(number):
        topics.propose(council.world.secretary, title=f"议题 {turn}")
    browser_ = browser(council.world.secretary)
    browser_.get("/desk/topics/")
    with CaptureQueriesContext(connection) as asked:
        browser_.get("/desk/topics/")
    assert len(asked) <= LIST_QUERIES


def test_affairs_are_published_for_the_days_of_the_law_and_objections_answered(council: Council) -> None:
    world = council.world
    page = text(see("notices/new/", by=world.secretary))
    assert "公示不少于 15 日" in page
    post(
        "notices/new/",
        by=world.secretary,
        kind="finance",
        title="三季度收支",
        words="收入 3 万元，支出 2 万元。",
    )
    (notice,) = disclosure.board(spots("tonghua")[-1].path, at=TUESDAY)
    browser(world.resident).post(f"/notices/{notice.number}/object/", {"words": "少了一笔。"})
    page = text(see(f"notices/{notice.number}/", by=world.secretary))
    assert "少了一笔。" in page
    (objection,) = disclosure.objections(notice)
    said = {"objection": objection.pk, "words": "已补上。"}
    unruled = post(f"notices/{notice.number}/act/answer/", by=world.secretary, **said)
    assert "还没有选异议成立还是不成立" in text(unruled)
    said |= {"is_upheld": "yes"}
    post(f"notices/{notice.number}/act/answer/", by=world.secretary, **said)
    assert disclosure.is_upheld([notice.pk])
    post(
        f"notices/{notice.number}/act/correct/",
        by=world.secretary,
        words="收入 3 万零 200 元。",
        reason="补一笔",
    )
    (fresh,) = disclosure.board(spots("tonghua")[-1].path, at=TUESDAY)
    assert fresh.replaces_id == notice.pk


def test_a_grid_worker_sees_to_no_notices(council: Council) -> None:
    assert see("notices/new/", by=council.world.grid_worker).status_code == 404
    assert matters.of_number("nothing") is None
