"""Who may serve which need by place, time and fitness; never forced, never paid (供需匹配)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from linli.core.clause import Clause
from linli.core.eligibility import is_of_age
from linli.core.law import LawRule
from linli.core.verdict import Verdict, all_of, no, yes

_ASKED = "接单"
_PLACE_STEP = 10


class Skill(Enum):
    """What a need asks somebody to be able to do (服务类别)."""

    COMPANY = "company"
    ERRANDS = "errands"
    ESCORT = "escort"
    HAIRCUT = "haircut"
    REPAIRS = "repairs"
    TUTORING = "tutoring"
    ARTS = "arts"
    CLEANING = "cleaning"
    PATROL = "patrol"
    ELECTRICITY = "electricity"
    NURSING = "nursing"
    COUNSELLING = "counselling"
    LEGAL = "legal"

    @property
    def title(self) -> str:
        """Return the skill's Chinese name."""
        return _SKILLS[self]

    @property
    def needs_proof(self) -> bool:
        """Tell whether training or a qualification must be seen before somebody serves with it (先培训)."""
        return self in _PROVEN


_SKILLS = {
    Skill.COMPANY: "陪伴聊天",
    Skill.ERRANDS: "代买代办",
    Skill.ESCORT: "陪同就医",
    Skill.HAIRCUT: "理发",
    Skill.REPAIRS: "小修小补",
    Skill.TUTORING: "辅导功课",
    Skill.ARTS: "文艺体育",
    Skill.CLEANING: "环境清洁",
    Skill.PATROL: "治安巡逻",
    Skill.ELECTRICITY: "电气检修",
    Skill.NURSING: "医疗护理",
    Skill.COUNSELLING: "心理疏导",
    Skill.LEGAL: "法律咨询",
}
_PROVEN = frozenset({Skill.ELECTRICITY, Skill.NURSING, Skill.COUNSELLING, Skill.LEGAL})


class Part(Enum):
    """A part of the day for which somebody offers themselves (时段)."""

    MORNING = "am"
    AFTERNOON = "pm"
    EVENING = "eve"

    @property
    def title(self) -> str:
        """Return the part's Chinese name."""
        return {Part.MORNING: "上午", Part.AFTERNOON: "下午", Part.EVENING: "晚上"}[self]

    @classmethod
    def of(cls, at: time) -> "Part":
        """Return the part of the day in which a time lies."""
        if at < time(12):
            return cls.MORNING
        return cls.AFTERNOON if at < time(18) else cls.EVENING


