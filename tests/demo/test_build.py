"""The demo of each place is told through real acts and stands where its stories say (演示)."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client

from linli.demo.build import build_one
from linli.demo.script import read_stories
from linli.matters import queries as matters
from linli.matters import tally
from linli.rulebook import queries as rulebook

AT = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PACKS = sorted(path.parent.parent.name for path in Path(settings.PACKS).glob("*/demo/stories.toml"))


@pytest.mark.django_db
@pytest.mark.parametrize("pack", PACKS)
def test_every_story_stands_where_it_says(pack: str) -> None:
    told = build_one(rulebook.current(pack), at=AT)
    stories = read_stories(Path(settings.PACKS) / pack / "demo")
    standing = {matter.title: (matter.step, matter.level) for matter in matters.of_pack(pack)}
    assert told == len(stories)
    assert {story.title: (story.ends.step, story.ends.level) for story in stories} == standing
    assert tally.standing() == tally.recount()


@pytest.mark.django_db
def test_without_the_demo_nobody_enters_without_a_password(client: Client) -> None:
    assert not settings.LINLI_DEMO
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/enter/", {"username": "anybody"}).status_code == 404
