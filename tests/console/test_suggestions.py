"""How good the suggestions are, through their page."""

import pytest
from django.test import Client
from django_q.models import OrmQ

from linli.learning import actions
from linli.learning.choices import Question
from linli.learning.seeing import words_of
from linli.methods.lesson import Lesson
from linli.people import actions as people
from tests import make
from tests.world import TUESDAY, World

PAGE = "/desk/suggestions/"


@pytest.fixture
def keeper(world: World) -> Client:
    client = Client()
    client.force_login(people.open_account(people.enrol(name="站长"), username="keeper", runs_site=True))
    return client


def test_before_anything_was_learned_the_page_says_what_will_happen(keeper: Client) -> None:
    assert "还没有学过" in keeper.get(PAGE).content.decode()


def test_the_score_on_what_was_held_back_stands_on_the_page(world: World, keeper: Client) -> None:
    told = [
        Lesson(words_of(words, words), key) for words, key in (("太黑", "street_light"), ("太吵", "noise"))
    ]
    actions.learn(world.edition.key, Question.CATEGORY, lessons=told * 30, at=TUESDAY)
    page = keeper.get(PAGE).content.decode()
    assert "<td>60</td><td>12</td><td>100%</td>" in page


def test_learning_anew_is_a_job(world: World, keeper: Client) -> None:
    answer = keeper.post(f"{PAGE}{world.edition.key}/learn/", follow=True)
    assert "已交给后台学习" in answer.content.decode()
    assert OrmQ.objects.count() == 1


def test_a_pack_one_does_not_keep_is_not_there(keeper: Client) -> None:
    assert keeper.post(f"{PAGE}elsewhere/learn/").status_code == 404


def test_whoever_keeps_nothing_finds_no_such_page(world: World) -> None:
    client = Client()
    client.force_login(make.account(world.grid_worker))
    assert client.get(PAGE).status_code == 404
