"""A covenant as a paper: signed by how many, since when, and where a breach is told (公约)."""

from datetime import date

import pytest
from django.test import Client

from linli.deliberation.models import Covenant
from tests.deliberation import topics
from tests.portal.conftest import HOME, text_of
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("G6")]


@pytest.mark.parametrize(
    ("affirm_by", "is_late"), [(date(2026, 11, 24), False), (date(2026, 11, 23), True)], ids=["当日", "次日"]
)
def test_a_covenant_prints_with_its_signatures_and_says_when_to_affirm_it(
    world: World, client: Client, affirm_by: date, is_late: bool
) -> None:
    topic = topics.propose(world.resident, title="楼道公约")
    Covenant.objects.create(
        topic=topic,
        place_id=spots("tonghua_e1")[-1].id,
        text="不在楼道充电。\n不堆杂物。",
        needed=3,
        signed=4,
        in_force_at=TUESDAY,
        affirm_by=affirm_by,
    )
    page = text_of(client.get(f"/covenants/{topic.matter.number}/"))
    assert "<p>不堆杂物。</p>" in page
    assert "2026年11月24日起生效" in page
    assert f"/p/{HOME}/report/" in page
    assert ("已经过了重申的日期" in page) is is_late
    assert f"/covenants/{topic.matter.number}/" in text_of(client.get(f"/p/{HOME}/part/"))


def test_what_is_not_in_force_is_no_covenant_yet(world: World, client: Client) -> None:
    topic = topics.propose(world.resident, title="楼道公约")
    assert client.get(f"/covenants/{topic.matter.number}/").status_code == 404
