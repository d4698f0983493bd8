"""The demo of each place is told through real acts; everybody who leads it has something to do (演示)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from linli.bodies import queries as bodies
from linli.campaigns import queries as campaigns
from linli.deliberation import queries as deliberation
from linli.demo.build import build_one
from linli.demo.doors import doors
from linli.demo.script import ClusterPart, StoriesFile, leading, read_clusters, read_stories, read_topics
from linli.insight import hot
from linli.matters import queries as matters
from linli.matters import tally
from linli.people import queries as people
from linli.places import queries as places
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

AT = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PACKS = sorted(path.parent.parent.name for path in Path(settings.PACKS).glob("*/demo/stories.toml"))
FEWEST, MOST = 2, 8


@dataclass(frozen=True, slots=True)
class Demo:
    """One place's demo as it was built, and what its files say."""

    pack: str
    cases: int
    says: StoriesFile
    clusters: tuple[ClusterPart, ...]


@pytest.fixture(scope="module", params=PACKS)
def demo(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Demo]:
    """Build one place's demo once for all that is asked of it; nothing of it stays."""
    pack = request.param
    with django_db_blocker.unblock(), transaction.atomic():
        cases = build_one(rulebook.current(pack), at=AT)
        folder = Path(settings.PACKS) / pack / "demo"
        yield Demo(pack, cases, read_stories(folder), read_clusters(folder))
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_every_story_stands_where_it_says(demo: Demo) -> None:
    own = matters.every().filter(pack=demo.pack)
    standing = {matter.title: (matter.step, matter.level) for matter in own}
    said = {story.title: (story.ends.step, story.ends.level) for story in demo.says.story}
    assert said == {title: stand for title, stand in standing.items() if title in said}


@pytest.mark.django_db
def test_ordinary_cases_are_closed_in_time_save_those_that_say_so(demo: Demo) -> None:
    known = {matter.title: matter for matter in matters.every().filter(pack=demo.pack)}
    told = {telling.title: part.late for part in demo.says.ordinary for telling in part.told}
    ended = {title: known[title] for title in told if known[title].closed_at}
    assert {title: _was_late(matter) for title, matter in ended.items()} == told
    own = len(demo.says.story) + len(told)
    own += sum(len(one.story) + bool(one.campaign) for one in demo.clusters)
    own += len(read_topics(Path(settings.PACKS) / demo.pack / "demo"))
    assert demo.cases == len(known) == own


@pytest.mark.django_db
@pytest.mark.req("X13")
def test_what_recurs_surfaces_and_is_taken_up(demo: Demo) -> None:
    hot.find(at=AT)
    root = places.roots().get(pack=demo.pack)
    surfaced = {(one.place.key, one.category) for one in hot.standing(root.path)}
    told = [one.campaign for one in demo.clusters if one.campaign]
    assert {(f"{demo.pack}.{one.place}", one.category) for one in told} <= surfaced
    running = {one.matter.title: one for one in campaigns.within(root.path)}
    assert set(running) == {one.title for one in told}
    assert all(one.matter.step == "carried_out" for one in running.values())
    assert all(len(campaigns.included(one)) > hot_least(demo.pack) for one in running.values())


def hot_least(pack: str) -> int:
    return rulebook.current(pack).hot.at_least


@pytest.mark.django_db
@pytest.mark.req("X8", "L1", "L5", "C14", "Y14")
def test_every_topic_stands_where_it_says(demo: Demo) -> None:
    told = read_topics(Path(settings.PACKS) / demo.pack / "demo")
    root = places.roots().get(pack=demo.pack)
    topics = {one.matter.title: one.matter.step for one in deliberation.within(root.path)}
    assert {part.title: part.until for part in told} == topics
    assert told


@pytest.mark.django_db
@pytest.mark.req("G6")
def test_a_covenant_is_laid_before_the_households_with_its_words(demo: Demo) -> None:
    root = places.roots().get(pack=demo.pack)
    signing = [one for one in deliberation.within(root.path) if matters.step_of(one.matter).signs]
    assert len(signing) == (demo.pack == "gusu")
    assert all(one.opinion and one.covenant.text == one.opinion for one in signing)


def test_every_community_has_cases(demo: Demo) -> None:
    edition = rulebook.current(demo.pack)
    root = places.roots().get(pack=demo.pack)
    communities = places.spots_within(root.path, kinds=edition.levels[1].place_kinds)
    assert communities
    assert [spot.name for spot in communities if not matters.within(spot.path).exists()] == []


@pytest.mark.django_db
def test_everybody_who_leads_has_something_to_do(demo: Demo) -> None:
    [doorway] = doors(on=AT.date())
    lines = {door.words: _lines(door.username) for door in doorway.leading}
    assert len(lines) == len(leading(Path(settings.PACKS) / demo.pack / "demo"))
    assert {words: count for words, count in lines.items() if not FEWEST <= count <= MOST} == {}


@pytest.mark.django_db
def test_the_counts_equal_a_recount(demo: Demo) -> None:
    assert demo.cases
    assert tally.standing() == tally.recount()


@pytest.mark.django_db
def test_without_the_demo_nobody_enters_without_a_password(client: Client) -> None:
    assert not settings.LINLI_DEMO
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/enter/", {"username": "anybody"}).status_code == 404


def _was_late(matter: "Matter") -> bool:
    assert matter.answered_at
    assert matter.due_at
    return matter.answered_at > matter.due_at


def _lines(username: str) -> int:
    account = people.account_named(username)
    assert account is not None
    actor = bodies.actor(person_id=account.person_id, name=username, on=AT.date())
    return matters.inbox(actor).count()
