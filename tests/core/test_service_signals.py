"""What cannot well be true is shown to a person, and nothing else is (服务记录疑点)."""

from datetime import timedelta

import pytest

from linli.core.matching import Span
from linli.core.service_signals import Served, Signal, about, doubts
from tests.core.days import instant


def served(
    key: int, by: int, to: int, begins: str, ends: str, at: tuple[int, int] | None = None, day: str = "24"
) -> Served:
    span = Span(instant(f"2026-11-{day} {begins}"), instant(f"2026-11-{day} {ends}"))
    return Served(key, by, to, span, at)


FIRST = served(1, 5, 6, "09:00", "10:00", (0, 0))


@pytest.mark.req("X12")
@pytest.mark.parametrize(
    ("second", "signal"),
    [
        pytest.param(served(2, 5, 7, "09:59", "11:00", (0, 0)), Signal.OVERLAP, id="重叠一分钟"),
        pytest.param(served(2, 5, 7, "10:00", "11:00", (0, 0)), None, id="前后相接"),
        pytest.param(served(2, 5, 7, "10:02", "11:00", (600, 800)), None, id="一千米两分钟"),
        pytest.param(served(2, 5, 7, "10:02", "11:00", (601, 800)), None, id="差不到一米"),
        pytest.param(served(2, 5, 7, "10:02", "11:00", (603, 800)), Signal.SPEED, id="超过一米"),
        pytest.param(served(2, 5, 7, "10:00", "11:00"), None, id="不知道在哪里"),
        pytest.param(served(2, 6, 5, "09:00", "10:00", day="26"), Signal.LOOP, id="恰好两日里互相服务"),
        pytest.param(served(2, 6, 5, "10:01", "11:00", day="26"), None, id="过了一分钟"),
        pytest.param(served(2, 6, 8, "09:30", "10:30"), None, id="别人"),
    ],
)
def test_what_cannot_well_be_true_is_flagged(second: Served, signal: Signal | None) -> None:
    loop = timedelta(days=1, hours=23) if signal is Signal.LOOP else timedelta(days=2)
    found = doubts([second, FIRST], fastest=500, loop=loop)
    assert [one.signal for one in found] == ([signal] if signal else [])
    assert found == about(second, [FIRST], fastest=500, loop=loop)
