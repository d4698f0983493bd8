"""What is the same for everybody who looks at a meeting at one turn, read once for all of them (现场底稿)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from linli.core.floor import Floor
from linli.core.forum import Forum
from linli.core.funnel import Funnel
from linli.meetings import queries
from linli.meetings.models import AgendaItem, Meeting, Motion

# So many turns of all meetings that go on at a time; each is a few small objects.
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Ground:
    """A meeting at one turn, without anybody in particular (现场底稿)."""

    meeting: Meeting
    forum: Forum
    item: AgendaItem | None
    motions: tuple[Motion, ...]
    floor: Floor
    agenda: tuple[AgendaItem, ...]
    attendance: Funnel
    recused: Mapping[str, str]
    names: Mapping[str, str]


def lay_out(meeting: Meeting) -> Ground:
    """Read all that everybody sees of a meeting (摊开)."""
    forum = queries.forum_of(meeting)
    item = queries.item_on(meeting) if meeting.is_open else None
    motions = queries.motions(item)
    floor = queries.floor(meeting, item, forum=forum, motions=motions)
    recused = queries.recused(item)
    return Ground(
        meeting=meeting,
        forum=forum,
        item=item,
        motions=motions,
        floor=floor,
        agenda=queries.items(meeting),
        attendance=queries.attendance(meeting, forum),
        recused=recused,
        names=queries.names(meeting, _keys(meeting, floor) | set(recused)),
    )


def at_turn(number: str, turn: queries.Turn) -> Ground | None:
    """Return a meeting as it stands at a turn, read by the first who asks (底稿).

    It cannot go stale: whatever it holds changes with the turn or the stirs, which are its name. What is
    read under a turn that has just gone by is newer than its name, and asked for again at once.
    """
    return _known(number, turn)


@lru_cache(maxsize=_KEPT)
def _known(number: str, _turn: queries.Turn) -> Ground | None:
    meeting = queries.of_number(number)
    return lay_out(meeting) if meeting else None


def _keys(meeting: Meeting, floor: Floor) -> set[str]:
    """Name everybody whose name is shown now."""
    keys = {meeting.chair, *(one.speaker for one in floor.speeches), *(one.raiser for one in floor.points)}
    return keys | {key for one in floor.motions for key in (one.mover, one.seconder)}
