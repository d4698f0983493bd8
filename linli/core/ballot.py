"""What is put to the vote, what a vote may say, and when it may be cast (表决)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from linli.core.clause import Clause
from linli.core.digest import SHA256, Role, canonical, digest
from linli.core.forum import Forum
from linli.core.funnel import Measure
from linli.core.refusal import Refusal
from linli.core.threshold import Threshold
from linli.core.verdict import Refused, Verdict, no, yes

YES = "yes"
NO = "no"
ABSTAIN = "abstain"
SPOILT = "spoilt"


class Kind(Enum):
    """Say what kind of answer a ballot asks for (表决种类)."""

    MOTION = "motion"
    CHOICE = "choice"
    ELECTION = "election"

    @property
    def title(self) -> str:
        """Say the kind in Chinese."""
        return {Kind.MOTION: "赞成或者反对", Kind.CHOICE: "几项选一项", Kind.ELECTION: "选人"}[self]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be marked; ``person`` is the candidate, where it is one (选项)."""

    key: str
    title: str
    person: int | None = None


_MOTION = (Option(YES, "同意"), Option(NO, "反对"))
_ABSTENTION = Option(ABSTAIN, "弃权")


@dataclass(frozen=True, slots=True)
class Slip:
    """What a vote can say: the options, and how many of them may be marked (表决票).

    In an election ``most`` is the number of seats. To abstain is an option of its own and stands alone.
    """

    kind: Kind
    options: tuple[Option, ...]
    most: int = 1

    @classmethod
    def motion(cls) -> "Slip":
        """Ask for yes, no or neither (赞成或者反对)."""
        return cls(Kind.MOTION, _MOTION)

    def __post_init__(self) -> None:
        keys = [option.key for option in self.options]
        if len(set(keys)) < len(keys) or {"", ABSTAIN, SPOILT} & set(keys):
            raise ValueError(f"选项的代号不能空着、重复，也不能叫作弃权或者废票：{keys}")
        if len(keys) < (1 if self.kind is Kind.ELECTION else 2):
            raise ValueError("可以选的太少，成不了一次表决")
        if not 1 <= self.most <= len(keys) or (self.kind is not Kind.ELECTION and self.most > 1):
            raise ValueError(f"{len(keys)} 个选项里不能选 {self.most} 个")

    @property
    def marks(self) -> tuple[Option, ...]:
        """List all that a voter can mark: the options, and to abstain."""
        return (*self.options, _ABSTENTION)

    @property
    def candidates(self) -> frozenset[int]:
        """Return the people who stand for election."""
        return frozenset(option.person for option in self.options if option.person is not None)

    def title_of(self, key: str) -> str:
        """Say an option by its key."""
        return "废票" if key == SPOILT else next(one.title for one in self.marks if one.key == key)

    def words_of(self, chosen: Sequence[str]) -> str:
        """Say a vote in Chinese: 同意, 弃权, 陈大海、王秀兰."""
        return "、".join(self.title_of(key) for key in chosen)

    def read(self, marked: Sequence[str], *, on_paper: bool = False) -> tuple[str, ...]:
        """Read what was marked, in the order of the options; raise ``Refused`` when it is no vote (有效票).

        Only paper can be spoilt, for it cannot be handed back.
        """
        chosen = tuple(dict.fromkeys(marked))
        if on_paper and chosen == (SPOILT,):
            return chosen
        if not chosen:
            raise Refused(
                Refusal("还没有选。", remedy="请先选好再投；不想表态可以选「弃权」。", asked="投票")
            )
        if chosen == (ABSTAIN,):
            return chosen
        known = tuple(option.key for option in self.options)
        if not set(chosen) <= set(known):
            raise Refused(Refusal("所选的不在表决票上。", remedy="请从列出的各项里选。", asked="投票"))
        if len(chosen) > self.most:
            raise Refused(
                Refusal(
                    f"选了 {len(chosen)} 个，最多选 {self.most} 个。",
                    remedy="请去掉多选的。" if not on_paper else "多选的票作废票登记。",
                    asked="投票",
                )
            )
        return tuple(key for key in known if key in chosen)


def may_cast(*, opens_at: datetime, closes_at: datetime, at: datetime, clause: Clause) -> Verdict:
    """Tell whether votes are taken at an instant: from the opening on, until the end and not at it (起止)."""
    if at < opens_at:
        return no("表决还没有开始。", clause, remedy="请等到开始以后再投。", asked="投票")
    if at >= closes_at:
        return no("表决已经截止，不能再投。", clause, remedy="请看公布的结果。", asked="投票")
    return yes(clause=clause)


def may_close(
    *, closes_at: datetime, at: datetime, waiting: int, in_meeting: bool, clause: Clause
) -> Verdict:
    """Tell whether a ballot may end: its time is over, nobody is waited for, or the chair says so (截止)."""
    if at >= closes_at or waiting == 0 or in_meeting:
        return yes(clause=clause)
    return no(
        f"表决还没有到截止时间，还有 {waiting} 人没有投：不能提前结束。",
        clause,
        remedy="请等到截止时间，或者等所有人投完。",
        asked="结束表决",
    )


def is_in_notice(forum: Forum, item: str, *, noticed: Collection[str], clause: Clause) -> Verdict:
    """Tell whether an item may be voted on: where the notice binds, only what stood in it (通知以外, O-8)."""
    if not forum.locks_agenda or item in noticed:
        return yes(clause=clause)
    return no(
        f"「{item}」不在会议通知里：不得表决。",
        clause,
        remedy="请另行通知，在下一次会议表决。",
        asked=f"表决「{item}」",
    )


def may_be_secret(thresholds: Sequence[Threshold], *, plain: Collection[Measure], clause: Clause) -> Verdict:
    """Tell whether a ballot can be secret: only what counts each voter as one keeps them alike (无记名).

    ``plain`` names the measures under which each voter of the roll weighs the same. Of several ways to pass,
    one that can be counted so is enough; the others are then not counted.
    """
    judged = (one for one in thresholds if not _has_plain_way(one, plain))
    used = {bar.measure for one in judged for way in one.ways for bar in way.bars}
    telling = [measure for measure in Measure if measure in used and measure not in plain]
    if not telling:
        return yes(clause=clause)
    return no(
        f"按{telling[0].title}计票的表决不能无记名：各人的分量不同，一看就知道是谁投的。",
        clause,
        remedy="请改为记名表决。",
        asked="无记名表决",
    )


def has_spare(slip: Slip, *, spare: int, clause: Clause) -> Verdict:
    """Tell whether an election has more candidates than seats by so many (差额, RC-18)."""
    standing = len(slip.options)
    if slip.kind is not Kind.ELECTION or standing >= slip.most + spare:
        return yes(clause=clause)
    return no(
        f"应选 {slip.most} 人，候选人 {standing} 人：候选人数应当多于应选人数。",
        clause,
        remedy=f"还差 {slip.most + spare - standing} 名候选人。",
        asked="差额选举",
    )


def receipt_digest(number: str, code: str) -> str:
    """Bind the code that a voter keeps to one ballot; it says nothing about the choice (回执)."""
    return digest(Role.RECEIPT, canonical([number, code]), algorithm=SHA256)


def _has_plain_way(threshold: Threshold, plain: Collection[Measure]) -> bool:
    return any(all(bar.measure in plain for bar in way.bars) for way in threshold.ways)
