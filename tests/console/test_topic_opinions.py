"""Staff begin to gather opinions, screen them without knowing whose, see the map, and close (征集观点)."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.bodies.actor import Actor
from linli.deliberation.actions import sounding, voicing
from linli.deliberation.choices import Said
from linli.deliberation.models import Sounding, Statement
from linli.insight import sessions
from tests.console.desks import browser, see, text
from tests.deliberation import topics
from tests.deliberation.topics import Council
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("C14")]
PAGE = 26


@pytest.fixture
def council(world: World, monkeypatch: pytest.MonkeyPatch) -> Council:
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)
    return topics.gather(world)


def post(topic: Any, act: str, *, by: Actor, **said: Any) -> Any:
    return browser(by).post(f"/desk/topics/{topic.matter.number}/opinions/{act}/", said)


def test_opinions_are_gathered_screened_and_closed_on_the_page(council: Council) -> None:
    topic = topics.talked_over(council)
    here = f"topics/{topic.matter.number}/"
    assert "征集观点" in text(see(here, by=council.head))
    assert "开始征集" in text(see(f"{here}opinions/", by=council.head))
    post(topic, "open", by=council.head, screened="on")
    topic.refresh_from_db()
    made = voicing.add(topics.sit(topic, council.world.resident), "种几棵桂花树。")
    page = text(see(f"{here}opinions/", by=council.head))
    assert "种几棵桂花树。" in page
    assert "待审" in page
    assert council.world.resident.name not in page
    refused = post(topic, "screen", by=council.head, statement=made.pk, shows="no", reason="")
    assert refused.status_code == 422
    assert "不公开要写理由" in text(refused)
    post(topic, "screen", by=council.head, statement=made.pk, shows="yes")
    assert Statement.objects.get().state == "shown"
    post(topic, "close", by=council.head)
    assert Sounding.objects.get().closed_at == TUESDAY
    assert "已结束" in text(see(f"{here}opinions/", by=council.head))


def test_who_does_not_lead_the_step_is_told_who_does(council: Council) -> None:
    topic = topics.talked_over(council)
    answer = post(topic, "open", by=council.director)
    assert answer.status_code == 422
    assert "由主持本步的人办" in text(answer)
    assert see(f"topics/{topic.matter.number}/opinions/", by=council.world.neighbour).status_code == 404
    assert post(topic, "screen", by=council.head, statement="x").status_code == 404
    assert not Sounding.objects.exists()


def test_what_all_agree_on_is_offered_for_the_agenda_and_the_draft(
    council: Council, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic = topics.sounded(council)
    makers = topics.neighbours(2)
    for number in range(8):
        voicing.add(topics.sit(topic, makers[number % 2]), f"第 {number} 个想法。")
    topics.voted(topic, topics.neighbours(10), [Said.AGREE] * 8)
    path = spots("tonghua")[-1].path
    assert not any(line.startswith("观点图：") for line in sessions.agenda(path, at=TUESDAY))
    sounding.draw_due(at=TUESDAY)
    assert f"观点图：清出 3 栋前的空地 {topic.matter.number}" in sessions.agenda(path, at=TUESDAY)
    here = f"topics/{topic.matter.number}/opinions/"
    desk = browser(council.head)
    desk.get(f"/desk/{here}")
    with django_assert_max_num_queries(PAGE):
        desk.get(f"/desk/{here}")
    topics.hold(topics.convene(topic, council, at=TUESDAY), council, at=TUESDAY)
    page = text(see(f"topics/{topic.matter.number}/", by=council.head))
    assert "大家都同意：第 0 个想法。（10 人表态，10 人同意）" in page
