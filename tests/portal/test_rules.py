"""Whatever is cited anywhere can be read at its own address."""

import pytest
from django.test import Client

from linli.portal import clauses
from linli.rulebook import queries as rulebook
from tests.portal.conftest import HOME, text_of
from tests.world import PACK, World

pytestmark = pytest.mark.django_db
PACKS = [edition.key for edition in rulebook.packs()]


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_in_force_has_its_page(client: Client, pack: str) -> None:
    page = text_of(client.get(f"/rules/{pack}/"))
    for key in rulebook.current(pack).rules:
        assert f'href="/rules/{pack}/{key}/"' in page


@pytest.mark.parametrize("pack", PACKS)
def test_every_step_of_a_procedure_leads_to_the_text_of_its_clause(client: Client, pack: str) -> None:
    page = text_of(client.get(f"/rules/{pack}/procedures/"))
    for procedure in rulebook.current(pack).procedures.values():
        assert procedure.title in page
        for step in procedure.steps:
            assert step.title in page
            assert not step.clause or f'href="/rules/{pack}/{step.clause.rule}/"' in page


@pytest.mark.req("N2")
@pytest.mark.parametrize(
    ("procedure", "step", "said"),
    [
        (
            "delegates_decision",
            "decided",
            [
                "由「居民代表会议」办",
                "开会：到会的代表人数须占应参加的三分之二以上",
                "通过：同意的代表人数须占到会的过半数",
            ],
        ),
        ("six_steps", "raised", ["5 人附议"]),
        ("six_steps", "shown", ["公示不少于 15 日"]),
        ("council_day", "carried", []),
    ],
)
def test_a_step_says_what_is_asked_of_a_meeting_a_vote_or_a_notice(
    client: Client, procedure: str, step: str, said: list[str]
) -> None:
    edition = rulebook.current(PACK)
    asked = [one.words for one in clauses.asked(edition, edition.procedures[procedure].step(step))]
    assert asked[: len(said)] == said
    assert bool(asked) is bool(said)
    page = text_of(client.get(f"/rules/{PACK}/procedures/"))
    assert all(one in page for one in asked)


def test_a_rule_says_which_meetings_stand_on_it(client: Client) -> None:
    page = text_of(client.get(f"/rules/{PACK}/RC-29/"))
    assert "「居民代表会议」开会：到会的代表人数须占应参加的三分之二以上" in page


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        pytest.param("D-1", "未核对原文", id="转述"),
        pytest.param("E-1", "已核对原文", id="读过原文"),
        pytest.param("XXL-1", "本地规定", id="本地"),
        pytest.param("XXL-21", "本地待核定", id="本地补的数"),
    ],
)
def test_a_rule_says_how_its_text_was_seen(client: Client, key: str, mark: str) -> None:
    rule = rulebook.current(PACK).rules[key]
    page = text_of(client.get(f"/rules/{PACK}/{key}/"))
    assert mark in page
    assert rule.clause.source in page


def test_a_rule_says_which_steps_use_it(client: Client) -> None:
    assert "「居民诉求接诉即办」的「诉求受理」这一步" in text_of(client.get(f"/rules/{PACK}/XXL-30/"))


def test_rules_are_found_by_their_words(client: Client) -> None:
    found = clauses.readings(rulebook.current(PACK), words="接诉即办")
    assert 0 < len(found) < len(rulebook.current(PACK).rules)
    page = text_of(client.get(f"/rules/{PACK}/", {"q": "接诉即办"}))
    assert all(one.rule.title in page for one in found)
    assert "没有提到「火星」的规则" in text_of(client.get(f"/rules/{PACK}/", {"q": "火星"}))


@pytest.mark.parametrize("address", ["/rules/nowhere/", f"/rules/{PACK}/NO-1/", "/rules/nowhere/procedures/"])
def test_a_rule_that_is_not_there_is_a_missing_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_remembered_place_opens_its_own_rules(world: World, client: Client) -> None:
    assert "选一个地方看它的规则" in text_of(client.get("/rules/"))
    client.cookies["place"] = HOME
    assert client.get("/rules/").headers["Location"] == f"/rules/{PACK}/"


@pytest.mark.req("X24", "N6")
def test_help_names_the_telephones_the_channel_of_complaint_and_the_accessible_ways(
    world: World, client: Client
) -> None:
    client.cookies["place"] = HOME
    page = text_of(client.get("/help/"))
    assert world.edition.telephone in page
    assert "国办函〔2026〕12号" in page
    assert "无障碍环境建设法" in page
    assert "/complain/" in page
