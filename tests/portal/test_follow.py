"""Following a matter by its secret link, and its public face."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import Actor
from linli.cases.actions.stepping import Said
from tests import make
from tests.portal.conftest import text_of
from tests.world import TUESDAY, World


@pytest.mark.req("X13")
def test_every_step_says_who_must_do_what_by_when_and_under_which_rule(world: World, client: Client) -> None:
    matter = make.taken_on(world)
    page = text_of(client.get(f"/s/{matter.token}/"))
    assert 'aria-current="step"' in page
    assert "街道综合执法中心应在 12月1日 周二 17:30 前完成「协同处置」" in page
    assert f'href="/rules/{matter.pack}/XXL-1/"' in page


def test_the_stations_lead_straight_to_the_end(world: World, client: Client) -> None:
    page = text_of(client.get(f"/s/{make.report(world).token}/"))
    line = page[page.index("data-stations") :]
    line = line[: line.index("</ol>")]
    assert "居民评价" in line
    assert "社区呼叫" not in line[line.index("居民评价") :]


def test_a_long_way_is_read_page_by_page_and_keeps_its_stations(world: World, client: Client) -> None:
    matter = make.taken_on(world)
    for number in range(24):
        make.act(matter, "add_words", by=world.dispatcher, at=TUESDAY, said=Said(f"第 {number} 次补充。"))
    newest = text_of(client.get(f"/s/{matter.token}/"))
    assert '诉求受理</b><span class="away">（已完成）' in newest
    assert newest.count("timeline-entry") == 20
    (place,) = re.findall(r"\?before=(\d+)", newest)
    oldest = text_of(client.get(f"/s/{matter.token}/?before={place}"))
    assert oldest.count("timeline-entry") == 7
    assert "提出" in oldest
    assert "提出" not in newest


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "²"])
def test_a_wrong_place_in_the_way_shows_the_newest(world: World, client: Client, before: str) -> None:
    page = text_of(client.get(f"/s/{make.report(world).token}/?before={before}"))
    assert "timeline-entry" in page


@pytest.mark.parametrize("token", ["nothing", "aaaaaaaaaaaa"])
def test_a_link_that_was_never_given_is_a_missing_page(world: World, client: Client, token: str) -> None:
    assert client.get(f"/s/{token}/").status_code == 404


def test_the_answer_is_shown_and_what_offices_say_among_themselves_is_not(
    world: World, client: Client
) -> None:
    matter = make.returned(world)
    make.act(
        matter, "reject_return", by=world.street_dispatcher, at=TUESDAY + timedelta(minutes=40),
        said=Said("权责清单写得很清楚。"),
    )  # fmt: skip
    make.act(matter, "take_on", by=world.enforcer, at=TUESDAY + timedelta(minutes=50))
    make.act(
        matter, "finish", by=world.enforcer, at=TUESDAY + timedelta(minutes=60), said=Said("盖板换好了。")
    )
    page = text_of(client.get(f"/s/{matter.token}/"))
    assert "盖板换好了。" in page
    assert "权责清单写得很清楚。" not in page


@pytest.mark.req("X13")
def test_a_resident_rates_and_confirms_without_an_account(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = make.verified(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY + timedelta(minutes=80))
    back = f"/s/{matter.token}/"
    for act, said in (("rate", {"score": "5", "words": "很快"}), ("confirm", {})):
        sent = {"seen": str(make.fresh(matter).turn), "back": back} | said
        answer = client.post(f"/m/{matter.number}/act/{act}/?token={matter.token}", sent)
        assert answer.headers["Location"] == back
    page = text_of(client.get(back))
    assert make.fresh(matter).closed_at is not None
    assert "您的评价" in page
    assert "已经办结" in page


@pytest.mark.req("X13")
def test_an_unhappy_resident_reopens_within_the_packs_days(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = make.closed(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY + timedelta(hours=3))
    page = text_of(client.get(f"/s/{matter.token}/"))
    assert f"/m/{matter.number}/act/reopen/?token={matter.token}" in page
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY + timedelta(days=90))
    page = text_of(client.get(f"/s/{matter.token}/"))
    assert "重新办理应在办结后" in page


def test_the_public_page_shows_the_masked_face_only(world: World, client: Client) -> None:
    matter = make.handled(
        world,
        is_public=True,
        words="我叫张伟，1栋301的水管漏了。",
        contact_name="张伟",
        contact_phone="13812345678",
    )
    page = text_of(client.get(f"/m/{matter.number}/"))
    assert make.ANSWER in page
    assert 'class="qr"' in page
    for secret in ("张伟", "1栋301", "13812345678", matter.token):
        assert secret not in page


def test_a_matter_that_is_not_public_has_no_public_page(world: World, client: Client) -> None:
    assert client.get(f"/m/{make.report(world).number}/").status_code == 404
    assert client.get("/m/XXL-2026-999999/").status_code == 404


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [("resident", "/s/"), ("dispatcher", "/desk/m/"), ("stranger", ""), ("other_dispatcher", "")],
)
def test_parties_and_offices_find_their_own_page_from_the_public_one(
    world: World, enter: Callable[[Actor], Client], who: str, leads_to: str
) -> None:
    matter = make.report(world, is_public=True)
    page = text_of(enter(world.cast[who]).get(f"/m/{matter.number}/"))
    assert ("打开这件事的完整页面" in page) is bool(leads_to)
    assert leads_to in page


def test_a_followed_matter_costs_fourteen_queries_at_every_step(world: World, client: Client) -> None:
    rated = make.verified(world)
    make.act(rated, "rate", by=world.resident, at=TUESDAY + timedelta(minutes=80), score=4)
    for matter in (make.report(world), make.taken_on(world), rated, make.closed(world)):
        client.get(f"/s/{matter.token}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/s/{matter.token}/")
        assert len(asked) <= 14, "\n".join(one["sql"][:110] for one in asked)
