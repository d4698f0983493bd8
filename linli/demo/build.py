"""Filling an empty site with the five places of the seed documents (演示数据)."""

from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from linli.demo.cast import Cast
from linli.demo.deciding import Talk
from linli.demo.granting import read_grants, run_rounds
from linli.demo.housing import Housing
from linli.demo.ordinary import expand
from linli.demo.recurring import take_up
from linli.demo.script import (
    StoryPart,
    read_clusters,
    read_households,
    read_people,
    read_stories,
    read_topics,
)
from linli.demo.together import come_together, read_together
from linli.demo.walk import Walk
from linli.frame.clock import day_of
from linli.handoffs.sweep import sweep
from linli.insight import hot
from linli.pack.edition import Edition
from linli.record.actions import seal
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules

STEPS_OF_A_STORY = 16
MORNING = time(8, 40)


def build(*, at: datetime) -> int:
    """Install every pack with a demo and tell its stories; return how many matters there are (填入演示)."""
    told = sum(build_one(edition, at=at) for edition in rules.newest())
    hot.find(at=at)
    seal(at=at)
    return told


def build_one(edition: Edition, *, at: datetime) -> int:
    """Install one pack and tell its stories; return how many matters there are."""
    rulebook.install(edition, at=at)
    folder = Path(settings.PACKS) / edition.key / "demo"
    if not folder.exists():
        return 0
    cast, people, told = Cast(edition, on=day_of(at)), read_people(folder), read_stories(folder)
    cast.enrol(people)
    neighbours = cast.settle(told.neighbours)
    ordinary = expand(told.ordinary, edition=edition, people=people, neighbours=neighbours)
    stories = sorted((*told.story, *ordinary), key=lambda story: -story.days_ago)
    for place, story in enumerate(stories):
        _walk(story, cast, at=at, place=place).tell()
    clusters = read_clusters(folder)
    for cluster in clusters:
        walks = [_walk(story, cast, at=at, place=place) for place, story in enumerate(cluster.story)]
        for walk in walks:
            walk.tell()
        take_up(cluster, [walk.matter for walk in walks], cast=cast, neighbours=neighbours, at=at)
    topics = read_topics(folder)
    for part in topics:
        Talk(part, cast, until=at, at=at - timedelta(days=part.days_ago)).tell()
    Housing(cast).settle(read_households(folder))
    run_rounds(read_grants(folder), cast=cast, at=at)
    come_together(read_together(folder), cast=cast, at=at)
    sweep(at=at)
    return len(stories) + len(topics) + sum(len(one.story) + bool(one.campaign) for one in clusters)


def _walk(story: StoryPart, cast: Cast, *, at: datetime, place: int) -> Walk:
    start = _start(story, at=at, place=place)
    pace = min((at - start) / STEPS_OF_A_STORY, timedelta(hours=3))
    return Walk(story, cast, until=at, at=start, pace=pace)


def _start(story: StoryPart, *, at: datetime, place: int) -> datetime:
    """Spread the stories of a day over its morning; one of today begins a little while ago."""
    shift = timedelta(minutes=23 * place % 240)
    day = rules.calendar().localize(at - timedelta(days=story.days_ago))
    morning = datetime.combine(day.date(), MORNING, day.tzinfo) + shift
    return min(morning, at - timedelta(minutes=30 + place))
