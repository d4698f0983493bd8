"""What kind of meeting decides something: who belongs to it, its notice, its thresholds (会议形式)."""

from dataclasses import dataclass
from enum import Enum

from linli.core.clause import Clause
from linli.core.term import Term
from linli.core.threshold import Threshold


class Electorate(Enum):
    """Whose meeting it is, and so from which roll those entitled are taken (参加范围)."""

    ADULTS = "adults"
    HOUSEHOLDS = "households"
    DELEGATES = "delegates"
    OWNERS = "owners"
    PARTY_MEMBERS = "party_members"
    MEMBERS = "members"
    INVITED = "invited"

    @property
    def title(self) -> str:
        """Say whose meeting it is in Chinese."""
        return _TITLES[self]


_TITLES = {
    Electorate.ADULTS: "十八周岁以上的居民",
    Electorate.HOUSEHOLDS: "户代表",
    Electorate.DELEGATES: "居民代表",
    Electorate.OWNERS: "业主",
    Electorate.PARTY_MEMBERS: "党员",
    Electorate.MEMBERS: "组成人员",
    Electorate.INVITED: "受邀各方",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A threshold and the clause it stands under (有据的门槛)."""

    threshold: Threshold
    clause: Clause


@dataclass(frozen=True, slots=True)
class Notice:
    """How many days before a meeting those entitled are told; ``may_be_shorter`` with a reason (通知)."""

    term: Term
    clause: Clause
    may_be_shorter: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """For how long votes are taken outside a meeting, at least and at most (表决期限)."""

    shortest: Term
    longest: Term
    clause: Clause


@dataclass(frozen=True, slots=True)
class Proxies:
    """How many written proxies one person may hold; none at all when ``most`` is zero (委托)."""

    most: int
    clause: Clause


@dataclass(frozen=True, slots=True)
class Debate:
    """How long one may speak, and how often, on one motion (发言限制).

    ``passes`` decides what is no decision of the forum itself, such as an amendment; ``closes`` what ends a
    debate early.
    """

    minutes: int
    times: int
    clause: Clause
    passes: Threshold | None = None
    closes: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often the meeting must be held, and on which day of the month if it has one (会期).

    ``every`` is the longest time between two meetings.
    """

    every: Term
    clause: Clause
    on_day: int = 0


@dataclass(frozen=True, slots=True)
class Forum:
    """One kind of meeting that a place holds, as law and local rules have it (会议形式).

    ``body_kind`` names the kind of body whose members belong to it; ``invites`` the kinds of bodies that sit
    in without a vote; ``held_at`` the kinds of places that each hold their own, where it is no body's;
    ``calls`` from which share on the meeting must be convened on demand. Where it ``receives``, residents
    bring matters to those who sit there, and everybody may come.
    """

    key: str
    title: str
    electorate: Electorate
    clause: Clause
    body_kind: str = ""
    invites: tuple[str, ...] = ()
    held_at: tuple[str, ...] = ()
    notice: Notice | None = None
    quorum: Bound | None = None
    passes: Bound | None = None
    calls: tuple[Bound, ...] = ()
    proxies: Proxies | None = None
    window: Window | None = None
    debate: Debate | None = None
    rhythm: Rhythm | None = None
    is_secret: bool = False
    locks_agenda: bool = False
    receives: bool = False
