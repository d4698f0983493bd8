"""What everybody in a meeting sees now, as plain values: wall, desk and phones show the same (现场)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.core.floor import Kind, Motion, Side, Speech, Stage
from linli.core.funnel import Count, Measure
from linli.core.verdict import Verdict
from linli.meetings import models
from linli.meetings.access import Hall, quorum
from linli.meetings.ground import Ground
from linli.meetings.models import AgendaItem


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who speaks or waits to, by name (发言次序)."""

    name: str
    side: str
    tone: str
    is_mine: bool
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A motion with the names of those behind it (动议)."""

    motion: Motion
    kind: str
    stage: str
    mover: str
    seconder: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """The meeting as it stands at one moment (现场)."""

    hall: Hall
    agenda: tuple[AgendaItem, ...]
    quorum: Verdict
    counts: tuple[Count, ...]
    main: Shown | None
    pending: Shown | None
    running: Turn | None
    waiting: tuple[Turn, ...]
    point: tuple[str, str] | None
    chair: str
    results: tuple[models.Motion, ...]
    recused: tuple[tuple[str, str], ...]
    is_recused: bool

    @property
    def sum_words(self) -> str:
        """Say the sum of the attendance: 应到 120 人 · 到会 81 人 · 需 80 人 (到会)."""
        heads = next(one for one in self.counts if one.measure is Measure.HEADCOUNT)
        homes = next((one for one in self.counts if one.measure is Measure.HOUSEHOLD), None)
        by = homes or heads
        needed = next((words for name, words in self.quorum.figures if name.startswith("须有")), "")
        said = f"应到 {by.measure.show(by.entitled)} · 到会 {by.measure.show(by.attending or 0)}"
        return f"{said} · 需 {needed}" if needed else said

    @property
    def left(self) -> tuple[AgendaItem, ...]:
        """Return the items that are still to be dealt with."""
        return tuple(one for one in self.agenda if one.ended_at is None and one.began_at is None)

    @property
    def is_voting(self) -> bool:
        """Tell whether a motion is being voted on."""
        return self.pending is not None and self.pending.motion.stage is Stage.PUT


def look(hall: Hall, ground: Ground) -> Scene:
    """Show somebody what everybody sees now, and what of it is theirs (现场)."""
    floor, names = hall.floor, ground.names
    pending, main, point = floor.pending, floor.main, floor.open_point
    waiting = floor.waiting(pending.number) if pending else ()
    mine = {one.key for one in hall.mine}
    return Scene(
        hall=hall,
        agenda=ground.agenda,
        quorum=quorum(hall.forum, ground.attendance),
        counts=ground.attendance.counts,
        main=_shown(main, names, mine) if main else None,
        pending=_shown(pending, names, mine) if pending else None,
        running=_turn(floor.running, hall, names, mine) if floor.running else None,
        waiting=tuple(_turn(one, hall, names, mine) for one in waiting),
        point=(names.get(point.raiser, ""), point.words) if point else None,
        chair=names.get(hall.meeting.chair, ""),
        results=tuple(one for one in hall.motions if one.settled_at and one.kind == Kind.MAIN.value),
        recused=tuple((names.get(key, key), reason) for key, reason in ground.recused.items()),
        is_recused=not mine.isdisjoint(ground.recused),
    )


def _shown(motion: Motion, names: Mapping[str, str], mine: set[str]) -> Shown:
    return Shown(
        motion,
        motion.kind.title,
        motion.stage.title,
        names.get(motion.mover, ""),
        names.get(motion.seconder, ""),
        motion.mover in mine,
    )


def _turn(speech: Speech, hall: Hall, names: Mapping[str, str], mine: set[str]) -> Turn:
    return Turn(
        names.get(speech.speaker, ""),
        speech.side.title,
        "jade" if speech.side is Side.FOR else "amber",
        speech.speaker in mine,
        hall.floor.ends_at(speech),
    )
