"""A meeting through its pages: called at the desk, held on the wall and on phones, minutes to take home."""

import sys
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar
from PIL import ImageFile
from pytest_django import DjangoAssertNumQueries

from linli.core.floor import Kind
from linli.handoffs import meeting_to_ballot as corridor
from linli.meetings import queries
from linli.meetings.actions import attending, holding
from linli.meetings.actions.holding import Hands
from linli.meetings.models import Meeting
from linli.rulebook import queries as rulebook
from tests import make
from tests.console import desks
from tests.console.desks import text
from tests.meetings import halls
from tests.meetings.halls import MEETS, MOTION, do
from tests.world import TUESDAY, World

pytestmark = pytest.mark.req("Y12")
PHONE, FIRST, FOLLOWING, DESK_PART, WALL_PART = 17, 16, 8, 17, 17


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Stop the clock of the pages; what is appended is the next instant."""
    instants = [TUESDAY]
    monkeypatch.setattr("django.utils.timezone.now", lambda: instants[-1])
    rulebook.calendar()
    return instants


def desk(world: World) -> Client:
    return desks.browser(world.secretary)


def call_of(world: World, **changes: Any) -> dict[str, Any]:
    people = [str(one.person_id) for one in (world.resident, world.neighbour, world.secretary)]
    told: dict[str, Any] = {
        "forum": "delegates_assembly", "title": "第三次居民代表会议", "meets_at": "2026-12-06T10:00",
        "venue": "议事厅", "agenda": "门禁改造\n明年议事日", "chair": people[2],
        "recorder": str(world.dispatcher.person_id), "roll": people[:2], "urgent": "",
    }  # fmt: skip
    return told | changes


def post(client: Client, path: str, **said: Any) -> str:
    """Send an act as htmx does, and return the part that comes back."""
    return text(client.post(path, said, headers={"HX-Request": "true"}))


def test_a_meeting_is_called_from_the_desk(world: World, clock: list[datetime]) -> None:
    client = desk(world)
    page = text(client.get("/desk/meetings/"))
    assert "召集会议" in page
    assert "居民代表会议" in page
    assert "依据" in page
    matter = make.report(world, at=TUESDAY - timedelta(days=60))
    assert matter.number in text(client.get("/desk/meetings/new/"))
    client.post("/desk/meetings/new/", call_of(world, agenda=f"下水道盖板 {matter.number}\n其他"))
    meeting = Meeting.objects.get()
    assert [one.title for one in queries.items(meeting)] == ["下水道盖板", "其他"]
    assert queries.of_matter(matter.pk) == (meeting,)
    page = text(client.get(f"/desk/meetings/{meeting.number}/"))
    assert matter.number in page
    assert "没有回复" in page


def test_a_call_that_is_not_whole_says_what_is_missing(world: World, clock: list[datetime]) -> None:
    client = desk(world)
    answer = client.post("/desk/meetings/new/", call_of(world, title="", agenda=" "))
    assert answer.status_code == 422
    assert "还没有写会议名称" in text(answer)
    late = client.post(
        "/desk/meetings/new/", call_of(world, forum="residents_assembly", meets_at="2026-12-03T10:00")
    )
    assert late.status_code == 422
    assert "不足 10 日：不能召集" in text(late)
    assert "第二十六条" in text(late)


def test_the_roll_comes_from_the_register_when_nobody_is_picked(world: World, clock: list[datetime]) -> None:
    make.office(make.person("代表甲"), office="delegate", at="tonghua")
    desk(world).post("/desk/meetings/new/", call_of(world, roll=[]))
    [meeting] = Meeting.objects.all()
    assert [one.name for one in queries.seats(meeting).filter(is_entitled=True)] == ["代表甲"]


def test_what_is_overdue_by_law_stands_in_red(world: World, clock: list[datetime]) -> None:
    assert "逾期" not in text(desk(world).get("/desk/meetings/"))
    clock.append(TUESDAY + timedelta(days=200))
    assert "逾期" in text(desk(world).get("/desk/meetings/"))
    meeting = halls.opened(world)
    do(meeting, world.secretary, holding.close)
    clock.append(MEETS + timedelta(days=1))
    after = text(desk(world).get("/desk/meetings/"))
    assert "上一次是 12月6日" in after


def test_a_whole_meeting_goes_through_desk_and_phones(world: World, clock: list[datetime]) -> None:
    meeting = halls.convened(world)
    clock.append(MEETS)
    live, number = f"/desk/meetings/{meeting.number}/live/", meeting.number
    chair, mover, other = (desks.browser(one) for one in (world.secretary, world.resident, world.neighbour))
    own = f"/meetings/{number}/act/"
    assert "请回复是否参加" in text(mover.get(f"/meetings/{number}/"))
    assert "已经回复" in post(mover, own, act="answer", comes="yes")
    for client in (mover, other):
        assert "签到" in text(client.get(f"/meetings/{number}/?code={meeting.token}"))
        assert "已经签到" in post(client, own, act="sign_in", code=meeting.token)
    refusal = chair.post(live, {"act": "open"}, headers={"HX-Request": "true"})
    assert refusal.status_code == 422
    assert "不能表决" in text(refusal)
    for key in halls.keys(meeting)[2:5]:
        post(chair, live, act="sign_in", key=key)
    assert "还没有进入议程" in post(chair, live, act="open")
    assert "门禁改造" in post(chair, live, act="take_up", item=queries.items(meeting)[0].pk)
    assert "等人附议" in post(mover, own, act="move", words=MOTION)
    assert "请附议" in text(other.get(f"/meetings/{number}/now/?turn=0"))
    assert "已经附议" in post(other, own, act="second")
    assert "正在发言" in text(chair.get(f"/desk/meetings/{number}/wall/")) or "接下来" in text(
        chair.get(f"/desk/meetings/{number}/wall/")
    )
    post(chair, live, act="call")
    assert "轮到您发言" in text(mover.get(f"/meetings/{number}/now/?turn=0"))
    post(mover, own, act="finish")
    assert "请举手表决" in text(mover.get(f"/meetings/{number}/now/?turn=0")) or post(chair, live, act="put")
    post(chair, live, act="open_vote", minutes=5)
    assert "请投票" in text(mover.get(f"/meetings/{number}/now/?turn=0"))
    assert "回执号" in post(mover, own, act="cast", mark="yes")
    assert "已投 <b" in text(chair.get(f"/desk/meetings/{number}/wall/"))
    clock.append(MEETS + timedelta(minutes=6))
    assert "未通过" in post(chair, live, act="close_vote")
    assert "已经散会" in post(chair, live, act="close")
    page = text(chair.get(f"/meetings/{number}/minutes/"))
    digest = page.partition('name="digest" value="')[2][:64]
    chair.post(own, {"act": "sign", "digest": digest})
    desks.browser(world.dispatcher).post(own, {"act": "sign", "digest": digest})
    assert halls.fresh(meeting).minutes_signed


def test_a_phone_that_follows_gets_nothing_while_nothing_changed(
    world: World, clock: list[datetime], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = halls.debated(world)
    client = desks.browser(world.resident)
    with django_assert_num_queries(1):
        answer = client.get(f"/meetings/{meeting.number}/now/?turn={meeting.turn}")
    assert answer.status_code == 204
    assert client.get(f"/meetings/{meeting.number}/now/?turn={meeting.turn - 1}").status_code == 200
    assert Client().get(f"/meetings/{meeting.number}/now/?turn=0").status_code == 302
    assert client.get("/meetings/XX-1/now/").status_code == 404


@pytest.mark.parametrize("number", [6, 60], ids=["六人", "六十人"])
def test_a_live_page_is_few_statements_however_many_follow(
    world: World,
    clock: list[datetime],
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    meeting = halls.put(world, of=halls.roll(world, number), came=number)
    do(meeting, world.secretary, corridor.open_vote, minutes=5)
    clock.append(MEETS)
    phone, chair = desks.browser(world.resident), desk(world)
    for most in (FIRST, FOLLOWING):
        with django_assert_max_num_queries(most):
            assert "请投票" in text(phone.get(f"/meetings/{meeting.number}/now/?turn=0"))
    with django_assert_max_num_queries(PHONE):
        phone.get(f"/meetings/{meeting.number}/")
    with django_assert_max_num_queries(WALL_PART):
        chair.get(f"/desk/meetings/{meeting.number}/wall/?seen=0", headers={"HX-Request": "true"})
    with django_assert_max_num_queries(DESK_PART):
        chair.get(f"/desk/meetings/{meeting.number}/live/?seen=0", headers={"HX-Request": "true"})


@pytest.mark.parametrize("act", ["open", "put", "recuse", "cancel", "remark", "nonsense"])
def test_a_phone_does_only_what_is_ones_own(world: World, clock: list[datetime], act: str) -> None:
    meeting = halls.opened(world)
    client = desks.browser(world.resident)
    assert client.post(f"/meetings/{meeting.number}/act/", {"act": act}).status_code == 404
    assert client.post(f"/desk/meetings/{meeting.number}/live/", {"act": act}).status_code == 404


def test_on_a_phone_nobody_acts_for_another_seat(world: World, clock: list[datetime]) -> None:
    meeting = halls.opened(world)
    clock.append(MEETS)
    client = desks.browser(world.resident)
    other = halls.key_of(meeting, world.neighbour)
    client.post(f"/meetings/{meeting.number}/act/", {"act": "move", "words": MOTION, "key": other})
    assert halls.motions(meeting)[0].mover == halls.key_of(meeting, world.resident)


def test_who_does_not_sit_in_a_meeting_finds_nothing(world: World, clock: list[datetime]) -> None:
    meeting = halls.convened(world)
    for part in ("", "minutes/"):
        assert desks.browser(world.enforcer).get(f"/meetings/{meeting.number}/{part}").status_code == 404
    assert desks.browser(world.other_dispatcher).get(f"/desk/meetings/{meeting.number}/").status_code == 404
    Meeting.objects.update(is_public=True)
    assert "旁听" in text(desks.browser(world.enforcer).get(f"/meetings/{meeting.number}/"))


def test_kin_of_those_concerned_are_flagged_at_the_desk(world: World, clock: list[datetime]) -> None:
    from linli.people import households
    from linli.people import queries as people

    matter = make.report(world)
    raiser, kin = people.of_id(world.resident.person_id or 0), people.of_id(world.neighbour.person_id or 0)
    assert raiser is not None
    assert kin is not None
    households.relate(raiser, kin, relation="sibling")
    meeting = halls.opened(world, items=(halls.Item("盖板", matter=matter.number),))
    clock.append(MEETS)
    page = text(desk(world).get(f"/desk/meetings/{meeting.number}/live/"))
    assert f"{world.neighbour.name}是当事人的近亲属" in page
    assert f"{world.resident.name}是本事项的提出人" in page
    do(meeting, world.secretary, attending.recuse, halls.key_of(meeting, world.neighbour), reason="近亲属")
    assert "是当事人的近亲属" not in text(desk(world).get(f"/desk/meetings/{meeting.number}/live/"))


def test_minutes_go_home_as_word(world: World, clock: list[datetime]) -> None:
    meeting = halls.put(world)
    do(meeting, world.secretary, holding.count, Hands(4, 1))
    do(meeting, world.secretary, holding.close)
    clock.append(MEETS)
    client = desk(world)
    file = client.get(f"/desk/meetings/{meeting.number}/minutes/?form=docx")
    words = "\n".join(one.text for one in docx.Document(BytesIO(file.content)).paragraphs)
    assert MOTION in words
    assert "通过" in words
    assert client.post(
        f"/desk/meetings/{meeting.number}/act/remark/", {"words": "补一句。", "back": "minutes"}
    )["Location"].endswith("/minutes/")
    assert "补一句。" in text(client.get(f"/desk/meetings/{meeting.number}/minutes/"))


def test_minutes_go_home_as_pdf(world: World, clock: list[datetime]) -> None:
    pytest.importorskip("weasyprint", reason="apt install libpangoft2-1.0-0", exc_type=OSError)
    meeting = halls.put(world)
    printed = desk(world).get(f"/desk/meetings/{meeting.number}/minutes/?form=pdf")
    assert printed.content.startswith(b"%PDF-")
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def test_without_pango_the_page_says_what_to_do_instead(
    world: World, clock: list[datetime], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('libpangoft2')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    meeting = halls.put(world)
    answer = desk(world).get(f"/desk/meetings/{meeting.number}/minutes/?form=pdf")
    assert answer.status_code == 422
    assert "请导出 Word" in text(answer)


def test_the_poster_leads_to_the_sign_in(world: World, clock: list[datetime]) -> None:
    meeting = halls.convened(world)
    page = text(desk(world).get(f"/desk/meetings/{meeting.number}/poster/"))
    assert "会议通知" in page
    assert "<svg" in page
    assert desks.browser(world.resident).get(f"/desk/meetings/{meeting.number}/poster/").status_code in (
        404,
        422,
    )


def test_a_paper_is_handed_to_those_who_come_and_to_nobody_else(world: World, clock: list[datetime]) -> None:
    meeting = halls.convened(world)
    client = desk(world)
    client.post(
        f"/desk/meetings/{meeting.number}/act/attach/",
        {"words": "方案", "file": SimpleUploadedFile("方案.pdf", b"%PDF-1.7 x")},
    )
    [paper] = queries.papers(meeting)
    address = f"/meetings/{meeting.number}/papers/{paper.pk}/"
    answer = desks.browser(world.resident).get(address)
    assert answer.content == b"%PDF-1.7 x"
    assert "attachment" in answer["Content-Disposition"]
    assert desks.browser(world.enforcer).get(address).status_code == 404


@pytest.mark.req("L6", "X23")
def test_calendars_are_fetched_by_a_secret_address_and_by_place(world: World, clock: list[datetime]) -> None:
    meeting = halls.convened(world, is_public=True)
    hidden = halls.convened(world, title="内部会议")
    client = desks.browser(world.resident)
    assert "生成订阅地址" in text(client.get("/meetings/"))
    client.post("/choose/", {"place": "xinxialu.tonghua"})
    assert "/p/xinxialu.tonghua/meetings/" in text(client.get("/meetings/"))
    client.post("/meetings/subscribe/")
    page = text(client.get("/meetings/"))
    address = "/meetings/calendar/" + page.partition("/meetings/calendar/")[2].partition("<")[0]
    events = Calendar.from_ical(Client().get(address).content).walk("VEVENT")
    assert {str(one["SUMMARY"]) for one in events} == {meeting.title, hidden.title}
    assert events[0].decoded("DTSTART") == MEETS
    client.post("/meetings/subscribe/")
    assert Client().get(address).status_code == 404
    place = Client().get("/p/xinxialu.tonghua/meetings.ics")
    assert place["Content-Type"].startswith("text/calendar")
    [event] = Calendar.from_ical(place.content).walk("VEVENT")
    assert str(event["SUMMARY"]) == meeting.title
    listed = text(Client().get("/p/xinxialu.tonghua/meetings/"))
    assert meeting.title in listed
    assert hidden.title not in listed


def test_the_rule_is_said_when_a_phone_is_refused(world: World, clock: list[datetime]) -> None:
    meeting = halls.opened(world)
    do(meeting, world.resident, holding.move, Kind.MAIN, MOTION)
    clock.append(MEETS)
    answer = desks.browser(world.resident).post(
        f"/meetings/{meeting.number}/act/", {"act": "second"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422
    assert "自己提的动议，要由别人附议" in text(answer)
    assert "第一条" in text(answer)
