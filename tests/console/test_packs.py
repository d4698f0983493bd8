"""The packs in force, through their page."""

from dataclasses import replace

import pytest
from django.test import Client

from linli.pack.changes import Change, changes
from linli.people import actions as people
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests import make
from tests.world import World

PACKS = "/desk/packs/"


@pytest.fixture
def keeper(world: World) -> Client:
    client = Client()
    account = people.open_account(people.enrol(name="站长"), username="keeper", runs_site=True)
    client.force_login(account)
    return client


def test_each_pack_shows_its_seed_its_digest_and_whether_it_is_in_force(keeper: Client) -> None:
    page = keeper.get(PACKS).content.decode()
    for edition in rulebook.packs():
        assert edition.seed in page
        assert edition.digest in page
    assert page.count("未启用") == len(rulebook.packs()) - 1


def test_a_pack_is_put_in_force_by_a_button_on_record(keeper: Client) -> None:
    assert keeper.post(f"{PACKS}gusu/install/").status_code == 302
    assert "gusu" in [one.pack for one in rulebook.in_force()]
    (entry,) = record.timeline("pack-gusu")
    assert entry.office == "系统管理员"


def test_an_unknown_pack_does_not_exist(keeper: Client) -> None:
    assert keeper.post(f"{PACKS}atlantis/install/").status_code == 404


@pytest.mark.parametrize("actor", ["secretary", "district_dispatcher"], ids=["社区书记", "别处的最高一级"])
def test_a_pack_of_another_place_is_closed_with_the_reason(world: World, actor: str) -> None:
    client = Client()
    client.force_login(make.account(world.cast[actor]))
    assert "要由系统管理员" in client.get(PACKS).content.decode()
    assert client.post(f"{PACKS}gusu/install/").status_code == 422


def test_what_a_new_edition_changes_is_counted_by_kind(world: World) -> None:
    old = world.edition
    offices = dict(old.offices)
    offices["mayor"] = offices.pop("mediator")
    offices["handler"] = replace(offices["handler"], duties="另有职责")
    assert changes(old, replace(old, offices=offices)) == (Change("职务", 1, 1, 1),)
    assert changes(old, old) == ()
