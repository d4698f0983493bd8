from datetime import timedelta
from types import SimpleNamespace

import pytest
from django_q.models import OrmQ

from linli.cases import guessing
from linli.cases.queries import Decided
from linli.handoffs import lessons
from linli.learning import actions, queries
from linli.learning.choices import Question
from linli.learning.models import Learning
from linli.learning.seeing import words_of
from linli.methods.lesson import Lesson
from linli.rulebook import queries as rulebook
from tests import make
from tests.world import TUESDAY, World

WORDS = {"street_light": "楼道黑漆漆的看不见路", "noise": "深夜音响震得睡不着"}


def decided(times: int) -> list[Lesson]:
    """Tell of what people settled on, in words that no keyword of the pack knows."""
    told = [Lesson(words_of(words, words), key) for key, words in WORDS.items()]
    return told * times


def learn(world: World, times: int) -> None:
    actions.learn(world.edition.key, Question.CATEGORY, lessons=decided(times), at=TUESDAY)


def test_the_keywords_of_the_pack_are_all_there_is_at_first(world: World) -> None:
    guess = guessing.category(world.edition, words="井盖坏了")
    assert (guess.key, guess.confidence, guess.reasons) == ("manhole", None, ("「井盖」",))
    assert guess.because == "按关键词「井盖」判断"


def test_what_nobody_knows_falls_to_the_category_for_the_rest(world: World) -> None:
    assert guessing.category(world.edition, words="嗯").key == world.edition.fallback.key


@pytest.mark.parametrize("key", WORDS)
def test_what_people_settled_on_is_suggested_with_its_reason(world: World, key: str) -> None:
    learn(world, queries.ENOUGH_LESSONS)
    guess = guessing.category(world.edition, words=WORDS[key])
    assert guess.key == key
    assert guess.confidence is not None
    assert guess.confidence > 0.5
    assert guess.reasons


def test_one_lesson_too_few_and_the_keywords_decide(world: World) -> None:
    told = decided(queries.ENOUGH_LESSONS)
    pack = world.edition.key
    actions.learn(pack, Question.CATEGORY, lessons=told[: queries.ENOUGH_LESSONS - 1], at=TUESDAY)
    assert guessing.category(world.edition, words=WORDS["noise"]).confidence is None
    actions.learn(pack, Question.CATEGORY, lessons=told[: queries.ENOUGH_LESSONS], at=TUESDAY)
    assert guessing.category(world.edition, words=WORDS["noise"]).confidence is not None


def test_what_is_replaced_in_that_very_moment_suggests_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, night = decided(queries.ENOUGH_LESSONS), TUESDAY + timedelta(days=1)
    actions.learn(world.edition.key, Question.CATEGORY, lessons=told, at=night)
    found = queries._LAST.first(pack=world.edition.key, question=Question.CATEGORY)
    monkeypatch.setattr(queries, "_LAST", SimpleNamespace(first=lambda **_: found))
    Learning.objects.update(weights=None)
    guess = guessing.category(world.edition, words=WORDS["noise"])
    assert guess.confidence is None


def test_every_score_is_kept(world: World) -> None:
    learn(world, 40)
    learn(world, 60)
    found = queries.scores([world.edition.key])
    assert [one.lessons for one in found] == [120, 80]
    assert found[0].first == 1.0


def test_closed_cases_are_the_lessons_and_those_taken_back_are_not(world: World) -> None:
    make.closed(world)
    make.act(make.report(world), "withdraw", by=world.resident, at=TUESDAY + timedelta(minutes=5))
    make.report(world)
    (one,) = lessons.cases.decided(world.edition.key, most=9)
    assert isinstance(one, Decided)
    assert one.lead == world.enforcement


def test_a_corrected_category_is_what_is_learned(world: World) -> None:
    matter = make.report(world)
    make.act(matter, "reclassify", by=world.dispatcher, at=TUESDAY + timedelta(minutes=5), category="noise")
    done = timedelta(minutes=10)
    make.act(matter, "solve", by=world.dispatcher, at=TUESDAY + done)
    make.act(matter, "confirm", by=world.resident, at=TUESDAY + 2 * done)
    assert [one.category for one in lessons.cases.decided(world.edition.key, most=9)] == ["noise"]


def test_a_night_of_learning_goes_through_every_place(world: World) -> None:
    lessons.every_night()
    assert OrmQ.objects.count() == len(rulebook.packs())


def test_a_place_learns_from_what_it_closed(world: World) -> None:
    make.closed(world)
    lessons.learn_in(world.edition.key)
    assert queries.scores([world.edition.key])


def test_no_number_of_anybody_is_learned() -> None:
    seen = words_of("找王建国", "请打 13800138000 或 320102199001011234，车牌苏A12345")
    assert not any(sign.isdigit() for trait in seen for sign in trait)
