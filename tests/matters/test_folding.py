"""Days that are over are counted in one row a cell, and no count is other than before (归并计数)."""

from datetime import timedelta

from linli.matters import folding, tally
from linli.matters.models import Tally
from tests import make
from tests.world import TUESDAY, World

OPENED = {"measure": "opened", "facet": "all"}


def test_days_that_are_over_take_one_row_a_cell(world: World) -> None:
    today = TUESDAY + timedelta(days=1)
    for at in (TUESDAY, TUESDAY, TUESDAY, today, today):
        make.report(world, at=at)
    path, counted = world.home[-1].path, tally.standing()
    folding.fold(before=today.date())
    assert tally.standing() == counted
    kept = Tally.objects.filter(path=path, **OPENED).order_by("on").values_list("on", "count")
    assert list(kept) == [(TUESDAY.date(), 3), (today.date(), 1), (today.date(), 1)]


def test_what_happens_to_an_old_matter_is_counted_after_its_day_was_folded(world: World) -> None:
    matter = make.report(world)
    folding.fold(before=TUESDAY.date() + timedelta(days=1))
    make.act(matter, "decline", by=world.dispatcher, at=TUESDAY + timedelta(days=2))
    assert tally.standing() == tally.recount()


def test_folding_twice_changes_nothing(world: World) -> None:
    make.report(world)
    later = TUESDAY.date() + timedelta(days=1)
    folding.fold(before=later)
    kept = list(Tally.objects.order_by("pk").values_list())
    folding.fold(before=later)
    assert list(Tally.objects.order_by("pk").values_list()) == kept
