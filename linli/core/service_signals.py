"""What looks wrong about services that were done, for a person to look at (服务记录疑点)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import combinations
from math import isqrt

from linli.core.matching import Span

_MINUTE = timedelta(minutes=1)


class Signal(Enum):
    """What looks wrong about two services (疑点)."""

    OVERLAP = "overlap"
    LOOP = "loop"
    SPEED = "speed"

    @property
    def title(self) -> str:
        """Return the signal's Chinese name."""
        return {Signal.OVERLAP: "时间重叠", Signal.LOOP: "两人互相服务", Signal.SPEED: "赶路太快"}[self]


@dataclass(frozen=True, slots=True)
class Served:
    """One service that was done: by whom, for whom, when, and where in metres (服务记录)."""

    key: int
    volunteer: int
    recipient: int | None
    when: Span
    at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two services that cannot well be both true, and the sentence that says why (疑点)."""

    signal: Signal
    one: int
    other: int
    sentence: str


def doubts(served: Sequence[Served], *, fastest: int, loop: timedelta) -> tuple[Doubt, ...]:
    """List what looks wrong, in the order of time; ``fastest`` is in metres a minute (核对服务记录)."""
    ordered = sorted(served, key=_order)
    found = (doubt for one, other in combinations(ordered, 2) for doubt in _about(one, other, fastest, loop))
    return tuple(found)


def about(new: Served, others: Iterable[Served], *, fastest: int, loop: timedelta) -> tuple[Doubt, ...]:
    """List what looks wrong about one service beside others (核对一次服务)."""
    ordered = sorted(others, key=_order)
    return tuple(doubt for other in ordered for doubt in _about(*_in_turn(new, other), fastest, loop))


def _order(one: Served) -> tuple[datetime, int]:
    return one.when.begins, one.key


def _in_turn(one: Served, other: Served) -> tuple[Served, Served]:
    return (one, other) if _order(one) <= _order(other) else (other, one)


def _about(one: Served, other: Served, fastest: int, loop: timedelta) -> Iterator[Doubt]:
    if one.volunteer == other.volunteer:
        if one.when.meets(other.when):
            yield Doubt(Signal.OVERLAP, one.key, other.key, "同一个人的两次服务时间重叠。")
        elif (metres := _apart(one, other)) is not None:
            minutes = (other.when.begins - one.when.ends) // _MINUTE
            if metres > fastest * minutes:
                yield Doubt(
                    Signal.SPEED, one.key, other.key, f"两处相距 {metres} 米，中间只有 {minutes} 分钟。"
                )
    elif (
        one.recipient == other.volunteer
        and other.recipient == one.volunteer
        and other.when.begins - one.when.ends <= loop
    ):
        yield Doubt(Signal.LOOP, one.key, other.key, f"两个人在 {loop.days} 日里互相服务。")


def _apart(one: Served, other: Served) -> int | None:
    if one.at is None or other.at is None:
        return None
    (x, y), (far_x, far_y) = one.at, other.at
    return isqrt((x - far_x) ** 2 + (y - far_y) ** 2)
