"""A community that deliberates, and the acts that bring a topic to where a test begins (议题造数)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from linli.bodies.actor import Actor
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate
from linli.deliberation import access, soundings
from linli.deliberation.access import Desk
from linli.deliberation.actions import participating, raising, sounding, stepping, tasking, voicing
from linli.deliberation.actions.participating import Invited
from linli.deliberation.actions.raising import Proposal
from linli.deliberation.actions.tasking import Asked
from linli.deliberation.choices import Said
from linli.handoffs import topic_to_meeting
from linli.meetings import access as halls
from linli.meetings import minutes
from linli.meetings import queries as meetings
from linli.meetings.access import Hall
from linli.meetings.actions import attending, holding, minuting
from linli.meetings.actions.convening import Call, Guest, Item
from tests import make
from tests.world import TUESDAY, World, officer, spots

if TYPE_CHECKING:
    from linli.deliberation.models import Topic
    from linli.meetings.models import Meeting

WORDS = "3 栋前的空地堆满杂物，想清出来给老人坐。"
DUE = date(2026, 12, 20)


@dataclass(frozen=True, slots=True)
class Council:
    """Those who deliberate in the community, beside the cast of the world (议事各方)."""

    world: World
    director: Actor
    head: Actor
    recorder: Actor

    @property
    def roll(self) -> Roll:
        """Return the council's members: the head and two residents."""
        members = (self.head, self.world.resident, self.world.neighbour)
        return Roll(
            Electorate.MEMBERS,
            tuple(Voter(f"person:{one.person_id}", one.name, (one.person_id or 0,)) for one in members),
        )


def gather(world: World) -> Council:
    """Seat the director of the committee and the head of the council."""
    return Council(
        world,
        director=officer("director", "周丽华", at="tonghua", office="committee_director"),
        head=officer("head", "唐守义", at="tonghua", office="council_head"),
        recorder=officer("recorder", "吴梅", at="tonghua", office="council_member"),
    )


def propose(by: Actor, *, procedure: str = "six_steps", at: datetime = TUESDAY, **changes: Any) -> "Topic":
    """Raise a topic in the estate of the small community."""
    told: dict[str, Any] = {
        "title": "清出 3 栋前的空地",
        "words": WORDS,
        "procedure": procedure,
        "spots": spots("tonghua_e1"),
    }
    return raising.propose(Proposal(**told | changes), by=by, at=at)


def sit(topic: "Topic", by: Actor, *, at: datetime = TUESDAY) -> Desk:
    """Lay a topic before somebody who may see it, to act on it."""
    desk = access.sit(topic.matter.number, by=by, at=at, to_act=True)
    assert desk is not None
    return desk


def step(topic: "Topic", act: str, by: Actor, *, at: datetime = TUESDAY, words: str = "照办。") -> None:
    """Do an act that needs no more than words."""
    stepping.step(sit(topic, by, at=at), act, words=words)


def named(topic: "Topic", council: Council, *, at: datetime = TUESDAY) -> None:
    """Say who takes part."""
    invited = (Invited("3 栋住户"), Invited("城管队", body=council.world.enforcement))
    participating.name_participants(sit(topic, council.director, at=at), invited)


def convene(
    topic: "Topic",
    council: Council,
    *,
    at: datetime,
    by: Actor | None = None,
    forum: str = "neighbour_council",
) -> "Meeting":
    """Call the council's meeting on a topic, for the next day."""
    head, recorder = (Guest(one.person_id or 0, one.name) for one in (council.head, council.recorder))
    call = Call(
        forum=forum,
        title="睦邻议事厅",
        spots=spots("tonghua"),
        venue="社区会议室",
        meets_at=at + timedelta(days=1),
        items=(Item(topic.matter.title, matter=topic.matter.number),),
        chair=head,
        recorder=recorder,
    )
    return topic_to_meeting.convene(call, council.roll, by=by or council.head, at=at)


def hold(meeting: "Meeting", council: Council, *, at: datetime) -> None:
    """Let everybody sign in, deal with every item, close, and sign the minutes."""
    hold_under(meeting, council.head, council.recorder, at=at)


def hold_under(meeting: "Meeting", chair: Actor, recorder: Actor, *, at: datetime) -> None:
    """Hold a meeting from the first name to the two who sign its minutes."""
    for seat in meetings.seats(meeting):
        attending.sign_in(_hall(meeting, chair, at=at), seat.key)
    holding.open_meeting(_hall(meeting, chair, at=at))
    for item in meetings.items(meeting):
        holding.take_up(_hall(meeting, chair, at=at), item.pk)
    holding.close(_hall(meeting, chair, at=at))
    for one in (chair, recorder):
        hall = _hall(meeting, one, at=at)
        minuting.sign(hall, digest=minutes.write(hall.meeting).digest)


def _hall(meeting: "Meeting", by: Actor, *, at: datetime) -> Hall:
    hall = halls.sit(meeting.number, by=by, at=at, to_act=True)
    assert hall is not None
    return hall


def task(topic: "Topic", council: Council, *, at: datetime, **changes: Any) -> Any:
    """Ask the enforcers to clear the ground."""
    asked: Mapping[str, Any] = {
        "title": "清走杂物", "due_on": DUE, "body": council.world.enforcement,
    }  # fmt: skip
    return tasking.add_task(sit(topic, council.director, at=at), Asked(**{**asked, **changes}))


def supported(topic: "Topic", *, times: int) -> None:
    """Let so many people of the place support a topic."""
    for number in range(times):
        by = make.actor(make.person(f"邻居{number}", lives_at=spots("tonghua_e1")[-1].id))
        participating.support(sit(topic, by))


def talked_over(council: Council) -> "Topic":
    """Bring a topic to the step at which it is deliberated."""
    topic = propose(council.world.secretary)
    step(topic, "take_in", council.world.secretary)
    named(topic, council)
    step(topic, "announce", council.director)
    return topic


def sounded(council: Council, *, is_screened: bool = False) -> "Topic":
    """Begin to gather opinions on a topic that is deliberated."""
    topic = talked_over(council)
    sounding.open_sounding(sit(topic, council.head), is_screened=is_screened)
    topic.refresh_from_db()
    return topic


def neighbours(number: int) -> list[Actor]:
    """Let so many people more live on the estate."""
    home = spots("tonghua_e1")[-1].id
    return [make.actor(make.person(f"住户{place}", lives_at=home)) for place in range(number)]


def voted(topic: "Topic", voters: Sequence[Actor], said: Sequence[Said]) -> None:
    """Let people say the same to the statements in their order."""
    keys = soundings.words_of(topic)
    for one in voters:
        desk = sit(topic, one)
        for key, word in zip(keys, said, strict=False):
            voicing.say(desk, key, word)