@dataclass(frozen=True, slots=True)
class Rules:
    """Hold the rules and numbers of serving, as the law in force has them (志愿服务规则)."""

    fit: Clause
    unpaid: Clause
    minors: Clause
    adult: int
    least: int

    @classmethod
    def of(cls, law: Mapping[str, LawRule]) -> "Rules":
        """Read them from the rules of the law; raise KeyError when one is missing."""
        minors = law["Y-6"]
        return cls(
            fit=law["Y-1"].clause,
            unpaid=law["Y-3"].clause,
            minors=minors.clause,
            adult=minors.count("adult"),
            least=minors.count("least"),
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, its end not counted (时间段)."""

    begins: datetime
    ends: datetime

    def meets(self, other: "Span") -> bool:
        """Tell whether two stretches share an instant."""
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody needs, where and when; ``spots`` are the keys of places from the root down (需求)."""

    key: int
    spots: tuple[str, ...]
    when: Span
    skill: Skill
    is_heavy: bool = False
    is_dangerous: bool = False
    recipient: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Who offers themselves: where they live, when they can, what they are able and insured to do (供给).

    ``born`` is a mere year where the day is not known. ``near`` is the place within which they serve.
    """

    key: int
    name: str
    spots: tuple[str, ...]
    near: str
    free: frozenset[tuple[int, Part]]
    skills: frozenset[Skill]
    proven: frozenset[Skill] = frozenset()
    born: date | int | None = None
    is_strong: bool = False
    insured_until: date | None = None
    guardian_agrees: bool = False
    busy: tuple[Span, ...] = ()
    served_lately: int = 0


def may_serve(wanted: Wanted, offer: Offer, *, rules: Rules) -> Verdict:
    """Tell whether somebody may serve, with all that stands against it; insurance first (能否接单, Y-1)."""
    return all_of(
        is_insured(wanted, offer, rules=rules),
        is_old_enough(wanted, offer, rules=rules),
        is_able(wanted, offer, rules=rules),
        is_strong_enough(wanted, offer, rules=rules),
        serves_there(wanted, offer),
        is_free(wanted, offer),
    )


def is_insured(wanted: Wanted, offer: Offer, *, rules: Rules) -> Verdict:
    """Tell whether insurance lasts through the day of a dangerous service (先办保险)."""
    if not wanted.is_dangerous:
        return yes("没有人身危险。", rules.fit)
    last = wanted.when.ends.date()
    if offer.insured_until is not None and offer.insured_until >= last:
        return yes("保险在有效期内。", rules.fit)
    return no(
        f"这项服务可能有人身危险，{offer.name}没有到 {last.month}月{last.day}日仍有效的保险。",
        rules.fit,
        remedy="请先为志愿者办理保险并登记有效期，再派单。",
        asked=_ASKED,
    )


def is_old_enough(wanted: Wanted, offer: Offer, *, rules: Rules) -> Verdict:
    """Tell whether age allows it; no minor in danger, and none without a guardian's consent (年龄)."""
    if offer.born is None:
        return no(
            f"没有登记{offer.name}的出生年份，不能判断年龄是否适合。",
            rules.fit,
            remedy="请补登出生年份。",
            asked=_ASKED,
        )
    on = wanted.when.begins.date()
    if is_of_age(offer.born, on=on, age=rules.adult):
        return yes("已经成年。", rules.minors)
    if wanted.is_dangerous:
        return no(
            f"{offer.name}未满 {rules.adult} 周岁（或者不能确定已满），不安排有危险的服务。",
            rules.fit,
            remedy="请换一位成年的志愿者。",
            asked=_ASKED,
        )
    if not is_of_age(offer.born, on=on, age=rules.least):
        return no(
            f"{offer.name}未满 {rules.least} 周岁（或者不能确定已满），不接单。",
            rules.minors,
            remedy="可以和家长一起来参加活动。",
            asked=_ASKED,
        )
    if offer.guardian_agrees:
        return yes("未成年，监护人已经同意。", rules.minors)
    return no(
        f"{offer.name}未满 {rules.adult} 周岁（或者不能确定已满），还没有监护人同意。",
        rules.minors,
        remedy="请监护人同意，由社区登记。",
        asked=_ASKED,
    )


def is_able(wanted: Wanted, offer: Offer, *, rules: Rules) -> Verdict:
    """Tell whether somebody has the skill, and has shown it where training must be seen (技能)."""
    skill = wanted.skill
    if skill not in offer.skills:
        return no(
            f"{offer.name}没有登记「{skill.title}」。",
            rules.fit,
            remedy="会做的，请在「我的志愿服务」里勾上。",
            asked=_ASKED,
        )
    if skill.needs_proof and skill not in offer.proven:
        return no(
            f"「{skill.title}」要先培训或者有资格证，{offer.name}的还没有核验。",
            rules.fit,
            remedy="请把培训证明或者资格证交社区核验。",
            asked=_ASKED,
        )
    return yes(f"会{skill.title}。", rules.fit)


def is_strong_enough(wanted: Wanted, offer: Offer, *, rules: Rules) -> Verdict:
    """Tell whether health allows heavy work, as the volunteer says themselves (身体状况)."""
    if not wanted.is_heavy or offer.is_strong:
        return yes("身体状况适合。", rules.fit)
    return no(
        f"这项服务要用力气，{offer.name}没有说自己能做体力活。",
        rules.fit,
        remedy="请换一位志愿者；本人能做的，请本人自己勾上。",
        asked=_ASKED,
    )


def serves_there(wanted: Wanted, offer: Offer) -> Verdict:
    """Tell whether the need lies where somebody serves, and is not their own (地点)."""
    if wanted.recipient == offer.key:
        return no("这是自己的需求，不能自己接单。", remedy="请等别的志愿者接单。", asked=_ASKED)
    if offer.near in wanted.spots:
        return yes("在服务范围里。")
    return no(f"不在{offer.name}愿意去的范围里。", remedy="愿意走远一些的，请本人改服务范围。", asked=_ASKED)


def is_free(wanted: Wanted, offer: Offer) -> Verdict:
    """Tell whether somebody offers that part of the week, and serves nobody else then (时间)."""
    if any(wanted.when.meets(one) for one in offer.busy):
        return no(
            f"{offer.name}那个时间已经接了别的单：一个人不能同时在两个地方。",
            remedy="请换一个时间，或者换一位志愿者。",
            asked=_ASKED,
        )
    begins = wanted.when.begins
    part = Part.of(begins.time())
    if (begins.weekday(), part) in offer.free:
        return yes(f"{part.title}有空。")
    return no(f"{offer.name}那天{part.title}没有空。", remedy="请换一个时间。", asked=_ASKED)


def may_bind(*, is_own_wish: bool, rules: Rules) -> Verdict:
    """Tell whether an order may bind a volunteer: only by their own yes (不得强行指派, Y-3)."""
    if is_own_wish:
        return yes("本人同意。", rules.unpaid)
    return no(
        "派单只是请志愿者帮忙，本人没有答应，不能替本人接单。",
        rules.unpaid,
        remedy="请志愿者在自己的页面上答应，或者打电话问过本人以后登记本人的答复。",
        asked=_ASKED,
    )


def is_unpaid(*, was_paid: bool, rules: Rules) -> Verdict:
    """Tell whether a service counts: nothing may be taken from the one who was helped (不得收取报酬, Y-3)."""
    if not was_paid:
        return yes("没有收取报酬。", rules.unpaid)
    return no(
        "服务对象说志愿者收了钱物：这次服务不计时间。",
        rules.unpaid,
        remedy="请社区核实，收了的退还。",
        asked="确认服务时间",
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """How far somebody is from a need, less is better, and why they are suggested (匹配理由)."""

    cost: int
    reasons: tuple[str, ...]


def fit(wanted: Wanted, offer: Offer) -> Fit:
    """Weigh a pair that may serve: each step apart costs ten, each service of late one (匹配程度)."""
    shared = sum(1 for ours, theirs in zip(wanted.spots, offer.spots, strict=False) if ours == theirs)
    apart = len(wanted.spots) - shared
    reasons = (
        "就在需要帮忙的地方" if apart == 0 else f"相隔 {apart} 级地点",
        f"会{wanted.skill.title}",
        f"近来服务 {offer.served_lately} 次",
    )
    return Fit(1 + _PLACE_STEP * apart + offer.served_lately, reasons)
