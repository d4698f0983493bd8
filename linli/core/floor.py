"""What is on the floor of a meeting: motions, speeches and points of order, under which rules (议事现场)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from linli.core.clause import Clause, Mark
from linli.core.forum import Debate

_SOURCE = "罗伯特议事规则（中文十二条）"


class Rule(Enum):
    """Name the twelve rules as they are read out (议事规则十二条)."""

    MOTION_FIRST = "第一条 动议中心"
    NEUTRAL_CHAIR = "第二条 主持中立"
    EQUAL_CHANCE = "第三条 机会均等"
    CLEAR_POSITION = "第四条 立场明确"
    UNINTERRUPTED = "第五条 发言完整"
    TO_THE_CHAIR = "第六条 面对主持"
    LIMITS = "第七条 限时限次"
    ONE_AT_A_TIME = "第八条 一时一件"
    RULINGS = "第九条 遵守裁判"
    CIVIL = "第十条 文明表达"
    FULL_DEBATE = "第十一条 充分辩论"
    MAJORITY = "第十二条 多数裁决"

    @property
    def clause(self) -> Clause:
        """Return the rule as the clause a refusal cites."""
        return Clause("D-7", _SOURCE, self.value, Mark.READ)


class Kind(Enum):
    """What somebody may ask the meeting to do (动议)."""

    MAIN = "main"
    AMEND = "amend"
    CLOSE = "close"
    TABLE = "table"

    @property
    def title(self) -> str:
        """Say the kind in Chinese."""
        return _KINDS[self]

    @property
    def is_debated(self) -> bool:
        """Tell whether it is spoken on before it is put to the vote."""
        return self in (Kind.MAIN, Kind.AMEND)


class Stage(Enum):
    """How far a motion has come (进度)."""

    MOVED = "moved"
    SECONDED = "seconded"
    DEBATED = "debated"
    PUT = "put"
    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    TABLED = "tabled"

    @property
    def title(self) -> str:
        """Say the stage in Chinese."""
        return _STAGES[self]

    @property
    def is_pending(self) -> bool:
        """Tell whether the motion is still on the floor."""
        return self in (Stage.MOVED, Stage.SECONDED, Stage.DEBATED, Stage.PUT)


class Side(Enum):
    """For which side somebody speaks (立场)."""

    FOR = "for"
    AGAINST = "against"

    @property
    def title(self) -> str:
        """Say the side in Chinese."""
        return "正方" if self is Side.FOR else "反方"

    @property
    def other(self) -> "Side":
        """Return the opposite side."""
        return Side.AGAINST if self is Side.FOR else Side.FOR


_KINDS = {Kind.MAIN: "动议", Kind.AMEND: "修正动议", Kind.CLOSE: "结束辩论", Kind.TABLE: "搁置"}
_STAGES = {
    Stage.MOVED: "等人附议",
    Stage.SECONDED: "已附议",
    Stage.DEBATED: "正在辩论",
    Stage.PUT: "正在表决",
    Stage.CARRIED: "通过",
    Stage.LOST: "未通过",
    Stage.WITHDRAWN: "撤回",
    Stage.TABLED: "搁置",
}


@dataclass(frozen=True, slots=True)
class Motion:
    """What the meeting is asked to do, by whom, and how far it has come (动议); numbered in order."""

    number: int
    kind: Kind
    words: str
    mover: str
    seconder: str = ""
    stage: Stage = Stage.MOVED
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """A hand up, then what is being said, then what was said, on one motion (发言)."""

    number: int
    motion: int
    speaker: str
    side: Side
    began_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Tell whether the speaker has not had the floor yet."""
        return self.began_at is None and self.ended_at is None

    @property
    def is_running(self) -> bool:
        """Tell whether the speaker has the floor now."""
        return self.began_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class Point:
    """Somebody says that a rule is broken; ``upheld`` is none until the chair has ruled (秩序问题)."""

    number: int
    raiser: str
    words: str
    upheld: bool | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor of a meeting at one moment; every act returns the next one or raises ``Refused`` (会场).

    ``item`` is the item of the agenda being dealt with, ``chair`` whoever presides now, ``presiding`` whoever
    presides when nothing is argued by them. People are keys. What is no longer pending may be left out.
    """

    chair: str
    presiding: str
    item: str = ""
    motions: tuple[Motion, ...] = ()
    speeches: tuple[Speech, ...] = ()
    points: tuple[Point, ...] = ()
    debate: Debate | None = None

    @property
    def main(self) -> Motion | None:
        """Return the one main motion that is pending (主动议)."""
        return next((one for one in self.motions if one.kind is Kind.MAIN and one.stage.is_pending), None)

    @property
    def pending(self) -> Motion | None:
        """Return the motion that is dealt with first: the last one moved on the main one (当前动议)."""
        return next((one for one in reversed(self.motions) if one.stage.is_pending), None)

    @property
    def running(self) -> Speech | None:
        """Return the speech being held (正在发言)."""
        return next((one for one in self.speeches if one.is_running), None)

    @property
    def open_point(self) -> Point | None:
        """Return the point of order on which the chair has to rule (待裁定)."""
        return next((one for one in self.points if one.upheld is None), None)

    def waiting(self, motion: int) -> tuple[Speech, ...]:
        """List the hands up on a motion, in the order in which they will be called (发言次序)."""
        return _in_order([one for one in self.speeches if one.motion == motion], mover=self._mover(motion))

    def times(self, speaker: str, *, motion: int) -> int:
        """Count how often somebody has had the floor on a motion (发言次数)."""
        return sum(
            one.speaker == speaker and one.motion == motion and one.began_at is not None
            for one in self.speeches
        )

    def ends_at(self, speech: Speech) -> datetime | None:
        """Return when a speaker's time is over; none where nobody counts it (发言时限)."""
        if speech.began_at is None or self.debate is None:
            return None
        return speech.began_at + timedelta(minutes=self.debate.minutes)

    def _mover(self, motion: int) -> str:
        return next((one.mover for one in self.motions if one.number == motion), "")


def _in_order(speeches: list[Speech], *, mover: str) -> tuple[Speech, ...]:
    """Order the hands up as they will be called, if nobody else puts one up."""
    begun = [one for one in speeches if one.began_at is not None]
    heard = {one.speaker: sum(one.speaker == other.speaker for other in begun) for one in begun}
    last = max(begun, key=lambda one: (one.began_at, one.number)).side if begun else Side.AGAINST
    left = [one for one in speeches if one.is_waiting]
    order: list[Speech] = []
    while left:
        turn = min(left, key=lambda one: _rank(one, mover if not begun and not order else "", last, heard))
        left.remove(turn)
        order.append(turn)
        heard[turn.speaker] = heard.get(turn.speaker, 0) + 1
        last = turn.side
    return tuple(order)


def _rank(one: Speech, mover: str, last: Side, heard: Mapping[str, int]) -> tuple[bool, bool, int, int]:
    return (one.speaker != mover, one.side is last, heard.get(one.speaker, 0), one.number)
