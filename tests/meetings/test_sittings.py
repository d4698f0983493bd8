"""A meeting is broken off and goes on another day; one that is too small is put off (休会、改期)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from linli.core.floor import Stage
from linli.core.verdict import Refused
from linli.meetings import feeds, minutes, queries
from linli.meetings.actions import attending, holding, sittings
from linli.meetings.actions.convening import Item
from linli.meetings.actions.holding import Hands
from linli.meetings.actions.sittings import Again
from linli.meetings.models import Progress
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.console import desks
from tests.console.desks import text
from tests.meetings import halls
from tests.meetings.halls import MEETS, MOTION, do
from tests.world import World

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

pytestmark = pytest.mark.req("Y12")
NEXT = MEETS + timedelta(days=7)
LATER = MEETS + timedelta(hours=1)
WHY = "时间太晚，没有议完"


def adjourned(world: World) -> "Meeting":
    """Break a meeting off in the middle of a debate."""
    meeting = halls.debated(world)
    do(meeting, world.secretary, sittings.adjourn, Again(NEXT, "社区食堂", WHY), at=LATER)
    return halls.fresh(meeting)


def resumed(world: World, meeting: "Meeting", *, came: int) -> Any:
    for key in halls.keys(meeting)[:came]:
        do(meeting, world.dispatcher, attending.sign_in, key, at=NEXT)
    return do(meeting, world.secretary, holding.open_meeting, at=NEXT)


def refused_without_a_trace(meeting: "Meeting", said: str, act: Any, *args: Any, at: datetime) -> None:
    before = (len(record.timeline(chain=meeting.number)), meeting.meets_at, meeting.progress)
    world_by, *rest = args
    with pytest.raises(Refused, match=said) as caught:
        do(meeting, world_by, act, *rest, at=at)
    assert caught.value.refusals[0].clause is not None
    after = halls.fresh(meeting)
    assert (len(record.timeline(chain=meeting.number)), after.meets_at, after.progress) == before
    assert not queries.sittings(meeting)


def test_an_adjourned_meeting_is_neither_open_nor_held(world: World) -> None:
    meeting = adjourned(world)
    assert (meeting.progress, meeting.meets_at, meeting.venue) == (Progress.ADJOURNED, NEXT, "社区食堂")
    assert (meeting.is_open, meeting.is_held, meeting.met_quorum) == (False, False, True)
    assert list(queries.ahead(queries.within(meeting.place_path), at=LATER)) == [meeting]
    assert [one.act for one in record.timeline(chain=meeting.number)][-1] == "adjourn"
    with pytest.raises(Refused, match="会议已休会，现在不能办这一步"):
        do(meeting, world.secretary, holding.close, at=LATER)


def test_everybody_invited_is_told_of_the_next_time(world: World) -> None:
    meeting = adjourned(world)
    letters = list(outbox.inside(to=world.stranger.person_id or 0))
    told = next(one for one in letters if "休会，另日继续" in one.subject)
    assert "社区食堂" in told.body
    [event] = Calendar.from_ical(feeds.write([meeting], name="会议", at=LATER)).walk("VEVENT")
    assert event.decoded("dtstart") == NEXT
    assert event["location"] == "社区食堂"


def test_it_goes_on_from_the_open_item_with_attendance_taken_anew(world: World) -> None:
    meeting = adjourned(world)
    assert queries.attendance(meeting, queries.forum_of(meeting)).counts[0].attending == 0
    with pytest.raises(Refused, match="未达三分之二"):
        resumed(world, meeting, came=3)
    assert resumed(world, meeting, came=4)
    hall = halls.hall(halls.fresh(meeting), world.secretary, at=NEXT)
    assert hall.item is not None
    assert hall.item.position == 1
    assert hall.floor.main is not None
    assert (hall.floor.main.words, hall.floor.main.stage) == (MOTION, Stage.DEBATED)
    do(meeting, world.secretary, holding.put, at=NEXT)
    do(meeting, world.secretary, holding.count, Hands(4, 0), at=NEXT)
    do(meeting, world.secretary, holding.close, at=NEXT + timedelta(hours=1))
    assert halls.fresh(meeting).is_held


def test_the_minutes_show_every_sitting(world: World) -> None:
    meeting = adjourned(world)
    resumed(world, meeting, came=4)
    do(meeting, world.secretary, holding.put, at=NEXT)
    do(meeting, world.secretary, holding.count, Hands(4, 0), at=NEXT)
    do(meeting, world.secretary, holding.close, at=NEXT + timedelta(hours=1))
    written = minutes.write(halls.fresh(meeting))
    facts = dict(written.facts)
    assert "社区议事厅，2026年12月6日" in facts["第 1 次"]
    assert f"休会：{WHY}" in facts["第 1 次"]
    assert "到会：5 人" in facts["第 1 次"]
    assert "。；" not in facts["第 1 次"]
    assert (facts["到会"], facts["会场"]) == ("4 人", "社区食堂")
    assert "12月13日" in facts["时间"]
    happened = written.sections[0].lines
    assert happened[0].startswith("2026年12月6日")
    assert not happened[-1].startswith("2026年")


@pytest.mark.parametrize(
    ("again", "said"),
    [
        pytest.param(Again(MEETS, "", WHY), "时间已经过去", id="时间已过"),
        pytest.param(Again(NEXT, "", " "), "还没有写休会的理由", id="没有理由"),
    ],
)
def test_an_adjournment_needs_a_time_and_a_reason(world: World, again: Again, said: str) -> None:
    meeting = halls.opened(world)
    refused_without_a_trace(meeting, said, sittings.adjourn, world.secretary, again, at=LATER)


def test_nobody_adjourns_in_a_vote_nor_without_running_the_meeting(world: World) -> None:
    meeting, again = halls.put(world), Again(NEXT, "", WHY)
    refused_without_a_trace(meeting, "正在表决：不能休会", sittings.adjourn, world.secretary, again, at=LATER)
    refused_without_a_trace(meeting, "由主持人、记录人", sittings.adjourn, world.resident, again, at=LATER)


def short(world: World) -> "Meeting":
    """Call a residents' assembly of six to which two come."""
    meeting = halls.convened(world, forum="residents_assembly")
    halls.signed_in(world, meeting, 2)
    return halls.fresh(meeting)


