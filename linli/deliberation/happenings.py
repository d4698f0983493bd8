"""What meetings, ballots and notices say of a topic, and of its present step (议事进展)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linli.ballots import queries as ballots
from linli.core.facts import Facts
from linli.deliberation.models import Topic
from linli.disclosure import queries as disclosure
from linli.matters import queries as matters
from linli.matters.actions.moving import Figures
from linli.matters.letters import instant
from linli.meetings import queries as meetings

if TYPE_CHECKING:
    from linli.ballots.models import Ballot
    from linli.disclosure.models import Notice
    from linli.meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting or ballot of a topic, as a page lists it; not everybody may open it (会议和表决)."""

    kind: str
    number: str
    title: str
    words: str
    at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Happenings:
    """All that was called, put to the vote and hung for a topic, each the newest first (议事进展).

    Of the present step only what its own ``forum`` did ``since`` the topic came to it counts.
    """

    forum: str
    forum_title: str
    since: datetime
    meetings: "tuple[Meeting, ...]"
    ballots: "tuple[Ballot, ...]"
    notices: "tuple[Notice, ...]"

    @property
    def meeting(self) -> "Meeting | None":
        """Return the last meeting of the step that was not called off."""
        own = (one for one in self.meetings if one.forum == self.forum)
        return next((one for one in own if (one.closed_at or one.meets_at) >= self.since), None)

    @property
    def ballot(self) -> "Ballot | None":
        """Return the last ballot of the step that was not cancelled."""
        own = (one for one in self.ballots if one.forum == self.forum and not one.cancelled_at)
        return next((one for one in own if one.opens_at >= self.since), None)

    @property
    def hung(self) -> "tuple[Notice, ...]":
        """Return the notices that were hung in the step."""
        return tuple(one for one in self.notices if one.shown_at >= self.since)

    @property
    def notice(self) -> "Notice | None":
        """Return the last notice of the step that was not taken down."""
        return next((one for one in self.hung if one.taken_down_at is None), None)

    @property
    def figures(self) -> Figures:
        """Return what an act puts on record of the step: meeting, ballot with its sum, notice (依据)."""
        said = (
            ("会议", self.meeting.number if self.meeting else ""),
            ("表决", self.ballot.number if self.ballot else ""),
            ("表决结果", self.ballot.said if self.ballot else ""),
            ("公示", self.notice.number if self.notice else ""),
        )
        return tuple((name, value) for name, value in said if value)

    @property
    def lines(self) -> tuple[Line, ...]:
        """List every meeting and ballot of the topic, the newest first (会议和表决)."""
        met = [_met(one) for one in self.meetings]
        return tuple(sorted((*met, *map(_asked, self.ballots)), key=lambda line: line.at, reverse=True))

    def facts(self, *, at: datetime) -> Facts:
        """Say what has happened since the topic came to its present step (事实)."""
        return self._of_meeting() | self._of_ballot(at) | self._of_notices(at)

    def _of_meeting(self) -> Facts:
        meeting = self.meeting
        holds = {
            "meeting_called": meeting is not None,
            "meeting_held": meeting is not None and meeting.is_held,
            "quorum_met": meeting is not None and (meeting.is_held or meeting.is_open),
            "minutes_signed": meeting is not None and meeting.minutes_signed,
        }
        figures = {"forum": self.forum_title, "meeting_at": instant(meeting.meets_at) if meeting else ""}
        return _facts(holds, figures)

    def _of_ballot(self, at: datetime) -> Facts:
        ballot = self.ballot
        if ballot is None:
            return Facts(frozenset(), {"ballot_said": "还没有表决。"})
        is_closed, until = ballot.closed_at is not None, instant(ballot.closes_at)
        holds = {
            "ballot_open": not is_closed,
            "ballot_closed": is_closed,
            "ballot_passed": is_closed and bool(ballot.passed),
            "ballot_failed": is_closed and not ballot.passed,
        }
        waiting = "表决还没有计票。" if at >= ballot.closes_at else f"表决还没有结束，{until} 截止。"
        return _facts(holds, {"ballot_until": until, "ballot_said": ballot.said if is_closed else waiting})

    def _of_notices(self, at: datetime) -> Facts:
        keys, notice = [one.pk for one in self.hung], self.notice
        waiting = disclosure.unanswered(keys) if keys else 0
        holds = {
            "notice_posted": notice is not None,
            "notice_over": notice is not None and at >= notice.ends_at,
            "objection_standing": waiting > 0,
            "objection_upheld": notice is not None and disclosure.is_upheld([notice.pk]),
        }
        until = instant(notice.ends_at) if notice else ""
        return _facts(holds, {"notice_until": until, "objections": str(waiting)})


def of(topic: Topic) -> Happenings:
    """Gather what meetings, ballots and notices there are for a topic (议事进展)."""
    forum = matters.step_of(topic.matter).forum
    known = matters.edition_of(topic.matter).forums.get(forum)
    return Happenings(
        forum=forum,
        forum_title=known.title if known else "会议",
        since=topic.since,
        meetings=meetings.of_matter(topic.pk),
        ballots=ballots.of_matter(topic.pk),
        notices=tuple(disclosure.notices(topic.pk)),
    )


def people(topic: Topic) -> set[int]:
    """Return who took part in the meetings, ballots and notices of a topic."""
    sat = meetings.took_part(topic.pk)
    return sat | ballots.took_part(topic.pk) | disclosure.objectors(topic.pk)


def _facts(holds: dict[str, bool], figures: dict[str, str]) -> Facts:
    return Facts(frozenset(key for key, held in holds.items() if held), figures)


def _met(one: "Meeting") -> Line:
    words = f"{instant(one.meets_at)}，{one.get_progress_display()}"
    return Line("meeting", one.number, one.title, words, one.meets_at, one.is_public)


def _asked(one: "Ballot") -> Line:
    words = one.said or f"{instant(one.closes_at)} 截止"
    return Line("ballot", one.number, one.question, words, one.opens_at, is_open=True)
