"""Finding among what is public: only by what is shown (公开检索)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.frame.clock import now
from tests import make
from tests.portal.conftest import HOME, text_of
from tests.world import PACK, World

WORDS = "张伟先生家门口的路灯不亮。电话13812345678，住1栋2单元301室。"
QUERIES = 14


def page(client: Client, typed: str, *, key: str = HOME) -> str:
    """Return the results for anybody."""
    return text_of(client.get(f"/p/{key}/find/", {"q": typed}))


@pytest.mark.parametrize("typed", ["路灯", "路灯不亮", "门口 路灯", "一号小区 路灯"])
def test_a_public_matter_is_found_by_what_is_shown_of_it(world: World, client: Client, typed: str) -> None:
    matter = make.report(world, at=now(), is_public=True, words=WORDS, title="路灯不亮")
    assert matter.number in page(client, typed)


@pytest.mark.parametrize("typed", ["张伟", "13812345678", "3812", "301室"])
def test_nothing_is_found_by_what_was_masked(world: World, client: Client, typed: str) -> None:
    matter = make.report(world, at=now(), is_public=True, words=WORDS, contact_name="张伟")
    assert matter.number not in page(client, typed)


def test_what_is_not_public_is_not_found_by_words_or_number(world: World, client: Client) -> None:
    matter = make.report(world, at=now(), words=WORDS, is_public=False)
    assert matter.number not in page(client, "路灯")
    assert matter.number not in page(client, matter.number[-4:])
    assert client.get(f"/p/{HOME}/find/", {"q": matter.number}).status_code == 200


def test_what_was_taken_down_is_not_found(world: World, client: Client) -> None:
    matter = make.dispatched(world, at=now(), is_public=True, words=WORDS)
    make.act(matter, "unpublish", by=world.dispatcher, at=now())
    assert matter.number not in page(client, "路灯")


def test_a_number_leads_to_the_public_page(world: World, client: Client) -> None:
    matter = make.report(world, at=now(), is_public=True, words=WORDS)
    assert client.get(f"/p/{HOME}/find/", {"q": matter.number})["Location"] == f"/m/{matter.number}/"
    assert matter.number in page(client, matter.number[-4:])


def test_a_neighbouring_place_does_not_find_it(world: World, client: Client) -> None:
    matter = make.report(world, at=now(), is_public=True, words=WORDS)
    assert matter.number not in page(client, "路灯", key=f"{PACK}.tongdu")


def test_rules_are_found_and_nothing_says_what_to_do(world: World, client: Client) -> None:
    assert f"/rules/{PACK}/" in page(client, "延期")
    assert "换个说法" in page(client, "没有这样的东西")
    assert "想找什么" in page(client, "")


@pytest.mark.parametrize("typed", ["\x00路灯", "路灯' OR 1=1", "%", '"', "路灯*)"])
def test_what_somebody_types_stays_words(world: World, client: Client, typed: str) -> None:
    assert client.get(f"/p/{HOME}/find/", {"q": typed}).status_code == 200


def test_the_list_leads_to_the_search(world: World, client: Client) -> None:
    assert f'action="/p/{HOME}/find/"' in text_of(client.get(f"/p/{HOME}/matters/"))


@pytest.mark.parametrize("number", [1, 6], ids=["一件", "六件"])
def test_the_number_of_queries_does_not_grow_with_the_hits(world: World, client: Client, number: int) -> None:
    for _ in range(number):
        make.report(world, at=now(), is_public=True, words=WORDS)
    with CaptureQueriesContext(connection) as asked:
        page(client, "路灯")
    assert len(asked) <= QUERIES
