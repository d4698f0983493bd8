"""Reporting a concern: everything that may go wrong on a phone in a stairwell."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.bodies.actor import Actor
from linli.cases import queries as cases
from linli.matters import queries as matters
from linli.methods import plan
from linli.outbox import queries as outbox
from tests.portal.conftest import HOME, picture, text_of
from tests.world import World

ADDRESS = f"/p/{HOME}/report/"
TOLD = {"kind": "help", "words": "1栋门前下水道盖板断了。晚上没有灯。", "once": "a-key-drawn-for-this-form"}


def token_of(answer: object) -> str:
    """Read the secret out of the address one is led to."""
    return str(answer.headers["Location"]).split("/")[2]  # type: ignore[attr-defined]


@pytest.mark.req("X13")
def test_a_stranger_reports_and_is_led_to_the_page_with_number_and_code(world: World, client: Client) -> None:
    answer = client.post(ADDRESS, TOLD)
    page = text_of(client.get(answer.headers["Location"]))
    matter = matters.of_token(token_of(answer))
    assert matter is not None
    assert matter.number in page
    assert matter.token in page
    assert 'class="qr"' in page
    assert 'data-draft-done="report"' in page
    assert "铜花社区调度员应在" in page


@pytest.mark.req("X13")
def test_a_resident_who_signed_in_is_linked_and_told_by_letter(
    world: World, enter: Callable[[Actor], Client]
) -> None:
    matter = matters.of_token(token_of(enter(world.resident).post(ADDRESS, TOLD)))
    assert matter is not None
    assert matter.raised_by_id == world.resident.person_id
    assert outbox.inside(to=matter.raised_by_id or 0).count() == 1


@pytest.mark.req("A5")
def test_the_same_form_sent_twice_makes_one_matter_with_its_photos_once(world: World, client: Client) -> None:
    first = client.post(ADDRESS, TOLD | {"photos": picture()})
    second = client.post(ADDRESS, TOLD | {"photos": picture()})
    assert first.headers["Location"] == second.headers["Location"]
    matter = matters.of_token(token_of(first))
    assert matter is not None
    assert len(matters.attachments(matter)) == 1


@pytest.mark.req("A5")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"kind": ""}, "请选一类。", id="没有选类型"),
        pytest.param({"kind": "rumour"}, "请选一类。", id="没有这一类"),
        pytest.param({"words": "  "}, "还没有写内容", id="没有写内容"),
        pytest.param({"words": "字" * 2001}, "写了 2001 字，最多 2000 字", id="写得太长"),
        pytest.param({"phone": "1390000"}, "电话要写 11 位手机号", id="电话少了几位"),
        pytest.param({"spot": "xinxialu.tongdu"}, "没有这个地点", id="别处的地点"),
        pytest.param({"place_words": "字" * 121}, "位置最多写 120 字", id="位置写得太长"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    world: World, client: Client, changes: dict[str, str], sentence: str
) -> None:
    told = {**TOLD, "name": "何建平", **changes}
    answer = client.post(ADDRESS, told)
    page = text_of(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert told["words"].strip() in page
    assert 'value="何建平"' in page
    assert not matters.within(world.home[0].path).exists()


@pytest.mark.parametrize("length", [1999, 2000])
def test_two_thousand_characters_are_taken(world: World, client: Client, length: int) -> None:
    assert client.post(ADDRESS, TOLD | {"words": "字" * length}).status_code == 302


@pytest.mark.parametrize("phone", ["138 1234 5678", "13812345678", "0714-6350123", "199-0000-1001", ""])
def test_a_telephone_is_taken_as_people_write_it(world: World, client: Client, phone: str) -> None:
    matter = matters.of_token(token_of(client.post(ADDRESS, TOLD | {"phone": phone})))
    case = cases.of_matter(matter.pk) if matter else None
    assert case is not None
    assert case.contact_phone == phone.replace(" ", "")


@pytest.mark.req("A5")
@pytest.mark.parametrize(
    ("photos", "sentence"),
    [
        pytest.param([SimpleUploadedFile("说明.pdf", b"%PDF-1.7")], "不是能打开的照片", id="不是照片"),
        pytest.param([SimpleUploadedFile("空.jpg", b"")], "", id="空文件"),
        pytest.param([picture(f"{one}.jpg") for one in range(5)], "选了 5 张照片，最多 4 张", id="多了一张"),
    ],
)
def test_a_wrong_photo_is_named_and_the_words_stay(
    world: World, client: Client, photos: list[SimpleUploadedFile], sentence: str
) -> None:
    answer = client.post(ADDRESS, TOLD | {"photos": photos})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert TOLD["words"] in text_of(answer)
    assert "照片需要重新选一次" in text_of(answer)


def test_four_photos_are_kept_and_shown_on_the_raisers_page_only(world: World, client: Client) -> None:
    answer = client.post(ADDRESS, TOLD | {"photos": [picture(f"{one}.jpg") for one in range(4)]})
    matter = matters.of_token(token_of(answer))
    assert matter is not None
    one = matters.attachments(matter)[0]
    address = f"/m/{matter.number}/photo/{one.pk}/small/"
    assert address in text_of(client.get(answer.headers["Location"]))
    shown = client.get(address, {"token": matter.token})
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.getvalue().startswith(b"\xff\xd8")
    assert client.get(address).status_code == 404


def test_a_building_chosen_from_the_list_is_the_place(world: World, client: Client) -> None:
    matter = matters.of_token(token_of(client.post(ADDRESS, TOLD | {"spot": world.home[-1].key})))
    assert matter is not None
    assert matter.place_path == world.home[-1].path


def test_a_pin_on_the_plan_finds_the_smallest_place_around_it(world: World, client: Client) -> None:
    inside = [place for place in world.edition.places if place.key in ("tonghua_e1", "tonghua_e1_b1")]
    sheet = plan.fit([place.outline for place in inside])
    x, y = sheet.spot(plan.middle(inside[-1].outline))
    matter = matters.of_token(token_of(client.post(ADDRESS, TOLD | {"spot_x": str(x), "spot_y": str(y)})))
    assert matter is not None
    assert matter.place_path == world.home[-1].path
    case = cases.of_matter(matter.pk)
    assert case is not None
    assert plan.locate((case.spot_x or 0, case.spot_y or 0), outlines=[("b1", inside[-1].outline)]) == "b1"


def test_without_a_place_the_estate_itself_is_the_place(world: World, client: Client) -> None:
    matter = matters.of_token(token_of(client.post(ADDRESS, TOLD | {"place_words": "东门岗亭旁"})))
    assert matter is not None
    assert matter.place_path == world.home[-2].path


@pytest.mark.req("X13")
@pytest.mark.parametrize(("kind", "is_public"), [("help", True), ("report", False)], ids=["求助", "举报"])
def test_what_is_informed_of_is_never_public_whatever_was_ticked(
    world: World, client: Client, kind: str, is_public: bool
) -> None:
    answer = client.post(ADDRESS, TOLD | {"kind": kind, "open": "on"})
    matter = matters.of_token(token_of(answer))
    assert matter is not None
    assert (client.get(f"/m/{matter.number}/").status_code == 200) is is_public


def test_an_emergency_number_stands_above_the_form(world: World, client: Client) -> None:
    page = text_of(client.get(ADDRESS))
    assert page.index("危及生命请先拨") < page.index('name="kind"')


def test_whoever_works_complains_where_they_work(
    world: World, client: Client, enter: Callable[[Actor], Client]
) -> None:
    answer = enter(world.grid_worker).get("/complain/")
    assert answer.headers["Location"] == "/p/xinxialu.tonghua_g1/report/?about=platform"


def test_a_complaint_about_the_platform_opens_the_form_with_a_suggestion(
    world: World, client: Client
) -> None:
    assert "对平台的意见" in text_of(client.get("/complain/", follow=True))
    page = text_of(client.post("/choose/", {"place": HOME, "then": "complain"}, follow=True))
    assert 'value="suggestion" checked' in page
    assert "关于这个平台：" in page
