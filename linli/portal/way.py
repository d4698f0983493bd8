"""The way of one matter as its page tells it to a resident: stations, next step, timeline (办理经过)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linli.frame import addresses, wording
from linli.frame.anatomy import Entry
from linli.frame.citing import cite, cite_words
from linli.frame.clock import day_of
from linli.matters import queries as matters
from linli.matters.story import Next, Story
from linli.meetings.actions.receiving import RECEIVED
from linli.people import queries as people
from linli.record.queries import Line

if TYPE_CHECKING:
    from linli.matters.models import Matter

# What is said in these acts is meant for whoever raised the matter; the rest is said among offices.
TOLD = frozenset(
    {"solve", "decline", "finish", "pause", "resume", "grant_extension", "hand_back", "verify", "regrade"}
)
_SEALED = frozenset({"finish", "solve", "decline", "verify", "lapse"})
# That somebody joined is told; who it was, to nobody.
_OF_OTHERS = frozenset({"join", "leave"})
_RESIDENT, _RAISED, _NEIGHBOUR = "居民", "提出", "邻居"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What happens next, in words, and under which clause (下一步)."""

    sentence: str
    clause: str


def ahead(matter: "Matter", story: Story, *, at: datetime, is_raiser: bool) -> Ahead:
    """Say who must do what by when; of several, the first one."""
    procedure = matters.procedure_of(matter)
    first = next(iter(story.nexts), None)
    step = procedure.step(matter.step)
    clause = cite(first.clause if first else step.clause or procedure.clause, matter.pack)
    if first is None:
        return Ahead("已经办结，没有下一步了。" if step.ends else f"现在是「{step.title}」。", clause)
    return Ahead(_sentence(first, _who(first, is_raiser=is_raiser), at=at), clause)


def entries(lines: Iterable[Line], *, of: "Matter", told: str) -> tuple[Entry, ...]:
    """Turn the record into a timeline, newest first, with the words meant for whoever raised the matter.

    ``told`` is what the matter began with; it stands on the page already.
    """
    listed = tuple(lines)[::-1]
    names = people.names(line.by for line in listed if line.by is not None)
    return tuple(_entry(line, names, of, told=told) for line in listed)


def _sentence(first: Next, who: str, *, at: datetime) -> str:
    if first.is_paused:
        return f"{who}完成「{first.title}」，计时已暂停。"
    if first.due_at is None:
        return f"{who}完成「{first.title}」。"
    by = wording.deadline(first.due_at, today=day_of(at))
    return f"{who}在 {by} 前完成「{first.title}」，{wording.remaining(first.due_at, now=at)}。"


def _who(first: Next, *, is_raiser: bool) -> str:
    if not first.is_raiser:
        return f"{first.who}应"
    return "请您" if is_raiser else "等反映人"


def _entry(line: Line, names: dict[int, str], matter: "Matter", *, told: str) -> Entry:
    if line.act in _OF_OTHERS:
        return Entry(line.at, line.title, who=_NEIGHBOUR, office="", words="", clause="", tone="")
    own = line.by is not None and line.by == matter.raised_by_id
    is_mine = own or line.office == _RESIDENT
    name = "您" if is_mine else names.get(line.by, "") if line.by else ""
    said = line.words if line.words and (is_mine or line.act in TOLD) and line.words != told else ""
    return Entry(
        at=line.at,
        act=_RAISED if line.act == "open" else line.title,
        who=name or line.office,
        office="" if is_mine or not name else line.office,
        words=said,
        clause=cite_words(line.clause_words, rule=line.clause, pack=matter.pack),
        tone="official" if line.act in _SEALED else "",
        papers=_papers(line, matter),
    )


def _papers(line: Line, matter: "Matter") -> tuple[tuple[str, str], ...]:
    """Link where everybody reads what became of what was brought to a reception."""
    if line.act != RECEIVED:
        return ()
    return (("看这次接待的情况", addresses.of("portal:place_meetings", matter.place.key)),)
