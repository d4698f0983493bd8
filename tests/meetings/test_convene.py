"""A meeting is called with enough notice, on a roll and an agenda that then stand (召集会议)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.core.eligibility import Roll
from linli.core.forum import Electorate
from linli.core.verdict import Refused
from linli.frame import upload_papers
from linli.meetings import queries
from linli.meetings.actions import convening
from linli.meetings.actions.convening import Item
from linli.meetings.models import Meeting
from linli.outbox import queries as outbox
from linli.outbox.models import Letter
from linli.record import queries as record
from tests import make
from tests.meetings import halls
from tests.world import TUESDAY, World

pytestmark = pytest.mark.req("Y12")


def assembly(world: World, **changes: object) -> Meeting:
    return halls.convened(
        world, of=halls.roll(world, electorate=Electorate.ADULTS), forum="residents_assembly", **changes
    )


@pytest.mark.parametrize(
    ("days", "passes"), [pytest.param(10, True, id="满十日"), pytest.param(9, False, id="差一日")]
)
def test_residents_are_told_ten_days_ahead(world: World, days: int, passes: bool) -> None:
    meets = TUESDAY + timedelta(days=days)
    if passes:
        assert assembly(world, meets_at=meets).number == "XXL-HY-2026-000001"
        return
    with pytest.raises(Refused) as caught:
        assembly(world, meets_at=meets)
    refusal = caught.value.refusals[0]
    assert refusal.clause is not None
    assert refusal.clause.rule == "RC-26"
    assert "提前 9 日（首日不计），不足 10 日" in refusal.sentence
    assert Meeting.objects.count() == 0


def test_a_special_case_is_told_to_everybody_and_stands_on_record(world: World) -> None:
    meeting = assembly(world, meets_at=TUESDAY + timedelta(days=2), urgent="水管爆裂，须当场决定")
    assert meeting.urgent == "水管爆裂，须当场决定"
    letter = Letter.objects.filter(to_id=world.resident.person_id, channel="inside").get()
    assert "因特殊情况提前召集：水管爆裂，须当场决定。" in letter.body
    assert "1. 三号小区门禁改造；2. 明年议事日安排" in letter.body
    [line] = record.timeline(meeting.number)
    assert (line.act, line.words) == ("convene", "水管爆裂，须当场决定")


def test_a_reason_that_is_not_needed_is_not_told(world: World) -> None:
    assert assembly(world, urgent="着急").urgent == ""


def test_everybody_on_the_roll_is_seated_and_written_to_once(world: World) -> None:
    meeting = halls.convened(world, guests=(halls.guest(world.enforcer), halls.guest(world.resident)))
    seated = [(one.name, one.is_entitled) for one in queries.seats(meeting)]
    assert sum(entitled for _, entitled in seated) == 6
    assert {name for name, entitled in seated if not entitled} == {
        world.secretary.name, world.dispatcher.name, world.enforcer.name,
    }  # fmt: skip
    assert meeting.chair == meeting.presiding == f"guest:{world.secretary.person_id}"
    assert Letter.objects.filter(channel="inside").count() == 9
    assert outbox.unread(to=world.resident.person_id or 0) == 1


@pytest.mark.parametrize("wrong", ["名册", "议程", "事项", "外人"])
def test_a_call_that_is_not_whole_is_refused_and_nothing_is_kept(world: World, wrong: str) -> None:
    of = Roll(Electorate.DELEGATES, ()) if wrong == "名册" else None
    items = () if wrong == "议程" else (Item("一项", matter="XXL-2026-009999" if wrong == "事项" else ""),)
    by = world.other_dispatcher if wrong == "外人" else world.secretary
    with pytest.raises(Refused):
        halls.convened(world, of=of, by=by, items=items)
    assert Meeting.objects.count() == 0
    assert Letter.objects.count() == 0


def test_an_item_may_belong_to_a_matter(world: World) -> None:
    matter = make.report(world)
    meeting = halls.convened(world, items=(Item("下水道盖板", matter=matter.number),))
    assert queries.of_matter(matter.pk) == (meeting,)


def test_a_locked_agenda_takes_no_item_after_the_notice(world: World) -> None:
    locked = halls.convened(
        world,
        of=halls.roll(world, electorate=Electorate.OWNERS),
        forum="owners_assembly",
        meets_at=TUESDAY + timedelta(days=15),
    )
    with pytest.raises(Refused, match="议程不能再加"):
        halls.do(locked, world.secretary, convening.add_item, Item("换物业"), at=TUESDAY)
    free = halls.convened(world)
    halls.do(free, world.secretary, convening.add_item, Item("换路灯"), at=TUESDAY)
    assert [one.title for one in queries.items(free)][-1] == "换路灯"


def test_a_meeting_is_called_off_with_a_reason_that_everybody_reads(world: World) -> None:
    meeting = halls.convened(world)
    with pytest.raises(Refused):
        halls.do(meeting, world.secretary, convening.cancel, words=" ", at=TUESDAY)
    with pytest.raises(Refused):
        halls.do(meeting, world.resident, convening.cancel, words="不想开", at=TUESDAY)
    halls.do(meeting, world.secretary, convening.cancel, words="台风来了", at=TUESDAY)
    assert halls.fresh(meeting).progress == "cancelled"
    written = Letter.objects.filter(to_id=world.resident.person_id, channel="inside").order_by("pk")
    assert ["台风来了" in one.body for one in written] == [False, True]


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("方案.pdf", b"%PDF-1.7 ...", True),
        ("方案.docx", b"PK\x03\x04....", True),
        ("方案.pdf", b"<html>", False),
        ("方案.html", b"<html>", False),
        ("方案.exe", b"MZ", False),
    ],
)
def test_papers_are_what_they_say_they_are(world: World, name: str, content: bytes, fits: bool) -> None:
    meeting = halls.convened(world)
    sent = SimpleUploadedFile(name, content)
    if not fits:
        with pytest.raises(Refused, match="不是能收的材料"):
            upload_papers.paper(sent)
        return
    paper = halls.do(meeting, world.secretary, convening.attach, upload_papers.paper(sent), at=TUESDAY)
    assert paper.title == "方案"
    assert queries.papers(meeting) == (paper,)
