"""A proposal is supported by those who live or own where it was made; others are told why not (附议)."""

import pytest

from linli.bodies.actor import Actor
from linli.core.verdict import Refused
from linli.deliberation.actions import participating
from linli.people import queries as register
from tests import flats, make
from tests.deliberation import topics
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("C14")]


def known(number: int) -> Actor:
    person = register.of_id(number)
    assert person is not None
    return make.actor(person)


def test_whoever_lives_there_supports(world: World) -> None:
    topic = topics.propose(world.resident)
    participating.support(topics.sit(topic, world.neighbour))
    topic.refresh_from_db()
    assert topic.supporters == 1


def test_whoever_lives_elsewhere_is_told_why_not_and_what_to_do(world: World) -> None:
    topic = topics.propose(world.resident)
    with pytest.raises(Refused) as caught:
        participating.support(topics.sit(topic, world.stranger))
    (refusal,) = caught.value.refusals
    name = topic.matter.place.name
    assert refusal.sentence == f"附议的要住在{name}，或者在{name}有房屋；您登记的都不在这里。"
    assert "可以在自己的小区提议" in refusal.remedy
    assert refusal.clause is not None
    topic.refresh_from_db()
    assert topic.supporters == 0


@pytest.mark.parametrize("at", ["tonghua_e1_b1", "tonghua_e4_b1"], ids=["这个小区", "隔壁小区"])
def test_an_owner_who_lives_elsewhere_supports_where_the_flat_is(world: World, at: str) -> None:
    owner = flats.dweller("业主")
    flats.owned("101", owner, at=at)
    verdict = topics.sit(topics.propose(world.resident), known(owner)).ask("support")
    assert verdict.is_yes is (at == "tonghua_e1_b1")


def test_a_household_registered_there_supports(world: World) -> None:
    member = flats.dweller("住户")
    flats.lived_in("101", member)
    assert topics.sit(topics.propose(world.resident), known(member)).ask("support")
