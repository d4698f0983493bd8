"""Names on paper for a joint demand: found on the roll, counted once, told, disowned (纸质联名)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.bodies.actor import Actor
from linli.core.verdict import Refused
from linli.deliberation import papers, queries
from linli.deliberation.actions import demanding, papering, participating
from linli.frame import upload_papers
from linli.matters import queries as matters
from linli.outbox import queries as outbox
from linli.people import queries as register
from linli.record import queries as record
from tests import flats, make
from tests.deliberation import topics
from tests.world import TUESDAY, World, officer, spots

if TYPE_CHECKING:
    from linli.deliberation.models import NameSheet, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.req("N2")]
ADULTS = 40
TODAY = TUESDAY.date()


@pytest.fixture
def residents(world: World) -> list[Actor]:
    """House forty grown-up people, two to a flat: four names are a tenth."""
    numbers = [flats.dweller(f"居民{one}") for one in range(ADULTS)]
    for first in range(0, ADULTS, 2):
        flats.lived_in(f"{first + 101}", numbers[first], numbers[first + 1])
    return [make.actor(person) for one in numbers if (person := register.of_id(one))]


@pytest.fixture
def receiver(world: World) -> Actor:
    return officer("oversight", "丁兰", at="tonghua", office="oversight_head")


def demand(by: Actor) -> "Topic":
    told = {"title": "增加审计事项", "words": "请审计去年的场地收入。", "spots": spots("tonghua")}
    return topics.propose(by, procedure="audit_call", **told)


def fresh(topic: "Topic") -> "Topic":
    found = queries.of_number(topic.matter.number)
    assert found is not None
    return found


def scan() -> upload_papers.Paper:
    return upload_papers.paper(SimpleUploadedFile("名单.pdf", b"%PDF-1.7 ..."))


def enter(topic: "Topic", text: str, *, by: Actor) -> "NameSheet":
    desk = topics.sit(fresh(topic), by)
    found = papers.look_over(desk, text, day=TODAY, at=TUESDAY)
    return papering.enter(desk, found, scan())


def test_names_on_paper_count_with_those_on_phones_and_make_it_enough(
    residents: list[Actor], receiver: Actor
) -> None:
    topic = demand(residents[0])
    sheet = enter(topic, "居民2 1栋103 2026-11-20\n居民4\n居民6", by=receiver)
    assert (sheet.lines, sheet.counted) == (3, 3)
    assert sheet.file.name.startswith(f"topics/{topic.matter.number}/")
    topic = fresh(topic)
    assert (topic.supporters, matters.step_of(topic.matter).key) == (4, "planned")
    acts = [one.act for one in record.timeline(topic.matter.number)]
    assert acts == ["open", "enter_names", "take_in"]


def test_the_meter_shows_how_many_signed_on_paper_alone(residents: list[Actor], receiver: Actor) -> None:
    topic = demand(residents[0])
    enter(topic, "居民2\n居民4", by=receiver)
    found = topics.sit(fresh(topic), residents[1]).demand
    assert found is not None
    assert [(one.signed, one.on_paper) for one in found.gauges] == [("0 人", ""), ("3 人", "2 人")]


def test_nobody_counts_twice_on_phone_and_paper(residents: list[Actor], receiver: Actor) -> None:
    topic = demand(residents[0])
    assert enter(topic, "居民0\n居民2\n居民2", by=receiver).counted == 1
    assert fresh(topic).supporters == 2
    with pytest.raises(Refused, match="名单里没有能计入的名字"):
        enter(topic, "居民2\n外人", by=receiver)
    with pytest.raises(Refused, match="您已经附议或者联名过了"):
        participating.support(topics.sit(fresh(topic), residents[2]))


def test_each_line_keeps_its_day(residents: list[Actor], receiver: Actor) -> None:
    topic = demand(residents[0])
    sheet = enter(topic, "居民2 2026-11-20\n居民4", by=receiver)
    days = sheet.names.order_by("pk").values_list("signed_on", flat=True)  # type: ignore[attr-defined]
    assert list(days) == [date(2026, 11, 20), TODAY]


def test_an_unclear_line_keeps_the_whole_list_from_being_entered(
    residents: list[Actor], receiver: Actor
) -> None:
    topic = demand(residents[0])
    flats.lived_in("901", flats.dweller("居民2"))
    with pytest.raises(Refused, match="第 2 行 居民2：同名的有 2 人"):
        enter(topic, "居民4\n居民2", by=receiver)
    assert fresh(topic).supporters == 1
    assert enter(topic, "居民4\n居民2 901室", by=receiver).counted == 2


def test_whoever_was_entered_is_told_and_takes_the_name_out(residents: list[Actor], receiver: Actor) -> None:
    topic = demand(residents[0])
    sheet = enter(topic, "居民2\n居民4", by=receiver)
    letters = outbox.inside(to=residents[2].person_id or 0)
    assert any("这不是我签的" in one.body for one in letters)
    papering.disown(topics.sit(fresh(topic), residents[2]))
    assert fresh(topic).supporters == 2
    assert any("不是自己签的" in one.body for one in outbox.inside(to=receiver.person_id or 0))
    (kept,) = queries.sheets(topic)
    assert (kept.pk, kept.disowned) == (sheet.pk, 1)  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="名单里没有能计入的名字"):
        enter(topic, "居民2", by=receiver)


def test_whoever_disowned_a_name_may_still_sign_themselves(residents: list[Actor], receiver: Actor) -> None:
    topic = demand(residents[0])
    enter(topic, "居民2", by=receiver)
    papering.disown(topics.sit(fresh(topic), residents[2]))
    participating.support(topics.sit(fresh(topic), residents[2]))
    assert fresh(topic).supporters == 2
    assert queries.signed_for(topic) == {residents[0].person_id: False, residents[2].person_id: False}


def test_a_name_is_disowned_also_after_enough_had_signed(residents: list[Actor], receiver: Actor) -> None:
    topic = demand(residents[0])
    enter(topic, "居民2\n居民4\n居民6", by=receiver)
    papering.disown(topics.sit(fresh(topic), residents[2]))
    topic = fresh(topic)
    assert (topic.supporters, matters.step_of(topic.matter).key) == (3, "planned")
    last = record.timeline(topic.matter.number)[-1]
    assert last.act == "disown"
    letters = outbox.inside(to=receiver.person_id or 0)
    assert any("未达十分之一" in one.body for one in letters)


def test_nobody_disowns_what_they_signed_on_a_phone(residents: list[Actor]) -> None:
    topic = demand(residents[0])
    with pytest.raises(Refused, match="纸质联名表上没有您的名字"):
        papering.disown(topics.sit(topic, residents[0]))


def test_only_the_office_that_receives_a_demand_enters_names(world: World, residents: list[Actor]) -> None:
    topic = demand(residents[0])
    with pytest.raises(Refused, match="「录入纸质联名」由"):
        enter(topic, "居民2", by=residents[1])


def test_a_name_taken_back_from_paper_is_not_entered_again(residents: list[Actor], receiver: Actor) -> None:
    topic = demand(residents[0])
    enter(topic, "居民2", by=receiver)
    demanding.take_back(topics.sit(fresh(topic), residents[2]))
    assert fresh(topic).supporters == 1
    with pytest.raises(Refused, match="名单里没有能计入的名字"):
        enter(topic, "居民2", by=receiver)


@pytest.mark.parametrize(("days", "goes"), [(0, False), (1, True)], ids=["还没满", "已经满"])
def test_the_paper_goes_when_its_demand_ended_long_ago_and_the_count_stays(
    residents: list[Actor],
    receiver: Actor,
    days: int,
    goes: bool,
    django_capture_on_commit_callbacks: Any,
) -> None:
    topic = demand(residents[0])
    sheet = enter(topic, "居民2\n居民4", by=receiver)
    topic.matter.closed_at = TUESDAY
    topic.matter.save(update_fields=["closed_at"])
    with django_capture_on_commit_callbacks(execute=True):
        papering.forget_sheets(closed_before=TUESDAY + timedelta(days=days))
    assert default_storage.exists(sheet.file.name) is not goes
    assert (queries.sheet(topic, sheet.pk) is None) is goes
    assert queries.sheets(topic)[0].counted == 2
