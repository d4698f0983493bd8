from datetime import timedelta

import pytest

from linli.cases import queries as cases
from linli.core.verdict import Refused
from linli.matters import tally
from linli.record import queries as record
from tests import make
from tests.world import TUESDAY, World

LATER = TUESDAY + timedelta(hours=1)


def test_a_dispatcher_puts_a_case_into_another_category(world: World) -> None:
    matter = make.taken_on(world)
    old = matter.category
    sorted_anew = make.act(matter, "reclassify", by=world.dispatcher, at=LATER, category="noise")
    titles = world.edition.categories
    assert sorted_anew.category == "noise"
    assert record.timeline(matter.number)[-1].figures == (
        ("原", titles[old].title),
        ("改为", titles["noise"].title),
    )


def test_step_and_clock_stay(world: World) -> None:
    matter = make.taken_on(world)
    sorted_anew = make.act(matter, "reclassify", by=world.dispatcher, at=LATER, category="noise")
    assert (sorted_anew.step, sorted_anew.due_at) == (matter.step, matter.due_at)


def test_it_is_counted_and_found_in_the_new_category(world: World) -> None:
    matter = make.report(world)
    make.act(matter, "reclassify", by=world.dispatcher, at=LATER, category="noise")
    assert tally.standing() == tally.recount()
    case = cases.of_number(matter.number)
    assert case is not None
    assert " #noise " in case.tokens
    assert f" #{matter.category} " not in case.tokens


def test_the_same_category_is_refused(world: World) -> None:
    matter = make.report(world)
    with pytest.raises(Refused, match="不同的分类"):
        make.act(matter, "reclassify", by=world.dispatcher, at=LATER, category=matter.category)


def test_a_public_case_does_not_become_one_of_a_private_kind(world: World) -> None:
    private = next(key for key, one in world.edition.categories.items() if one.is_private)
    matter = make.report(world, is_public=True)
    with pytest.raises(Refused, match="现在公开着"):
        make.act(matter, "reclassify", by=world.dispatcher, at=LATER, category=private)


def test_whoever_reported_it_may_not(world: World) -> None:
    with pytest.raises(Refused):
        make.act(make.report(world), "reclassify", by=world.resident, at=LATER, category="noise")
