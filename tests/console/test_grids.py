"""Organisation, grids and the sign of a grid, through the pages."""

import pytest
from django.test import Client

from tests import make
from tests.world import World


@pytest.fixture
def street(world: World) -> Client:
    client = Client()
    client.force_login(make.account(world.street_dispatcher))
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.req("X2")
def test_every_chain_of_the_pack_is_shown_with_its_rule_and_its_gaps(street: Client, world: World) -> None:
    for chain in world.edition.chains:
        page = text(street, f"/desk/coverage/?chain={chain.key}")
        assert str(chain.clause) in page
        assert all(tier.title in page for tier in chain.tiers)
    assert "缺小区党支部" in text(street, "/desk/coverage/")
    assert street.get("/desk/coverage/?chain=nothing").status_code == 404


@pytest.mark.req("C12")
def test_the_grids_stand_against_the_standard_with_its_rule(street: Client, world: World) -> None:
    page = text(street, "/desk/grids/")
    assert "3 个网格" in page
    assert "1 个没有专职网格员" in page
    assert str(world.edition.grid.clause) in page
    assert all(duty in page for duty in world.edition.grid.duties)


@pytest.mark.req("C12")
def test_the_sign_names_the_worker_the_telephones_and_the_way_to_report(street: Client) -> None:
    page = text(street, "/desk/grids/xinxialu.tonghua_g1/sign/")
    assert "第一网格公示牌" in page
    assert "马玉兰" in page
    assert "0714-0000-110" in page
    assert "/p/xinxialu.tonghua_g1/report/" in page


def test_the_sign_of_a_grid_out_of_reach_is_not_there(street: Client, world: World) -> None:
    other = Client()
    other.force_login(make.account(world.other_dispatcher))
    assert other.get("/desk/grids/xinxialu.tonghua_g1/sign/").status_code == 404
    assert street.get("/desk/grids/xinxialu.tonghua/sign/").status_code == 404
    assert street.get("/desk/grids/nowhere/sign/").status_code == 404
