"""A covenant as a paper: signed by how many, since when, and where a breach is told (公约)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from linli.bodies.actor import Actor
from linli.deliberation.models import Covenant, Topic
from tests import make
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


def hold(topic: Topic) -> None:
    """Let a covenant be in force."""
    Covenant.objects.create(
        topic=topic,
        place_id=spots("tonghua_e1")[-1].id,
        text="不堆杂物。",
        needed=3,
        signed=4,
        in_force_at=TUESDAY,
    )


def test_a_breach_is_reported_from_the_covenant_and_counted_on_its_page(
    world: World, client: Client, enter: Callable[[Actor], Client]
) -> None:
    topic = topics.propose(world.resident, title="楼道公约")
    number = topic.matter.number
    hold(topic)
    assert "没有人反映不遵守" in text_of(client.get(f"/covenants/{number}/"))
    form = text_of(enter(world.neighbour).get(f"/p/{HOME}/report/?covenant={number}"))
    assert f"有人没有遵守《楼道公约》（{number}）：" in form
    assert f'name="covenant" value="{number}"' in form
    said = {
        "kind": "complaint",
        "words": f"有人没有遵守《楼道公约》（{number}）：三楼堆纸箱。",
        "looked": "on",
    }
    sent = client.post(f"/p/{HOME}/report/", {**said, "covenant": number})
    assert sent.status_code == 302
    page = text_of(client.get(f"/covenants/{number}/"))
    assert '反映没有遵守的 <b class="number">1</b> 件，已经办结 <b class="number">0</b> 件' in page


def test_whoever_joins_what_a_neighbour_reported_reports_a_breach_too(world: World, client: Client) -> None:
    topic = topics.propose(world.resident, title="楼道公约")
    hold(topic)
    standing = make.report(world, by=world.neighbour, is_public=True, at=TUESDAY)
    number = topic.matter.number
    said = {"kind": "complaint", "words": "三楼堆纸箱。", "join": standing.number, "covenant": number}
    assert client.post(f"/p/{HOME}/report/", said).status_code == 302
    assert '反映没有遵守的 <b class="number">1</b> 件' in text_of(client.get(f"/covenants/{number}/"))


def test_a_number_that_is_no_covenant_leaves_the_form_as_it_is(world: World, client: Client) -> None:
    form = text_of(client.get(f"/p/{HOME}/report/?covenant=LL-1"))
    assert "没有遵守" not in form


def test_a_covenant_itself_is_not_offered_as_the_same_trouble(world: World, client: Client) -> None:
    topic = topics.propose(world.resident, title="楼道公约", words="不在楼道堆纸箱、停电动车。")
    said = {"kind": "complaint", "words": "有人没有遵守《楼道公约》：三楼在楼道堆纸箱、停电动车。"}
    page = text_of(client.post(f"/p/{HOME}/report/similar/", said))
    assert topic.matter.number not in page
    assert "楼道公约" not in page
