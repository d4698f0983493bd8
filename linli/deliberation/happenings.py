"""What meetings, ballots and notices say of a topic's present step (议事进展)."""

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
class Happenings:
    """What was called, put to the vote and hung since a topic came to its present step (本步进展)."""

    meeting: "Meeting | None"
    ballot: "Ballot | None"
    notices: "tuple[Notice, ...]"

    @property
    def notice(self) -> "Notice | None":
        """Return the last notice that was not taken down."""
        return next((one for one in self.notices if one.taken_down_at is None), None)


def of(topic: Topic) -> Happenings:
    """Find the last meeting and ballot of the step's own forum, and its notices (本步进展)."""
    forum, since = matters.step_of(topic.matter).forum, topic.since
    met = (one for one in meetings.of_matter(topic.pk) if one.forum == forum and not one.reason)
    asked = (one for one in ballots.of_matter(topic.pk) if one.forum == forum and not one.cancelled_at)
    return Happenings(
        meeting=next((one for one in met if (one.closed_at or one.meets_at) >= since), None),
        ballot=next((one for one in asked if one.opens_at >= since), None),
        notices=tuple(one for one in disclosure.notices(topic.pk) if one.shown_at >= since),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting or ballot of a topic, as a page lists it (会议和表决)."""

    kind: str
    number: str
    title: str
    words: str


def lines(topic: Topic) -> tuple[Line, ...]:
    """List every meeting and ballot of a topic, the newest first (会议和表决)."""
    met = [
        (
            one.meets_at,
            Line("meeting", one.number, one.title, f"{instant(one.meets_at)}，{one.get_progress_display()}"),
        )
        for one in meetings.of_matter(topic.pk)
    ]
    asked = [
        (one.opens_at, Line("ballot", one.number, one.question, one.said or f"{instant(one.closes_at)} 截止"))
        for one in ballots.of_matter(topic.pk)
    ]
    return tuple(line for _, line in sorted((*met, *asked), key=lambda pair: pair[0], reverse=True))


def facts(topic: Topic, *, at: datetime) -> Facts:
    """Gather what has happened since the topic came to its present step (事实)."""
    found = of(topic)
    return _of_meeting(topic, found) | _of_ballot(found, at=at) | _of_notices(found, at=at)


def figures(topic: Topic) -> Figures:
    """Return what an act puts on record of the present step: meeting, ballot with its sum, notice (依据)."""
    found = of(topic)
    said = (
        ("会议", found.meeting.number if found.meeting else ""),
        ("表决", found.ballot.number if found.ballot else ""),
        ("表决结果", found.ballot.said if found.ballot else ""),
        ("公示", found.notice.number if found.notice else ""),
    )
    return tuple((name, value) for name, value in said if value)


def people(topic: Topic) -> set[int]:
    """Return who took part in the meetings, ballots and notices of a topic."""
    sat = {person for one in meetings.of_matter(topic.pk) for person in meetings.people_of(one)}
    return sat | ballots.took_part(topic.pk) | disclosure.objectors(topic.pk)


def _of_meeting(topic: Topic, found: Happenings) -> Facts:
    meeting, step = found.meeting, matters.step_of(topic.matter)
    forum = matters.edition_of(topic.matter).forums.get(step.forum)
    holds = {
        "meeting_called": meeting is not None,
        "meeting_held": meeting is not None and meeting.is_held,
        "quorum_met": meeting is not None and (meeting.is_held or meeting.is_open),
        "minutes_signed": meeting is not None and meeting.minutes_signed,
    }
    figures = {
        "forum": forum.title if forum else "会议",
        "meeting_at": instant(meeting.meets_at) if meeting else "",
    }
    return Facts(frozenset(key for key, held in holds.items() if held), figures)


def _of_ballot(found: Happenings, *, at: datetime) -> Facts:
    ballot = found.ballot
    if ballot is None:
        return Facts(frozenset(), {"ballot_said": "还没有表决。"})
    is_closed = ballot.closed_at is not None
    holds = {
        "ballot_open": not is_closed,
        "ballot_closed": is_closed,
        "ballot_passed": is_closed and bool(ballot.passed),
        "ballot_failed": is_closed and not ballot.passed,
    }
    waiting = (
        "表决还没有计票。"
        if at >= ballot.closes_at
        else f"表决还没有结束，{instant(ballot.closes_at)} 截止。"
    )
    figures = {
        "ballot_until": instant(ballot.closes_at),
        "ballot_said": ballot.said if is_closed else waiting,
    }
    return Facts(frozenset(key for key, held in holds.items() if held), figures)


def _of_notices(found: Happenings, *, at: datetime) -> Facts:
    """Only a notice that was not taken down counts, and of these the last of this step."""
    keys, notice = [one.pk for one in found.notices], found.notice
    waiting = disclosure.unanswered(keys) if keys else 0
    holds = {
        "notice_posted": notice is not None,
        "notice_over": notice is not None and at >= notice.ends_at,
        "objection_standing": waiting > 0,
        "objection_upheld": notice is not None and disclosure.is_upheld([notice.pk]),
    }
    figures = {"notice_until": instant(notice.ends_at) if notice else "", "objections": str(waiting)}
    return Facts(frozenset(key for key, held in holds.items() if held), figures)
