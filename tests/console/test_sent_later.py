"""What a phone sends when the network is back: once, with its photos, in its own time (离线发送)."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from linli.frame.clock import now
from linli.matters import queries as matters
from linli.record import queries as record
from tests import make
from tests.console import desks
from tests.world import World

if TYPE_CHECKING:
    from django.http import HttpResponse

    from linli.matters.models import Matter

KEY, OTHER = "k" * 16, "o" * 16
FOUND = {"words": "一单元门前井盖松动。", "then": "call_up", "place_words": "", "category": "", "done": ""}


def send(client: Client, key: str = KEY, photos: tuple[str, ...] = (), **said: Any) -> "HttpResponse":
    """Send what was found as a phone does that kept it."""
    headers = {
        "Accept": "application/json",
        "Linli-Sending": key,
        "Linli-Photos": ",".join(photos),
        "Linli-Elapsed": said.pop("elapsed", "0"),
        "Linli-Phone-Time": said.pop("phone_time", ""),
    }
    return client.post("/desk/found/", FOUND | {"once": key} | said, headers=headers)


def send_photo(client: Client, key: str, content: bytes | None = None) -> "HttpResponse":
    file = SimpleUploadedFile("盖板.jpg", _jpeg() if content is None else content)
    headers = {"Accept": "application/json", "Linli-Sending": key}
    return client.post("/sending/photo/", {"photo": file}, headers=headers)


def found(world: World) -> "list[Matter]":
    return list(matters.within(world.home[2].path))


@pytest.fixture
def phone(world: World) -> Client:
    return desks.browser(world.grid_worker)


@pytest.mark.req("A5")
def test_what_is_sent_twice_is_done_once_and_answered_alike(world: World, phone: Client) -> None:
    first, second = send(phone), send(phone)
    assert first.status_code == second.status_code == 200
    assert first.json() == second.json()
    (matter,) = found(world)
    assert first.json()["about"] == f"/desk/m/{matter.number}/"
    assert matter.number in first.json()["done"]


@pytest.mark.req("A5")
def test_the_same_words_under_two_keys_are_two_things(world: World, phone: Client) -> None:
    send(phone)
    send(phone, OTHER)
    assert len(found(world)) == 2


@pytest.mark.req("A5")
def test_what_was_filled_in_wrongly_says_so_and_may_be_sent_again_under_its_key(
    world: World, phone: Client
) -> None:
    wrong = send(phone, words="")
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["field"] == "words"
    assert "还没有写内容" in wrong.json()["errors"][0]["sentences"][0]
    assert send(phone).status_code == 200
    assert len(found(world)) == 1


@pytest.mark.req("A5")
def test_a_key_answers_only_whoever_used_it(world: World, phone: Client) -> None:
    send(phone)
    stranger = send(desks.browser(world.other_grid_worker))
    assert stranger.status_code == 403
    assert "done" not in stranger.json()


@pytest.mark.req("A5")
def test_whose_session_ran_out_is_told_where_to_sign_in(world: World) -> None:
    answer = send(Client())
    assert answer.status_code == 401
    assert answer.json()["sign_in"].startswith("/accounts/login/")
    assert send(desks.browser(world.grid_worker)).status_code == 200


@pytest.mark.req("A5")
def test_a_token_that_was_rotated_asks_only_for_a_fresh_one(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.account(world.grid_worker))
    assert send(strict).json() == {"expired": True}
    token = strict.get("/sending/").json()["token"]
    headers = {"Accept": "application/json", "Linli-Sending": KEY, "X-CSRFToken": token}
    assert strict.post("/desk/found/", FOUND | {"once": KEY}, headers=headers).status_code == 200


@pytest.mark.req("A5")
def test_photos_come_one_by_one_and_belong_to_the_form_they_are_named_in(world: World, phone: Client) -> None:
    keys = ("a" * 16, "b" * 16)
    for key in (*keys, keys[0]):
        assert send_photo(phone, key).json() == {"taken": key}
    assert send(phone, photos=keys).status_code == 200
    (matter,) = found(world)
    assert len(matters.attachments(matter)) == 2


@pytest.mark.req("A5")
def test_a_form_does_not_go_without_the_photos_it_names(world: World, phone: Client) -> None:
    answer = send(phone, photos=("a" * 16,))
    assert answer.status_code == 424
    assert answer.json()["photos"] == ["a" * 16]
    assert found(world) == []
    send_photo(phone, "a" * 16)
    assert send(phone, photos=("a" * 16,)).status_code == 200


@pytest.mark.req("A5")
def test_nobody_takes_the_photos_of_somebody_else(world: World, phone: Client) -> None:
    send_photo(desks.browser(world.other_grid_worker), "a" * 16)
    assert send(phone, photos=("a" * 16,)).status_code == 424


@pytest.mark.req("A5")
def test_what_is_no_photo_is_refused_by_itself(phone: Client) -> None:
    answer = send_photo(phone, "a" * 16, b"no photo")
    assert answer.status_code == 422
    assert "不是能打开的照片" in answer.json()["refusals"][0]["sentence"]


@pytest.mark.req("A5")
@pytest.mark.parametrize(
    ("elapsed", "said"),
    [
        ("7200", "送达前 2小时写下，手机时间 11月22日 10:32"),
        ("119", ""),
        ("120", "送达前 2分钟写下，手机时间 11月22日 10:32"),
        ("-7200", ""),
        ("上午", ""),
    ],
    ids=["两小时前", "不到两分钟不必说", "正好两分钟", "手机说是将来", "不是数"],
)
def test_the_record_says_how_long_it_lay_on_the_phone(
    world: World, phone: Client, elapsed: str, said: str
) -> None:
    send(phone, elapsed=elapsed.encode().decode("latin-1"), phone_time="11-22 10:32")
    (matter,) = found(world)
    figures = dict(record.timeline(matter.number)[-1].figures)
    assert figures.get("离线记录", "") == said


@pytest.mark.req("A5")
def test_the_phone_is_told_which_pages_to_keep(world: World, phone: Client) -> None:
    mine = make.incident(world, at=now())
    around = make.report(world, at=now())
    elsewhere = make.report(world, at=now(), spots=world.elsewhere)
    pages = dict(phone.get("/desk/kept/").json()["pages"])
    assert {"/desk/today/", "/desk/", "/desk/found/", "/desk/unsent/"} <= set(pages)
    assert pages[f"/desk/m/{mine.number}/"] == str(mine.turn)
    assert f"/desk/m/{around.number}/" in pages
    assert f"/desk/m/{elsewhere.number}/" not in pages


@pytest.mark.req("A5")
def test_whoever_decides_at_a_desk_keeps_only_the_lists(world: World) -> None:
    make.report(world, at=now())
    pages = dict(desks.browser(world.dispatcher).get("/desk/kept/").json()["pages"])
    assert set(pages) == {"/desk/", "/desk/unsent/"}


def test_the_list_of_pages_costs_the_same_however_much_there_is(world: World, phone: Client) -> None:
    phone.get("/desk/kept/")
    with CaptureQueriesContext(connection) as few:
        phone.get("/desk/kept/")
    for _ in range(5):
        make.incident(world, at=now())
    with CaptureQueriesContext(connection) as many:
        phone.get("/desk/kept/")
    assert len(many) == len(few) <= 8


@pytest.mark.req("A5")
def test_every_page_says_for_whom_it_was_made(world: World, phone: Client) -> None:
    mine = phone.get("/desk/today/").headers["Linli-Owner"]
    assert mine == phone.get("/sending/").json()["owner"]
    assert mine != desks.browser(world.other_grid_worker).get("/desk/today/").headers["Linli-Owner"]
    assert Client().get("/accounts/login/").headers["Linli-Owner"] == "nobody"


@pytest.mark.req("A5")
def test_a_grid_worker_begins_with_the_day_and_others_where_they_belong(world: World) -> None:
    starts = {
        "grid_worker": "/desk/today/",
        "dispatcher": "/desk/",
        "resident": "/",
    }
    for name, page in starts.items():
        assert desks.browser(world.cast[name]).get("/start/").headers["Location"] == page


def _jpeg() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "grey").save(out, "JPEG")
    return out.getvalue()
