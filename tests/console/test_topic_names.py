"""The page on which names on paper are looked over, then counted for a joint demand (纸质联名)."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.bodies.actor import Actor
from linli.deliberation import queries
from linli.people import queries as register
from tests import flats, make
from tests.console.desks import browser, text
from tests.deliberation import topics
from tests.deliberation.topics import Council
from tests.world import TUESDAY, World, officer, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("N2")]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Stop the clock of the pages."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)
    return [TUESDAY]


@pytest.fixture
def council(world: World, clock: list[datetime]) -> Council:
    return topics.gather(world)


@pytest.fixture
def receiver(council: Council) -> Actor:
    return officer("oversight", "丁兰", at="tonghua", office="oversight_head")


@pytest.fixture
def number(receiver: Actor) -> str:
    """Raise a demand among forty people of whom one has signed."""
    people = [flats.dweller(f"居民{one}") for one in range(40)]
    for first in range(0, 40, 2):
        flats.lived_in(f"{first + 101}", people[first], people[first + 1])
    raiser = register.of_id(people[0])
    assert raiser is not None
    told = {"title": "增加审计事项", "words": "请审计去年的场地收入。", "spots": spots("tonghua")}
    return topics.propose(make.actor(raiser), procedure="audit_call", **told).matter.number


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("名单.pdf", b"%PDF-1.7 ...")


def test_a_list_is_looked_over_before_it_is_entered(receiver: Actor, number: str) -> None:
    door = browser(receiver)
    assert "录入纸质联名" in text(door.get(f"/desk/topics/{number}/"))
    said = {"names": "居民2\n外人\n居民0", "day": "2026-11-20"}
    page = text(door.post(f"/desk/topics/{number}/names/", {**said, "look": "1"}))
    assert '能计入 <b class="number">1</b> 人，不计 <b class="number">2</b> 行' in page
    assert "已经在手机上联名" in page
    assert queries.sheets(_topic(number)) == []


def test_the_names_are_entered_with_the_paper_and_it_can_be_opened(receiver: Actor, number: str) -> None:
    door = browser(receiver)
    said = {"names": "居民2\n居民4", "day": "2026-11-20"}
    wrong = door.post(f"/desk/topics/{number}/names/", said)
    assert wrong.status_code == 422
    assert "还没有附上纸质名单" in text(wrong)
    done = door.post(f"/desk/topics/{number}/names/", {**said, "file": scan()})
    assert done.headers["Location"] == f"/desk/topics/{number}/"
    (sheet,) = queries.sheets(_topic(number))
    assert "其中纸质" in text(door.get(f"/desk/topics/{number}/"))
    paper = door.get(f"/desk/topics/{number}/names/{sheet.pk}/")
    assert paper.content == b"%PDF-1.7 ..."
    assert door.get(f"/desk/topics/{number}/names/{sheet.pk + 1}/").status_code == 404


def test_what_cannot_be_entered_says_which_line_and_keeps_the_words(receiver: Actor, number: str) -> None:
    said = {"names": "居民2 2027-01-01", "day": "2026-11-20", "file": scan()}
    page = browser(receiver).post(f"/desk/topics/{number}/names/", said)
    assert page.status_code == 422
    assert "第 1 行 居民2：日期在今天以后" in text(page)
    assert "居民2 2027-01-01" in text(page)


def test_nobody_else_enters_names(council: Council, number: str) -> None:
    assert browser(council.world.resident).get(f"/desk/topics/{number}/names/").status_code == 404
    assert browser(council.world.secretary).get(f"/desk/topics/{number}/names/").status_code in (404, 422)


def _topic(number: str) -> "queries.Topic":
    found = queries.of_number(number)
    assert found is not None
    return found
