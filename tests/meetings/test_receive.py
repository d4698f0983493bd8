"""A reception of deputies: what a resident brings there is a matter, and stands on its page (代表接待)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from linli.bodies.actor import Actor
from linli.core.verdict import Refused
from linli.handoffs import meeting_to_case, receptions
from linli.matters.models import Matter
from linli.meetings import queries
from linli.meetings.actions import attending, holding
from linli.meetings.actions.convening import Item
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.console.desks import browser, see, text
from tests.meetings import halls
from tests.meetings.halls import MEETS
from tests.world import World, spots

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

pytestmark = [pytest.mark.django_db, pytest.mark.req("X22")]
WORDS = "三号楼的路灯坏了两个月，晚上看不见台阶。"


def called(world: World, **changes: Any) -> "Meeting":
    told = {"forum": "deputies_day", "title": "十二月代表接待日", "items": (Item("接待居民反映"),)}
    return halls.convened(world, of=halls.roll(world, 2), **told | changes)


def receiving(world: World) -> "Meeting":
    """Let both deputies of the roll be there, and the reception begin."""
    meeting = called(world)
    for key in halls.keys(meeting):
        halls.do(meeting, world.dispatcher, attending.sign_in, key)
    halls.do(meeting, world.secretary, holding.open_meeting)
    return halls.fresh(meeting)


def brought(world: World, meeting: "Meeting", **changes: Any) -> Matter:
    return meeting_to_case.receive(
        meeting.number,
        lambda: make.report(world, at=MEETS, words=WORDS, **changes),
        by=world.dispatcher,
        at=MEETS,
    )


def laid_out(meeting: "Meeting", *, sees_all: bool = False) -> receptions.Reception:
    (told,) = receptions.lay_out([meeting], sees_all=sees_all)
    return told


def test_everybody_may_come_whatever_was_ticked(world: World) -> None:
    assert called(world, is_public=False).is_public


def test_what_is_brought_is_a_matter_and_on_record_by_its_number(world: World) -> None:
    meeting = receiving(world)
    matter = brought(world, meeting)
    assert queries.brought([meeting]) == {meeting.pk: [matter]}
    line = record.timeline(meeting.number, newest_first=True)[0]
    assert (line.act, dict(line.figures)["事项"], line.clause) == ("receive", matter.number, "XXL-53")
    assert WORDS[:6] not in str(line)


def test_what_was_on_the_agenda_before_was_not_brought_there(world: World) -> None:
    known = make.report(world, words=WORDS)
    meeting = called(world, items=(Item("接待居民反映", matter=known.number),))
    assert queries.brought([meeting]) == {}


def test_what_is_sent_twice_is_on_record_once(world: World) -> None:
    meeting = receiving(world)
    matter = brought(world, meeting)
    meeting_to_case.receive(meeting.number, lambda: matter, by=world.dispatcher, at=MEETS)
    assert queries.brought([meeting]) == {meeting.pk: [matter]}


def test_the_matter_of_somebody_who_wants_no_public_shows_only_where_it_stands(world: World) -> None:
    meeting = receiving(world)
    matter = brought(world, meeting)
    (told,) = laid_out(meeting).brought
    assert (told.number, told.title, told.answer) == (matter.number, "不公开的事", "")
    assert told.step
    (known,) = laid_out(meeting, sees_all=True).brought
    assert known.title == matter.title


def test_a_public_matter_shows_its_title_and_who_received(world: World) -> None:
    meeting = receiving(world)
    matter = brought(world, meeting, is_public=True)
    told = laid_out(meeting)
    assert told.deputies == (world.resident.name, world.neighbour.name)
    assert told.brought[0].title == matter.title
    assert told.brought[0].is_public


@pytest.mark.parametrize(
    ("forum", "is_open", "says"),
    [("deputies_day", False, "不在进行中"), ("delegates_assembly", True, "不是接待群众的会议")],
    ids=["还没有开始", "不是接待"],
)
def test_nothing_is_opened_where_nobody_is_received(
    world: World, forum: str, is_open: bool, says: str
) -> None:
    meeting = halls.opened(world, forum=forum) if is_open else called(world)
    with pytest.raises(Refused, match=says):
        brought(world, meeting)
    assert not Matter.objects.exists()


def test_a_deputy_who_is_there_notes_what_is_brought(world: World) -> None:
    meeting = receiving(world)
    assert meeting_to_case.require_receiving(meeting.number, by=world.resident, at=MEETS)


def test_who_only_listens_notes_nothing(world: World) -> None:
    meeting = receiving(world)
    with pytest.raises(Refused, match="主持人、记录人和到场的代表"):
        meeting_to_case.require_receiving(meeting.number, by=world.stranger, at=MEETS)


def test_a_deputy_who_has_left_notes_nothing(world: World) -> None:
    meeting = receiving(world)
    halls.do(meeting, world.dispatcher, attending.leave, halls.key_of(meeting, world.resident))
    with pytest.raises(Refused, match="主持人、记录人和到场的代表"):
        meeting_to_case.require_receiving(meeting.number, by=world.resident, at=MEETS)


@pytest.mark.parametrize("who", ["secretary", "dispatcher"])
def test_whoever_runs_it_notes_what_is_brought_through_the_pages(
    world: World, client: Client, who: str
) -> None:
    meeting, by = receiving(world), getattr(world, who)
    page = text(see(f"meetings/{meeting.number}/", by=by))
    assert f"/desk/taken-in/?meeting={meeting.number}" in page
    said = {"kind": "help", "words": WORDS, "place": world.home[-1].key, "category": ""}
    sent = browser(by).post(f"/desk/taken-in/?meeting={meeting.number}", said)
    assert sent.headers["Location"] == f"/desk/meetings/{meeting.number}/"
    matter = Matter.objects.get()
    assert matter.channel == "recept"
    assert matter.title in text(see(f"meetings/{meeting.number}/", by=by))
    shown = client.get(f"/p/{spots('tonghua')[-1].key}/meetings/").content.decode()
    assert matter.number in shown
    assert matter.title not in shown


def test_the_form_says_why_where_nobody_is_received(world: World) -> None:
    meeting = called(world)
    answer = browser(world.dispatcher).get(f"/desk/taken-in/?meeting={meeting.number}")
    assert "不在进行中" in text(answer)
    assert "本街道议事默认值" in text(answer)


def dispatched(world: World, meeting: "Meeting") -> Matter:
    """Let a stranger bring something, and the dispatcher send it on."""
    matter = brought(world, meeting, channel="recept", raised_by=world.stranger.person_id)
    return make.act(
        matter,
        "dispatch",
        by=world.dispatcher,
        at=MEETS + timedelta(hours=1),
        lead=world.enforcement,
        joint=(),
    )


def letters_about(matter: Matter, who: Actor) -> list[str]:
    return [one.subject for one in outbox.inside(to=who.person_id or 0) if matter.number in one.body]


def test_deputies_who_received_it_are_told_of_each_step_and_the_rating_stays_with_the_resident(
    world: World,
) -> None:
    matter = dispatched(world, receiving(world))
    assert matter.raised_by_id == world.stranger.person_id
    assert [len(letters_about(matter, who)) for who in (world.resident, world.neighbour)] == [1, 1]
    words = next(one.body for one in outbox.inside(to=world.resident.person_id or 0))
    assert world.stranger.name not in words


def test_a_deputy_who_had_left_or_who_brings_it_is_not_written_to_twice(world: World) -> None:
    meeting = receiving(world)
    halls.do(meeting, world.dispatcher, attending.leave, halls.key_of(meeting, world.neighbour))
    own = brought(world, meeting, channel="recept", raised_by=world.resident.person_id)
    make.act(own, "dispatch", by=world.dispatcher, at=MEETS, lead=world.enforcement, joint=())
    assert [len(letters_about(own, who)) for who in (world.resident, world.neighbour)] == [2, 0]


def test_the_record_of_the_matter_names_the_reception(world: World, client: Client) -> None:
    meeting = receiving(world)
    matter = brought(world, meeting, channel="recept")
    line = record.timeline(matter.number, newest_first=True)[0]
    assert (line.act, line.title) == ("received", "在12月6日代表接待日上反映")
    assert dict(line.figures) == {"会议": meeting.number}
    desk = text(see(f"m/{matter.number}/", by=world.dispatcher))
    assert f"/desk/meetings/{meeting.number}/" in desk
    followed = client.get(f"/s/{matter.token}/").content.decode()
    assert "在12月6日代表接待日上反映" in followed
    assert f"/p/{matter.place.key}/meetings/" in followed
