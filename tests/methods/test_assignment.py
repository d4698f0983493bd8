"""Suggestions are as good as the best that trying everything finds (派单建议)."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.methods.assignment import Pairs, suggest

ROWS = st.dictionaries(st.tuples(st.integers(1, 4), st.integers(11, 15)), st.integers(1, 30), max_size=14)


def best(costs: dict[tuple[int, int], int], wanted: dict[int, int]) -> tuple[int, int]:
    """Try everything: how many seats can be filled, and at which least cost."""
    seats = [need for need, count in sorted(wanted.items()) for _ in range(count)]
    hands = [*range(11, 16), *[0] * len(seats)]
    tried = {
        tuple(pair for pair in zip(seats, order, strict=True) if pair in costs)
        for order in permutations(hands, len(seats))
    }
    return min(((-len(pairs), sum(costs[pair] for pair in pairs)) for pairs in tried), default=(0, 0))


@pytest.mark.req("C9")
@given(costs=ROWS, wanted=st.fixed_dictionaries({need: st.integers(0, 1) for need in range(1, 5)}))
def test_as_many_as_can_be_are_helped_at_the_least_cost(
    costs: dict[tuple[int, int], int], wanted: dict[int, int]
) -> None:
    found = suggest(Pairs.of([(*pair, cost) for pair, cost in costs.items()]), wanted=wanted)
    assert (-len(found), sum(costs[pair] for pair in found)) == best(costs, wanted)
    assert len({volunteer for _, volunteer in found}) == len(found)


def test_a_need_that_wants_two_gets_two() -> None:
    pairs = Pairs.of([(1, 11, 5), (1, 12, 1), (1, 13, 9), (2, 12, 1)])
    assert suggest(pairs, wanted={1: 2, 2: 1}) == ((1, 11), (1, 13), (2, 12))


def test_the_order_of_the_pairs_does_not_matter() -> None:
    rows = [(need, volunteer, 3) for need in (1, 2, 3) for volunteer in (11, 12, 13)]
    wanted = dict.fromkeys((1, 2, 3), 1)
    assert suggest(Pairs.of(rows), wanted=wanted) == suggest(Pairs.of(rows[::-1]), wanted=wanted)


def test_nobody_to_ask_is_no_error() -> None:
    assert suggest(Pairs.of([]), wanted={1: 1}) == ()
    assert suggest(Pairs.of([(1, 11, 1)]), wanted={}) == ()


def test_a_cost_must_be_positive() -> None:
    with pytest.raises(ValueError, match="大于零"):
        suggest(Pairs.of([(1, 11, 0)]), wanted={1: 1})


def test_numbers_that_lie_far_apart_are_matched_as_near_ones_are() -> None:
    far = 10**12
    rows = [(1, 11, 5), (far, 11, 1), (1, far + 1, 9)]
    assert suggest(Pairs.of(rows), wanted={1: 1, far: 1}) == ((1, far + 1), (far, 11))


def test_a_seat_that_nobody_can_fill_stays_empty_and_the_others_are_filled() -> None:
    pairs = Pairs.of([(1, 11, 9), (2, 11, 1), (2, 12, 30), (3, 12, 31)])
    assert suggest(pairs, wanted={1: 1, 2: 2, 3: 1}) == ((2, 11), (2, 12))
