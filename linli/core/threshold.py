"""Whether enough of those entitled came, voted and agreed (门槛)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from linli.core.clause import Clause
from linli.core.funnel import Funnel, Measure, Tier
from linli.core.share import Share
from linli.core.verdict import Verdict, no, yes

_BAR = re.compile(r"(\w+) of (\w+) by (\w+) (>=? ?\d+(?: ?/ ?\d+)?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bar:
    """Ask that one tier reach a share of a wider tier under one measure (一道门槛)."""

    part: Tier
    whole: Tier
    measure: Measure
    share: Share

    def __post_init__(self) -> None:
        if not self.part.is_within(self.whole):
            raise ValueError(f"「{self.part.value} of {self.whole.value}」的次序不对：前者必须是后者的一部分")

    @classmethod
    def parse(cls, sentence: str) -> Self:
        """Read "attending of entitled by household > 1/2"; raise ValueError with a Chinese sentence."""
        sentence = " ".join(sentence.split())
        found = _BAR.fullmatch(sentence)
        if not found:
            raise ValueError(
                f"门槛「{sentence}」看不懂：请写成「attending of entitled by household > 1/2」这样"
            )
        part, whole, measure, share = found.groups()
        return cls(Tier.parse(part), Tier.parse(whole), Measure.parse(measure), Share.parse(share))

    def __str__(self) -> str:
        return f"{self.part.value} of {self.whole.value} by {self.measure.value} {self.share}"

    @property
    def words(self) -> str:
        """Say the bar in Chinese: 到会的户数须占应参加的三分之二以上."""
        return f"{self.part.title}的{self.measure.title}须占{self.whole.title}的{self.share.words}"

    def needed(self, whole: int) -> str:
        """Say how much of ``whole`` is needed: 61 人, 633.3334 平方米, 多于 400 平方米."""
        least = self.share.needs(whole)
        if self.share.is_strict and self.measure is Measure.FLOOR_AREA:
            return f"多于 {self.measure.show(least - 1)}"
        return self.measure.show(least)

    def is_met_by(self, funnel: Funnel) -> bool:
        """Tell whether the counts reach the bar; what was not counted does not."""
        part, whole = funnel.count(self.part, by=self.measure), funnel.count(self.whole, by=self.measure)
        return part is not None and whole is not None and self.share.is_met_by(part, of=whole)

    def implies(self, other: "Bar") -> bool:
        """Tell whether whoever reaches this bar is sure to reach the other (不低于).

        A narrower part of a wider whole is the harder one to reach: the tiers lie within each other.
        """
        return (
            self.measure is other.measure
            and self.part in (other.part, *(tier for tier in Tier if tier.is_within(other.part)))
            and other.whole in (self.whole, *(tier for tier in Tier if tier.is_within(self.whole)))
            and self.share.implies(other.share)
        )


@dataclass(frozen=True, slots=True)
class Way:
    """Join bars that must all be reached (一种情形)."""

    bars: tuple[Bar, ...]

    def __post_init__(self) -> None:
        if not self.bars:
            raise ValueError("一种情形至少要有一道门槛")

    @classmethod
    def parse(cls, sentence: str) -> Self:
        """Read bars joined by "and"; raise ValueError with a Chinese sentence."""
        return cls(tuple(Bar.parse(part) for part in re.split(r"\sand\s", sentence)))

    def __str__(self) -> str:
        return " and ".join(str(bar) for bar in self.bars)

    def is_met_by(self, funnel: Funnel) -> bool:
        """Tell whether the counts reach all bars."""
        return all(bar.is_met_by(funnel) for bar in self.bars)

    def implies(self, other: "Way") -> bool:
        """Tell whether each bar of the other follows from one of these (不低于)."""
        return all(any(mine.implies(bar) for mine in self.bars) for bar in other.bars)


@dataclass(frozen=True, slots=True)
class Threshold:
    """Join ways of which any one is enough (门槛)."""

    ways: tuple[Way, ...]

    def __post_init__(self) -> None:
        if not self.ways:
            raise ValueError("门槛至少要有一种情形")

    @classmethod
    def parse(cls, sentence: str) -> Self:
        """Read ways joined by "or", bars in them by "and"; raise ValueError with a Chinese sentence."""
        return cls(tuple(Way.parse(part) for part in re.split(r"\sor\s", sentence)))

    def __str__(self) -> str:
        return " or ".join(str(way) for way in self.ways)

    @property
    def words(self) -> str:
        """Say the whole threshold in one Chinese phrase."""
        return "；或者".join("，并且".join(bar.words for bar in way.bars) for way in self.ways)

    def is_met_by(self, funnel: Funnel) -> bool:
        """Tell whether the counts reach any one way."""
        return any(way.is_met_by(funnel) for way in self.ways)

    def implies(self, other: "Threshold") -> bool:
        """Tell whether whatever reaches this threshold is sure to reach the other (不低于).

        Where two cannot be compared bar by bar, the answer is no.
        """
        return all(any(mine.implies(way) for way in other.ways) for mine in self.ways)


@dataclass(frozen=True, slots=True)
class Question:
    """Word both answers to a threshold, and the tiers that have their own names here (所问)."""

    granted: str
    refused: str
    entitled: str = Tier.ENTITLED.title
    agreeing: str = Tier.AGREEING.title

    def name(self, tier: Tier) -> str:
        """Name a tier as this occasion does."""
        return {Tier.ENTITLED: self.entitled, Tier.AGREEING: self.agreeing}.get(tier, tier.title)


QUORUM = Question("可以表决", "不能表决", entitled="应到")
PASSAGE = Question("通过", "未通过")
VALIDITY = Question("投票有效", "投票无效")
SEAT = Question("当选", "未当选", agreeing="得票")
CALL = Question("应当召开", "不能据此召开", entitled="共有", agreeing="联名")


def judge(
    threshold: Threshold, funnel: Funnel, *, clause: Clause | None = None, asked: Question = PASSAGE
) -> Verdict:
    """Put the counts to the threshold and answer in one sentence that can be read out (判定)."""
    met = next((way for way in threshold.ways if way.is_met_by(funnel)), None)
    if met:
        return yes(
            f"{_phrases(met.bars, funnel, asked)}：{asked.granted}。",
            clause,
            **_figures(met.bars, funnel, asked),
        )
    named = _named(threshold, funnel)
    return no(
        f"{_phrases(named, funnel, asked)}：{asked.refused}。",
        clause,
        remedy=_remedy(threshold, funnel, asked),
        asked=threshold.words,
        **_figures(named, funnel, asked),
    )


def _named(threshold: Threshold, funnel: Funnel) -> tuple[Bar, ...]:
    """Name every bar of the only way there is, met or not; of several ways what each of them lacks."""
    if len(threshold.ways) == 1:
        return threshold.ways[0].bars
    missed = (bar for way in threshold.ways for bar in way.bars if not bar.is_met_by(funnel))
    return tuple(dict.fromkeys(missed))


def _phrases(bars: Iterable[Bar], funnel: Funnel, asked: Question) -> str:
    return "；".join(_phrase(bar, funnel, asked) for bar in bars)


def _phrase(bar: Bar, funnel: Funnel, asked: Question) -> str:
    """Say one bar with its figures: 应到 120 户，到会 79 户，未达三分之二（80 户）."""
    part, whole = funnel.count(bar.part, by=bar.measure), funnel.count(bar.whole, by=bar.measure)
    if part is None or whole is None:
        return f"{bar.measure.title}没有清点"
    noun = bar.measure.noun
    said = f"{asked.name(bar.whole)}{noun} {bar.measure.show(whole)}"
    if whole == 0:
        return f"{said}，无从计算"
    reached = bar.share.met_words if bar.is_met_by(funnel) else bar.share.missed_words
    return f"{said}，{asked.name(bar.part)}{noun} {bar.measure.show(part)}，{reached}（{bar.needed(whole)}）"


def _remedy(threshold: Threshold, funnel: Funnel, asked: Question) -> str:
    """Say for each way what is still missing: 还差 1 户到会。"""
    lacks = dict.fromkeys(_lack(way, funnel, asked) for way in threshold.ways)
    return f"{'，或者'.join(lacks)}。"


def _lack(way: Way, funnel: Funnel, asked: Question) -> str:
    return "，并且".join(_shortfall(bar, funnel, asked) for bar in way.bars if not bar.is_met_by(funnel))


def _shortfall(bar: Bar, funnel: Funnel, asked: Question) -> str:
    part, whole = funnel.count(bar.part, by=bar.measure), funnel.count(bar.whole, by=bar.measure)
    if part is None or whole is None:
        return f"请先清点{bar.measure.title}"
    if whole == 0:
        return f"请先核对{asked.name(bar.whole)}{bar.measure.title}"
    return f"还差 {bar.measure.show(bar.share.needs(whole) - part)}{asked.name(bar.part)}"


def _figures(bars: Iterable[Bar], funnel: Funnel, asked: Question) -> dict[str, str]:
    """Name each figure by tier and measure, in the order in which the sentence says them."""
    figures: dict[str, str] = {}
    for bar in bars:
        part, whole = funnel.count(bar.part, by=bar.measure), funnel.count(bar.whole, by=bar.measure)
        if part is None or whole is None:
            continue
        name = f"{asked.name(bar.part)}{bar.measure.title}"
        figures[f"{asked.name(bar.whole)}{bar.measure.title}"] = bar.measure.show(whole)
        figures[name] = bar.measure.show(part)
        figures[f"须有{name}"] = bar.needed(whole)
    return figures
