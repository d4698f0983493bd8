"""Choosing one's neighbourhood, and being led straight to it afterwards."""

import pytest
from django.test import Client

from tests.portal.conftest import HOME, text_of
from tests.world import PACK, World


@pytest.mark.req("X13")
def test_the_tree_opens_from_street_to_community_to_estate(world: World, client: Client) -> None:
    closed = text_of(client.get("/"))
    assert "下陆区" in closed
    assert "新下陆街道" not in closed
    opened = text_of(client.get("/choose/", {"in": f"{PACK}.tonghua"}))
    assert "铜花一号小区" in opened
    assert "铜都花园" not in opened


def test_grids_are_looked_through(world: World, client: Client) -> None:
    assert "网格" not in text_of(client.get("/choose/", {"in": f"{PACK}.tonghua"}))


def test_a_place_is_found_by_its_name(world: World, client: Client) -> None:
    page = text_of(client.get("/choose/", {"q": "一号"}))
    assert "铜花一号小区" in page
    assert "新下陆街道 › 铜花社区" in page


def test_a_name_nobody_knows_says_what_to_do(world: World, client: Client) -> None:
    assert "没有找到「火星」" in text_of(client.get("/choose/", {"q": "火星"}))


def test_the_choice_is_remembered_and_can_be_changed(world: World, client: Client) -> None:
    assert client.post("/choose/", {"place": HOME}).headers["Location"] == f"/p/{HOME}/"
    assert client.get("/").headers["Location"] == f"/p/{HOME}/"
    assert "换一个地方" in text_of(client.get(f"/p/{HOME}/"))
    client.post("/choose/", {"place": f"{PACK}.tongdu_e1"})
    assert client.get("/").headers["Location"] == f"/p/{PACK}.tongdu_e1/"


@pytest.mark.parametrize("key", ["", "nowhere", f"{PACK}.nowhere"])
def test_a_place_that_is_not_there_is_a_missing_page(world: World, client: Client, key: str) -> None:
    assert client.post("/choose/", {"place": key}).status_code == 404


def test_a_remembered_place_that_is_gone_is_asked_for_anew(world: World, client: Client) -> None:
    client.cookies["place"] = f"{PACK}.gone"
    assert "您住在哪里" in text_of(client.get("/"))
