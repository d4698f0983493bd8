"""How dark a place is drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.insight.heat import STEPS, Scale


@pytest.mark.parametrize(("number", "step"), [(0, 0), (1, 1), (12, 1), (13, 2), (24, 2), (25, 3), (47, 4)])
def test_each_number_has_its_step(number: int, step: int) -> None:
    assert Scale(47).of(number) == step


def test_the_legend_names_only_the_steps_that_occur() -> None:
    assert Scale(0).legend == ()
    assert Scale(2).legend == ((1, "1 件"), (2, "2 件"))
    assert Scale(9).legend == ((1, "1–3 件"), (2, "4–6 件"), (3, "7–9 件"))


@given(most=st.integers(0, 10**6), part=st.fractions(0, 1))
def test_more_is_never_lighter_and_nothing_falls_off_the_scale(most: int, part: object) -> None:
    scale, number = Scale(most), int(most * part)  # type: ignore[operator]
    assert 0 <= scale.of(number) <= scale.of(most) <= STEPS
    assert (scale.of(number) == 0) == (number == 0)