@pytest.mark.parametrize(
    ("days", "passes"), [pytest.param(10, True, id="满十日"), pytest.param(9, False, id="差一日")]
)
def test_what_is_put_off_is_told_of_anew_in_the_days_of_the_law(
    world: World, days: int, passes: bool
) -> None:
    meeting, again = short(world), Again(MEETS + timedelta(days=days))
    if not passes:
        refused_without_a_trace(meeting, "不足 10 日", sittings.put_off, world.secretary, again, at=MEETS)
        return
    do(meeting, world.secretary, sittings.put_off, again)
    after = halls.fresh(meeting)
    assert (after.progress, after.told_at, after.meets_at) == (Progress.CALLED, MEETS, again.meets_at)
    assert not after.met_quorum
    assert "没有开成：到会没有达到法定人数" in dict(minutes.write(after).facts)["第 1 次"]
    letters = list(outbox.inside(to=world.stranger.person_id or 0))
    assert any("会议改期" in one.subject for one in letters)
    assert queries.attendance(after, queries.forum_of(after)).counts[0].attending == 0


def test_a_shorter_notice_is_said_with_its_reason(world: World) -> None:
    meeting = short(world)
    again = Again(MEETS + timedelta(days=3), "", "汛期到了，要马上定")
    do(meeting, world.secretary, sittings.put_off, again)
    assert halls.fresh(meeting).urgent == "汛期到了，要马上定"


def test_only_what_is_too_small_at_its_hour_is_put_off(world: World) -> None:
    meeting, again = short(world), Again(MEETS + timedelta(days=20))
    early = MEETS - timedelta(minutes=1)
    refused_without_a_trace(meeting, "还没有到开会时间", sittings.put_off, world.secretary, again, at=early)
    halls.signed_in(world, meeting, 6)
    refused_without_a_trace(meeting, "已经够了", sittings.put_off, world.secretary, again, at=MEETS)
    do(meeting, world.secretary, holding.open_meeting)
    open_now = halls.fresh(meeting)
    refused_without_a_trace(open_now, "还没有开始的会议", sittings.put_off, world.secretary, again, at=MEETS)


