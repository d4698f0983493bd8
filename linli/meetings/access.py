"""Who may see a meeting, who runs it, and for whom somebody speaks there (权限)."""

from dataclasses import dataclass
from datetime import datetime

from linli.bodies.access import leads
from linli.bodies.actor import Actor
from linli.core.floor import Floor, Stage
from linli.core.forum import Forum
from linli.core.funnel import Funnel
from linli.core.refusal import Refusal
from linli.core.threshold import QUORUM, judge
from linli.core.verdict import Refused, Verdict, no, yes
from linli.meetings import queries
from linli.meetings.ground import Ground
from linli.meetings.models import AgendaItem, Meeting, Motion, Progress, Seat
from linli.pack.edition import Edition

_ACT = "call_meeting"


@dataclass(frozen=True, slots=True)
class Hall:
    """A meeting before one person at one instant: what is on the floor, and whose seats are theirs (会场)."""

    meeting: Meeting
    forum: Forum
    actor: Actor
    at: datetime
    item: AgendaItem | None
    motions: tuple[Motion, ...]
    floor: Floor
    mine: tuple[Seat, ...]
    runs: bool

    @property
    def own(self) -> Seat | None:
        """Return the seat this person acts for first."""
        return next(iter(self.mine), None)

    @property
    def put(self) -> Motion | None:
        """Return the motion that is being voted on (正在表决)."""
        return next((one for one in reversed(self.motions) if one.stage == Stage.PUT.value), None)

    @property
    def attendance(self) -> Funnel:
        """Count who is entitled and who is there."""
        return queries.attendance(self.meeting, self.forum)

    def quorum(self) -> Verdict:
        """Say whether enough are there, with the sum (法定人数)."""
        return quorum(self.forum, self.attendance)

    def require_running(self) -> None:
        """Refuse whoever does not run the meeting."""
        if not self.runs:
            raise Refused(
                Refusal(
                    "这一步由主持人、记录人或者召集的工作人员来办。",
                    clause=self.forum.clause,
                    remedy="请向主持人提出。",
                )
            )

    def require_open(self) -> None:
        """Refuse what can only be done while the meeting is held."""
        if not self.meeting.is_open:
            said = Progress(self.meeting.progress).label
            raise Refused(
                Refusal(f"会议{said}，现在不能办这一步。", clause=self.forum.clause, asked="会议进行中")
            )

    def seat_for(self, key: str) -> Seat:
        """Return the seat somebody acts for here: their own, or any for whoever runs the meeting."""
        found = next((one for one in self.mine if one.key == key or not key), None)
        if found is None and self.runs and key:
            found = queries.seat(self.meeting, key)
        if found is None:
            raise Refused(
                Refusal("您不在这次会议的名册里。", clause=self.forum.clause, remedy="请找会务人员。")
            )
        if not found.is_present:
            raise Refused(
                Refusal(
                    f"{found.name}还没有签到。", clause=self.forum.clause, remedy="请先签到。", asked="签到"
                )
            )
        return found


def quorum(forum: Forum, attendance: Funnel) -> Verdict:
    """Judge whether enough came (法定人数)."""
    if forum.quorum is None:
        return yes("这类会议没有规定到会人数。", forum.clause)
    return judge(forum.quorum.threshold, attendance, clause=forum.quorum.clause, asked=QUORUM)


def sit(number: str, *, by: Actor, at: datetime, to_act: bool = False) -> Hall | None:
    """Lay a meeting before somebody; none when there is no such one or they may not see it (会场)."""
    meeting = queries.of_number(number, to_act=to_act)
    if meeting is None:
        return None
    hall = lay(meeting, by, at)
    return hall if may_see(hall) else None


def lay(meeting: Meeting, by: Actor, at: datetime) -> Hall:
    """Gather what stands before somebody in a meeting."""
    forum = queries.forum_of(meeting)
    mine = queries.seats_of(meeting, by.person_id)
    item = queries.item_on(meeting) if meeting.is_open else None
    motions = queries.motions(item)
    floor = queries.floor(meeting, item, forum=forum, motions=motions)
    return Hall(meeting, forum, by, at, item, motions, floor, mine, _runs(meeting, by, mine))


def stand(ground: Ground, *, by: Actor, at: datetime) -> Hall | None:
    """Put somebody into a meeting that was read for all; none when they may not see it (会场)."""
    mine = queries.seats_of(ground.meeting, by.person_id)
    runs = _runs(ground.meeting, by, mine)
    hall = Hall(ground.meeting, ground.forum, by, at, ground.item, ground.motions, ground.floor, mine, runs)
    return hall if may_see(hall) else None


def may_see(hall: Hall) -> bool:
    """Tell whether a meeting may be shown to somebody: they sit in it, run it, oversee it, or may listen."""
    meeting = hall.meeting
    return bool(hall.mine) or hall.runs or hall.actor.reaches(meeting.place_path) or meeting.is_public


def may_convene(actor: Actor, *, path: str, edition: Edition) -> Verdict:
    """Answer whether somebody may call meetings at a place: who leads it, or whom a method lets (召集)."""
    able = edition.offices_for(_ACT)
    if leads(actor, path) or actor.holds(able, over=path):
        return yes("可以召集。")
    titles = "、".join(data.title for key, data in edition.offices.items() if key in able)
    return no(
        f"会议由本级的书记、调度员或者{titles}召集。",
        remedy="请把建议交给他们，或者联名提议召开。",
        asked="召集会议",
    )


def _runs(meeting: Meeting, actor: Actor, mine: tuple[Seat, ...]) -> bool:
    keys = {one.key for one in mine}
    in_charge = {meeting.chair, meeting.presiding, meeting.recorder} - {""}
    return bool(keys & in_charge) or _leads(actor, meeting.place_path)


def _leads(actor: Actor, path: str) -> bool:
    """Tell whether somebody leads a place by an office there; to keep the site is none."""
    return actor.reaches(path) and leads(actor, path)
