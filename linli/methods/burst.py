"""Whether so much of something in so little time is more than chance (突增)."""

from math import exp, fsum, lgamma, log

# As rare as once in a hundred windows: the pack's own numbers decide the rest.
RARE = 0.01
# A place where nothing ever happened has no usual level; one in a window is taken for it.
LEAST_USUAL = 1.0


def tail(number: int, *, usual: float) -> float:
    """Return how likely it is that as many or more happen when ``usual`` are expected (泊松尾概率)."""
    if not usual:
        return 0.0 if number else 1.0
    # In logarithms: a district expects thousands, of which the exponential alone would be nothing.
    below = fsum(exp(so_many * log(usual) - usual - lgamma(so_many + 1)) for so_many in range(number))
    return max(1.0 - below, 0.0)


def is_burst(number: int, *, usual: float, at_least: int, times: int) -> bool:
    """Tell whether a number is a burst: enough, so many times the usual, and hardly chance (突增)."""
    if number < at_least or number < times * usual:
        return False
    return tail(number, usual=max(usual, LEAST_USUAL)) < RARE
