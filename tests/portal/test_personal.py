"""People see what is kept of them, who looked, and have it handed over, put right and erased."""

import io
import zipfile

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.frame.clock import now
from linli.matters.models import Matter
from linli.people import queries as people
from linli.privacy import actions as privacy
from linli.privacy import queries
from linli.privacy.actions import Subject
from linli.privacy.kinds import Item, Wish
from linli.privacy.models import Claim
from tests import make
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
MOST_QUERIES = 18
PHONE = "13800001234"
HERE = "/mine/data/"


@pytest.fixture
def matter(world: World) -> Matter:
    person = people.of_id(world.resident.person_id or 0)
    person.phone = PHONE
    person.save()
    return make.report(world, at=now(), contact_name="周美兰", contact_phone=PHONE)


@pytest.fixture
def resident(world: World, matter: Matter) -> Client:
    client = Client()
    client.force_login(make.account(world.resident))
    return client


def text(client: Client, address: str = HERE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def look(world: World, matter: Matter) -> None:
    privacy.look(
        Subject(matter.place_path, matter.raised_by_id, matter.pk, matter.number),
        item=Item.CONTACT, reason="visit", words="约周三上门",
        by=world.dispatcher, office="铜花社区 调度员", at=now(),
    )  # fmt: skip


def test_everybody_may_read_what_is_kept_why_and_how_long(db: None) -> None:
    said = text(Client(), "/privacy/")
    for one in queries.purposes():
        assert one.title in said
        assert one.kept_words in said
    assert "个人信息保护法" in said


def test_the_register_is_in_the_foot_of_every_page(db: None) -> None:
    assert 'href="/privacy/"' in text(Client(), "/choose/")


def test_a_stranger_is_asked_to_sign_in(db: None) -> None:
    answer = Client().get(HERE)
    assert answer.status_code == 302
    assert "next=%2Fmine%2Fdata%2F" in answer.headers["Location"]
    assert Client().post(f"{HERE}export/").status_code == 404


def test_my_page_shows_what_is_kept_masked(resident: Client) -> None:
    said = text(resident)
    assert "138****1234" in said
    assert PHONE not in said
    assert "还没有人看过" in said


def test_my_page_shows_who_looked_by_office_and_why_never_by_name(
    world: World, resident: Client, matter: Matter
) -> None:
    look(world, matter)
    said = text(resident)
    for wanted in ("铜花社区 调度员", "称呼和电话", "约上门时间", matter.number):
        assert wanted in said
    assert world.dispatcher.name not in said


def test_the_link_of_a_matter_shows_who_looked_without_an_account(world: World, matter: Matter) -> None:
    look(world, matter)
    said = text(Client(), f"/s/{matter.token}/data/")
    assert "铜花社区 调度员" in said
    assert PHONE not in said
    assert f"/s/{matter.token}/data/" in text(Client(), f"/s/{matter.token}/")


def test_a_wrong_link_leads_nowhere(db: None) -> None:
    assert Client().get("/s/abcdefghijkl/data/").status_code == 404
    assert Client().post("/s/abcdefghijkl/data/export/").status_code == 404


@pytest.mark.parametrize("by_link", [False, True])
def test_everything_can_be_taken_home(resident: Client, matter: Matter, by_link: bool) -> None:
    client = Client() if by_link else resident
    answer = client.post(f"/s/{matter.token}/data/export/" if by_link else f"{HERE}export/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert PHONE in file.read("个人信息.json").decode()


def test_a_consent_is_given_and_taken_back(world: World, resident: Client) -> None:
    assert "没有同意" in text(resident)
    resident.post(f"{HERE}consent/", {"purpose": "remind", "agree": "1"})
    assert "remind" in queries.agreed(world.resident.person_id or 0)
    assert "撤回同意" in text(resident)
    resident.post(f"{HERE}consent/", {"purpose": "remind"})
    assert queries.agreed(world.resident.person_id or 0) == {}


@pytest.mark.parametrize("purpose", ["handle", "nothing", ""])
def test_what_needs_no_consent_cannot_be_agreed_to(resident: Client, purpose: str) -> None:
    assert resident.post(f"{HERE}consent/", {"purpose": purpose, "agree": "1"}).status_code == 404


@pytest.mark.parametrize("by_link", [False, True])
def test_a_claim_is_taken_in_with_its_day_and_may_be_taken_back(
    resident: Client, matter: Matter, by_link: bool
) -> None:
    client, here = (Client(), f"/s/{matter.token}/data/") if by_link else (resident, HERE)
    answer = client.post(here, {"wish": "correct", "new_phone": "139 1111 2222"})
    assert answer.status_code == 302
    claim = Claim.objects.get()
    assert (claim.wish, claim.new_phone, claim.place_path) == (Wish.CORRECT, "13911112222", matter.place_path)
    said = text(client, here)
    assert "办理中" in said
    assert "前答复" in said
    assert client.post(f"{here}{claim.pk}/back/").status_code == 302
    assert "本人撤回" in text(client, here)


def test_somebody_elses_claim_cannot_be_taken_back(world: World, resident: Client, matter: Matter) -> None:
    resident.post(HERE, {"wish": "erase"})
    claim = Claim.objects.get()
    other = make.report(world, at=now())
    assert Client().post(f"/s/{other.token}/data/{claim.pk}/back/").status_code == 404


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "选一项"),
        ({"wish": "sell"}, "没有这一项"),
        ({"wish": "correct"}, "写清楚哪一项不对"),
        ({"wish": "correct", "new_phone": "12"}, "电话要写 11 位"),
        ({"wish": "erase", "words": "长" * 401}, "最多 400 字"),
    ],
)
def test_a_claim_that_is_not_clear_is_asked_again(resident: Client, sent: dict[str, str], told: str) -> None:
    answer = resident.post(HERE, sent)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Claim.objects.exists()


def test_the_same_claim_twice_is_refused_in_words(resident: Client) -> None:
    resident.post(HERE, {"wish": "erase"})
    answer = resident.post(HERE, {"wish": "erase"})
    assert answer.status_code == 422
    assert "您的删除申请已经在办了" in answer.content.decode()


def test_the_page_costs_the_same_however_many_looked(
    world: World, resident: Client, matter: Matter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(9):
        look(world, matter)
    with django_assert_max_num_queries(MOST_QUERIES):
        text(resident)
