"""Saying what one thinks on the phone, one statement at a time, and seeing the map of all (观点)."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from linli.bodies.actor import Actor
from linli.config import cli
from linli.deliberation import soundings
from linli.deliberation.actions import sounding, voicing
from linli.deliberation.choices import Said
from linli.deliberation.models import Sounding, Stance, Topic
from tests.deliberation import topics
from tests.deliberation.topics import Council
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("C14")]
Enter = Callable[[Actor], Client]
ASKING, SAYING, MAP = 21, 24, 15
SENTENCES = tuple(f"第 {number} 个想法：空地可以这样用" for number in range(1, 9))
AGREED, OPPOSED = [Said.AGREE] * 8, [Said.AGREE, *[Said.DISAGREE] * 7]


@pytest.fixture
def council(world: World) -> Council:
    return topics.gather(world)


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]  # a response of the test client


def voted_on(council: Council, *sizes: int) -> Topic:
    """Let groups of so many people agree, and the later ones disagree with all but the first."""
    topic = topics.sounded(council)
    people = topics.neighbours(2 + sum(sizes))
    for place, words in enumerate(SENTENCES):
        voicing.add(topics.sit(topic, people[place % 2]), words)
    start = 2
    for size, said in zip(sizes, (AGREED, OPPOSED), strict=False):
        topics.voted(topic, people[start : start + size], said)
        start += size
    return topic


def test_a_neighbour_adds_and_another_answers_one_after_the_other(council: Council, enter: Enter) -> None:
    topic = topics.sounded(council)
    here = f"/topics/{topic.matter.number}/opinions/"
    maker = enter(council.world.resident)
    for words in SENTENCES[:2]:
        assert maker.post(f"{here}add/", {"words": words}).status_code == 302
    assert "我提的观点" in text_of(maker.get(f"{here}mine/"))
    other = enter(council.world.neighbour)
    for words in SENTENCES[:2]:
        page = text_of(other.get(here))
        assert words in page
        assert all(word in page for word in ("同意", "不同意", "说不清"))
        (key,) = (key for key, told in soundings.words_of(topic).items() if told == words)
        other.post(f"{here}{key}/", {"said": "1"})
    assert "现在没有要您表态的" in text_of(other.get(here))
    other.post(f"{here}{key}/", {"said": "-1"})
    assert "您上次说的是：不同意" in text_of(other.get(f"{here}{key}/"))
    assert SENTENCES[1] in text_of(other.get(f"{here}mine/"))


def test_what_is_refused_says_why_and_changes_nothing(council: Council, enter: Enter) -> None:
    topic = topics.sounded(council)
    here = f"/topics/{topic.matter.number}/opinions/"
    answer = enter(council.world.resident).post(f"{here}add/", {"words": "找张师傅 13907140000"})
    assert answer.status_code == 422
    assert "观点人人看得到" in text_of(answer)
    made = voicing.add(topics.sit(topic, council.world.resident), SENTENCES[0])
    stranger = enter(council.world.stranger)
    assert "您登记的都不在这里" in text_of(stranger.get(here))
    assert stranger.post(f"{here}{made.pk}/", {"said": "1"}).status_code == 422
    enter(council.world.neighbour).post(f"{here}{made.pk}/", {"said": "7"})
    assert not Stance.objects.exists()


def test_who_is_not_signed_in_reads_and_is_asked_to_sign_in(council: Council, client: Client) -> None:
    topic = topics.sounded(council)
    here = f"/topics/{topic.matter.number}/opinions/"
    assert "登录后表态" in text_of(client.get(here))
    assert "/accounts/login/" in client.post(f"{here}add/", {"words": "种树"}).headers["Location"]
    assert "说说您的看法" in text_of(client.get(f"/topics/{topic.matter.number}/"))


def test_there_is_no_page_where_nothing_was_gathered(council: Council, client: Client) -> None:
    topic = topics.talked_over(council)
    here = f"/topics/{topic.matter.number}/"
    for page in ("opinions/", "map/", "map/file/"):
        assert client.get(f"{here}{page}").status_code == 404
    assert "观点图" not in text_of(client.get(here))


def test_the_map_says_in_words_what_it_shows_and_what_it_is_not(council: Council, client: Client) -> None:
    topic = voted_on(council, 10, 6)
    sounding.draw_due(at=TUESDAY)
    page = text_of(client.get(f"/topics/{topic.matter.number}/map/"))
    assert "这不是表决，不决定任何事" in page
    assert "第一组（10 人）" in page
    assert "第二组（6 人）" in page
    assert page.count('<circle class="dot-1"') == 10 + 2
    assert '<span class="number">16</span> 人表态' in page
    assert all(one.name not in page for one in topics.neighbours(1))
    assert client.get(f"/topics/{topic.matter.number}/map/file/").status_code == 404


def test_of_four_people_nothing_is_shown(council: Council, client: Client) -> None:
    topic = voted_on(council, 4)
    sounding.draw_due(at=TUESDAY)
    page = text_of(client.get(f"/topics/{topic.matter.number}/map/"))
    assert "表过态的不足 5 人" in page
    assert "dot-1" not in page


def test_anybody_draws_the_map_again_from_the_published_file(
    council: Council, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = voted_on(council, 10, 6)
    sounding.close_sounding(topics.sit(topic, council.head))
    answer = client.get(f"/topics/{topic.matter.number}/map/file/")
    told = json.loads(answer.content)
    assert len(told["votes"]) == 16
    assert "住户" not in text_of(answer)
    file = tmp_path / "map.json"
    file.write_bytes(answer.content)
    monkeypatch.setattr("sys.argv", ["linli", "regroup", str(file)])
    assert cli.main() == 0
    told["outcome"]["groups"][0]["size"] += 1
    file.write_text(json.dumps(told), encoding="utf-8")
    assert cli.main() == 1
    file.write_text("[]", encoding="utf-8")
    assert cli.main() == 1


@pytest.mark.parametrize("people", [6, 18])
def test_pages_cost_the_same_however_many_voted(
    council: Council, enter: Enter, people: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    topic = voted_on(council, people)
    sounding.draw_due(at=TUESDAY + timedelta(hours=1))
    here = f"/topics/{topic.matter.number}/"
    neighbour = enter(council.world.neighbour)
    (key, *_) = soundings.words_of(topic)
    for address, reader, most in (("opinions/", neighbour, ASKING), ("map/", Client(), MAP)):
        reader.get(f"{here}{address}")
        with django_assert_max_num_queries(most):
            reader.get(f"{here}{address}")
    with django_assert_max_num_queries(SAYING):
        neighbour.post(f"{here}opinions/{key}/", {"said": "1"})
    assert Sounding.objects.get().votes == people * 8 + 1


def test_the_page_of_a_topic_costs_nothing_more_for_opinions(council: Council, client: Client) -> None:
    without, having = topics.talked_over(council), voted_on(council, 6)
    costs = []
    for topic in (without, having):
        client.get(f"/topics/{topic.matter.number}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/topics/{topic.matter.number}/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
