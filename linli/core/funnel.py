"""How many were entitled, came, voted and agreed, counted by head, household, area or delegate (漏斗)."""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Self

_SQUARE_CENTIMETRES = 10_000


class Tier(Enum):
    """Name one of four nested circles: entitled > attending > voting > agreeing (层次)."""

    ENTITLED = "entitled"
    ATTENDING = "attending"
    VOTING = "voting"
    AGREEING = "agreeing"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a tier by its name; raise ValueError with a Chinese sentence."""
        if text not in cls._value2member_map_:
            raise ValueError(f"没有「{text}」这一层：只能是 {'、'.join(tier.value for tier in cls)}")
        return cls(text)

    @property
    def title(self) -> str:
        """Say the tier in Chinese."""
        return _TIER_TITLES[self]

    def is_within(self, other: "Tier") -> bool:
        """Tell whether this circle lies inside the other."""
        order = tuple(Tier)
        return order.index(self) > order.index(other)


class Measure(Enum):
    """Say what is counted; floor area is counted in square centimetres (计量)."""

    HEADCOUNT = "headcount"
    HOUSEHOLD = "household"
    FLOOR_AREA = "floor_area"
    DELEGATE = "delegate"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a measure by its name; raise ValueError with a Chinese sentence."""
        if text not in cls._value2member_map_:
            raise ValueError(f"不能按「{text}」计算：只能是 {'、'.join(measure.value for measure in cls)}")
        return cls(text)

    @property
    def title(self) -> str:
        """Say in Chinese what is counted."""
        return _MEASURE_WORDS[self][0]

    @property
    def noun(self) -> str:
        """Say what stands before the figure; nothing where the unit already says it."""
        return _MEASURE_WORDS[self][1]

    def show(self, amount: int) -> str:
        """Write an amount with its unit: 120 户, 89.35 平方米."""
        if self is Measure.FLOOR_AREA:
            metres, rest = divmod(amount, _SQUARE_CENTIMETRES)
            return f"{metres}.{rest:04d}".rstrip("0").rstrip(".") + " 平方米"
        return f"{amount} {_MEASURE_WORDS[self][2]}"


_TIER_TITLES = {
    Tier.ENTITLED: "应参加",
    Tier.ATTENDING: "到会",
    Tier.VOTING: "参加表决",
    Tier.AGREEING: "同意",
}
_MEASURE_WORDS = {
    Measure.HEADCOUNT: ("人数", "", "人"),
    Measure.HOUSEHOLD: ("户数", "", "户"),
    Measure.FLOOR_AREA: ("面积", "面积", "平方米"),
    Measure.DELEGATE: ("代表人数", "代表", "人"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """Hold the four tiers under one measure; None is a tier that was not counted (清点)."""

    measure: Measure
    entitled: int
    attending: int | None = None
    voting: int | None = None
    agreeing: int | None = None

    def __post_init__(self) -> None:
        counted = [(tier, amount) for tier in Tier if (amount := self.at(tier)) is not None]
        for tier, amount in counted:
            if amount < 0:
                raise ValueError(f"{tier.title}{self.measure.title}不能是负数：{amount}")
        for (wider, most), (narrower, amount) in pairwise(counted):
            if amount > most:
                larger, smaller = self.measure.show(amount), self.measure.show(most)
                raise ValueError(f"{narrower.title} {larger}，多于{wider.title} {smaller}：清点有误")

    def at(self, tier: Tier) -> int | None:
        """Return the count of a tier."""
        amount: int | None = getattr(self, tier.value)
        return amount


@dataclass(frozen=True, slots=True)
class Funnel:
    """Hold the counts of one meeting or ballot, one per measure (漏斗)."""

    counts: tuple[Count, ...]

    def __post_init__(self) -> None:
        measures = [count.measure for count in self.counts]
        if len(set(measures)) < len(measures):
            raise ValueError("同一种计量清点了两次")

    @classmethod
    def of(cls, *counts: Count) -> Self:
        """Gather the counts of one occasion."""
        return cls(counts)

    def count(self, tier: Tier, *, by: Measure) -> int | None:
        """Return the count of a tier under a measure; None when it was not counted."""
        return next((count.at(tier) for count in self.counts if count.measure is by), None)
