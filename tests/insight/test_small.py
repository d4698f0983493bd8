"""Numbers too small to hang in the street are not written, nor those that would give them away."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.frame.clock import now
from linli.insight import wall
from linli.insight.small import least, too_small
from tests import make
from tests.console import desks
from tests.world import World, spots

pytestmark = pytest.mark.req("N5")


@pytest.mark.parametrize(
    ("counts", "whole", "hidden"),
    [
        pytest.param({"a": 9, "b": 7}, 16, "", id="都够大"),
        pytest.param({"a": 9, "b": 0}, 9, "", id="没有的可以写"),
        pytest.param({"a": 5, "b": 9}, 14, "", id="正好五"),
        pytest.param({"a": 4, "b": 9}, 13, "ab", id="四，另一个也藏"),
        pytest.param({"a": 4, "b": 9, "c": 20}, 33, "ab", id="藏次小的"),
        pytest.param({"a": 1, "b": 2, "c": 20}, 23, "abc", id="两个小的加起来还小"),
        pytest.param({"a": 9, "b": 7}, 18, "b", id="余下的小，最小的也藏"),
    ],
)
def test_small_numbers_and_those_that_give_them_away_are_hidden(
    counts: dict[str, int], whole: int, hidden: str
) -> None:
    assert too_small(counts, whole=whole) == frozenset(hidden)


@given(
    counts=st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30)),
    rest=st.integers(0, 9),
)
def test_no_small_number_follows_from_what_is_written(counts: dict[str, int], rest: int) -> None:
    hidden = too_small(counts, whole=sum(counts.values()) + rest)
    assert all(counts[cell] == 0 or counts[cell] >= least() for cell in counts if cell not in hidden)
    unsaid = sum(counts[cell] for cell in hidden) + rest
    assert not hidden or unsaid >= least() or len(hidden) == len([cell for cell in counts if counts[cell]])


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "is_written"), [(4, False), (5, True)])
def test_the_wall_writes_no_number_under_five(world: World, number: int, is_written: bool) -> None:
    for _ in range(number):
        make.report(world, at=now() - timedelta(hours=1), spots=spots("tonghua_g1"))
    chain = spots("tonghua")
    built = wall.build(chain[-1], edition=world.edition, at=now())
    counts = {shape.label: shape.count for shape in built.plan.shapes if shape.label} if built.plan else {}
    assert (number in counts.values()) is is_written
    assert built.least == (0 if is_written else 5)
    said = desks.text(desks.see("wall/", by=world.dispatcher, within=chain[-1].path))
    assert ("的地方不写数字" in said) is not is_written
