"""Two people who tell the same trouble in their own words find each other (相似)."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.routing import guess_category
from linli.methods.similar import Report, groups, likest, shared_words
from linli.rulebook import queries as rulebook

PAIRS = tomllib.loads((Path(__file__).parent / "similar_pairs.toml").read_text(encoding="utf-8"))
TOLD: tuple[dict[str, str], ...] = tuple(PAIRS["pair"])
LAMP = Report(1, "5栋楼下的路灯坏了。", ("lighting",), ("street", "estate", "house"))
KEYS = st.text(alphabet="路灯坏了水管漏", min_size=1, max_size=12)


@cache
def kinds(words: str) -> tuple[str, ...]:
    """Guess the category as a form does, from the words a shipped pack lists."""
    (edition,) = (one for one in rulebook.newest() if one.key == "xinxialu")
    key = guess_category(edition, words=words)
    return () if edition.categories[key].is_fallback else (key, *edition.category_chain(key))


def reported(key: int, words: str, at: str) -> Report:
    return Report(key, words, kinds(words), ("community", *at.split("/")))


def asked_for() -> list[Report]:
    return [reported(key, pair["other"], pair["where"]) for key, pair in enumerate(TOLD)]


def standing() -> list[Report]:
    """What is open in the community: the other half of every pair, and what is about something else."""
    first = [reported(key, pair["one"], pair["at"]) for key, pair in enumerate(TOLD)]
    others = [
        reported(len(TOLD) + key, one["told"], one["at"]) for key, one in enumerate(PAIRS["distractor"])
    ]
    return first + others


def recall(asked: Sequence[Report], among: Sequence[Report], *, most: int) -> float:
    found = [one.key in {alike.key for alike in likest(one, among, most=most)} for one in asked]
    return sum(found) / len(found)


def bare(one: Report) -> Report:
    return replace(one, kinds=(), places=())


@pytest.mark.req("X13")
def test_the_pairs_are_enough_to_say_something() -> None:
    assert len(TOLD) >= 60
    assert len(PAIRS["distractor"]) >= 30


@pytest.mark.req("X13")
@pytest.mark.parametrize(
    ("strip", "most", "least"),
    [
        pytest.param(lambda one: one, 5, 0.90, id="字、地点、分类：前五"),
        pytest.param(lambda one: one, 1, 0.65, id="字、地点、分类：第一"),
        pytest.param(bare, 5, 0.75, id="只看字：前五"),
    ],
)
def test_the_same_trouble_is_among_the_likest(strip: Any, most: int, least: float) -> None:
    among = [strip(one) for one in standing()]
    assert recall([strip(one) for one in asked_for()], among, most=most) >= least


def test_something_else_in_the_same_house_is_not_offered() -> None:
    other = Report(2, "请问户口迁移在哪里办。", ("certificate",), LAMP.places)
    assert likest(LAMP, [other]) == ()


def test_the_same_words_are_liker_the_nearer_they_are_told() -> None:
    near, far = replace(LAMP, key=2), replace(LAMP, key=3, places=("street", "other", "court"))
    assert [one.key for one in likest(LAMP, [far, near])] == [2, 3]


def test_metres_bring_two_reports_of_different_places_together() -> None:
    here = replace(LAMP, spot=(0.0, 0.0))
    near = replace(LAMP, key=2, places=("street", "other", "court"), spot=(30.0, 40.0))
    far = replace(near, key=3, spot=(3000.0, 0.0))
    found = likest(here, [far, near])
    assert [(one.key, one.metres) for one in found] == [(2, 50), (3, 3000)]


def test_an_old_report_is_less_like_than_one_of_today() -> None:
    old, new = replace(LAMP, key=2, days_old=200.0), replace(LAMP, key=3)
    assert [one.key for one in likest(LAMP, [old, new])] == [3, 2]


def test_what_both_say_can_be_read_out() -> None:
    assert "路灯" in shared_words("5栋门前的路灯坏了三天。", "楼下路灯不亮，夜里看不见路。")
    assert shared_words("电梯停了。", "狗不拴绳。") == ()
    assert shared_words("晚上门前没有灯，老人怕摔。", "晚上门前堵车，老人出不来。") == ()


def test_alike_sayings_fall_into_one_group() -> None:
    told = ("路灯坏了没人修", "楼下路灯坏了", "污水井往外冒水", "路灯坏了三天", "井盖冒污水")
    found = groups([Report(key, words) for key, words in enumerate(told)], least=0.2)
    assert found == ((0, 1, 3), (2, 4))


@given(st.lists(KEYS, max_size=12), KEYS)
def test_scores_lie_between_none_and_whole_and_come_in_order(told: list[str], asked: str) -> None:
    found = likest(Report(-1, asked), [Report(key, words) for key, words in enumerate(told)], most=20)
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < one.score <= 1 and one.text <= 1.000001 for one in found)


@given(st.lists(KEYS, max_size=12), st.floats(0, 1))
def test_groups_hold_every_report_once(told: list[str], least: float) -> None:
    found = groups([Report(key, words) for key, words in enumerate(told)], least=least)
    assert sorted(key for group in found for key in group) == list(range(len(told)))
