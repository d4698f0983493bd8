"""What is a burst and what is only a busy week (突增)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.methods.burst import is_burst, tail

NUMBERS = {"at_least": 5, "times": 3}


@pytest.mark.req("X13")
@pytest.mark.parametrize(
    ("number", "usual", "burst"),
    [
        pytest.param(5, 0.0, True, id="从来没有，一下子五件"),
        pytest.param(4, 0.0, False, id="四件还不够"),
        pytest.param(6, 2.0, False, id="三倍，但可能是碰巧"),
        pytest.param(7, 2.0, True, id="三倍半，不像碰巧"),
        pytest.param(15, 5.0, True, id="刚好三倍"),
        pytest.param(14, 5.0, False, id="不到三倍"),
        pytest.param(40, 30.0, False, id="平常就多"),
        pytest.param(3_000, 1_000.0, True, id="全区平常一千，来了三千"),
        pytest.param(2_999, 1_000.0, False, id="全区平常一千，不到三倍"),
    ],
)
def test_a_burst_is_enough_and_far_above_the_usual(number: int, usual: float, burst: bool) -> None:
    assert is_burst(number, usual=usual, **NUMBERS) is burst


@given(st.integers(0, 2_000), st.floats(0, 1_500))
def test_the_tail_is_a_chance_and_falls_with_the_number(number: int, usual: float) -> None:
    assert 0 <= tail(number + 1, usual=usual) <= tail(number, usual=usual) + 1e-12 <= 1 + 1e-9


@given(st.integers(0, 60), st.floats(0, 50))
def test_more_of_it_never_unmakes_a_burst(number: int, usual: float) -> None:
    assert is_burst(number + 1, usual=usual, **NUMBERS) or not is_burst(number, usual=usual, **NUMBERS)