def test_the_page_offers_it_at_the_hour_and_not_before(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, client = short(world), desks.browser(world.secretary)
    page = f"/desk/meetings/{meeting.number}/"
    monkeypatch.setattr("django.utils.timezone.now", lambda: MEETS - timedelta(minutes=1))
    assert "人不够，改期" not in text(client.get(page))
    monkeypatch.setattr("django.utils.timezone.now", lambda: MEETS)
    assert "人不够，改期" in text(client.get(page))
    assert "人不够，改期" in text(client.get(f"{page}live/"))
    client.post(f"{page}act/put_off/", {"meets_at": "2026-12-20T19:00", "venue": "", "words": ""})
    assert len(queries.sittings(meeting)) == 1


def test_an_adjourned_meeting_that_is_too_small_is_put_off_again(world: World) -> None:
    meeting = adjourned(world)
    later = NEXT + timedelta(days=14)
    do(meeting, world.secretary, sittings.put_off, Again(later), at=NEXT)
    after = halls.fresh(meeting)
    assert (after.is_adjourned, after.meets_at, after.venue) == (True, later, "社区食堂")
    assert [one.opened_at is None for one in queries.sittings(after)] == [False, True]


def test_the_chair_adjourns_from_the_page_and_everybody_reads_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, client = halls.opened(world), desks.browser(world.secretary)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    page = f"/desk/meetings/{meeting.number}/"
    assert "休会，另日继续" in text(client.get(page))
    sent = {"meets_at": "2026-12-13T19:00", "venue": "社区食堂", "words": WHY}
    assert client.post(f"{page}act/adjourn/", sent | {"meets_at": ""}).status_code == 422
    client.post(f"{page}act/adjourn/", sent)
    after = text(client.get(page))
    assert "已经休会，12月13日 周日 19:00 在社区食堂继续" in after
    assert "取消会议" not in after
    assert "休会，待续" in text(client.get("/desk/meetings/"))
    assert "宣布复会" in text(client.get(f"{page}live/"))
    assert "休会" in text(client.get(f"{page}wall/"))
    phone = text(desks.browser(world.resident).get(f"/meetings/{meeting.number}/"))
    assert "请回复是否参加" in phone
    assert "12月13日 周日 19:00" in phone


def ended(world: World) -> "Meeting":
    """End an adjourned meeting in whose middle a motion was left."""
    meeting = adjourned(world)
    do(meeting, world.secretary, sittings.end, at=LATER + timedelta(days=1), words="门禁已经由街道统一改造。")
    return halls.fresh(meeting)


def test_an_adjourned_meeting_that_will_not_go_on_is_ended_with_its_reason(world: World) -> None:
    meeting = ended(world)
    assert (meeting.is_held, meeting.is_broken_off) == (True, True)
    assert [one.act for one in record.timeline(chain=meeting.number)][-1] == "end"
    letters = list(outbox.inside(to=world.stranger.person_id or 0))
    told = next(one for one in letters if "会议不再继续" in one.subject)
    assert "门禁已经由街道统一改造" in told.body
    written = minutes.write(meeting)
    facts = dict(written.facts)
    assert facts["散会"].endswith("宣布不再复会：门禁已经由街道统一改造")
    assert ("时间" in facts, "到会" in facts, "第 1 次" in facts) == (False, False, True)
    assert written.sections[0].lines[-1] == "没有议完就散会，没有作决定。"
    assert written.sections[1].lines == ("没有议到。",)
    [event] = Calendar.from_ical(feeds.write([meeting], name="会议", at=LATER)).walk("VEVENT")
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)


def test_only_an_adjourned_meeting_is_ended_so_and_only_with_a_reason(world: World) -> None:
    meeting = halls.opened(world)
    with pytest.raises(Refused, match="会议没有休会"):
        do(meeting, world.secretary, sittings.end, at=LATER, words="不开了")
    do(meeting, world.secretary, sittings.adjourn, Again(NEXT, "", WHY), at=LATER)
    for who, words, said in (
        (world.secretary, " 。", "还没有写为什么不再继续"),
        (world.resident, "不开了", "由主持人、记录人"),
    ):
        with pytest.raises(Refused, match=said):
            do(meeting, who, sittings.end, at=LATER, words=words)
    assert halls.fresh(meeting).is_adjourned
    assert [one.act for one in record.timeline(chain=meeting.number)][-1] == "adjourn"


def test_whoever_runs_it_ends_it_from_its_page_and_signs_the_minutes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, client = adjourned(world), desks.browser(world.secretary)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    page = f"/desk/meetings/{meeting.number}/"
    assert "不再继续，散会" in text(client.get(page))
    client.post(f"{page}act/end/", {"words": "门禁已经由街道统一改造"})
    after = text(client.get(page))
    assert "已经散会，不再继续：门禁已经由街道统一改造。" in after
    assert ("没有议完" in after, "没有议到" in after) == (True, True)
    assert f"休会：{WHY}" in after
    assert "没有签到" not in after
    wall = text(client.get(f"{page}wall/"))
    assert ("不再继续：门禁已经" in wall, "不能表决" in wall) == (True, False)
    phone = text(client.get(f"/meetings/{meeting.number}/"))
    assert "已经散会，不再继续：门禁已经由街道统一改造。请看过纪要再签名。" in phone


def test_a_meeting_that_ended_before_it_came_to_a_matter_was_not_held_for_it(world: World) -> None:
    first, second = (make.report(world), make.report(world))
    items = (Item("门禁", matter=first.number), Item("议事日", matter=second.number))
    meeting = halls.opened(world, items=items)
    assert [len(queries.of_matter(one.pk)) for one in (first, second)] == [1, 1]
    do(meeting, world.secretary, holding.close, at=LATER)
    assert [len(queries.of_matter(one.pk)) for one in (first, second)] == [1, 0]
