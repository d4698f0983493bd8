"""The REST interface: what a system reads and hands over, and how it is told what is wrong."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.frame.clock import now, today
from linli.gateways.systems.actions import reading_chain
from linli.matters import queries as matters
from linli.record import queries as record
from tests import make
from tests.gateways import doors
from tests.world import TUESDAY, World

API = "/api/v1"
WORDS = "3栋楼道灯坏了三天，老人下楼看不见台阶。联系人周美兰，电话 13812345678。"


@pytest.fixture
def office(world: World) -> Client:
    """A system that may read and report, and stated no purpose."""
    return doors.caller(doors.connect(world, way="system").key)


def told(**changes: Any) -> dict[str, Any]:
    return {"words": WORDS, "place": "xinxialu.tonghua_e1_b1", "external_ref": "A-1"} | changes


def opened(client: Client, **changes: Any) -> Any:
    answer = doors.send(client, f"{API}/matters", told(**changes))
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["code"] == code
    assert said["title"]
    return said


@pytest.mark.req("C10")
def test_a_system_opens_a_matter_once_however_often_it_sends(office: Client) -> None:
    first = opened(office)
    again = doors.send(office, f"{API}/matters", told())
    assert again.status_code == 200
    assert again.json()["number"] == first["number"]
    matter = matters.of_number(first["number"])
    assert matter
    assert record.acts(matter.number) == ("open",)
    assert record.timeline(matter.number)[0].office == "区 12345 平台 对接系统"


def test_a_key_for_one_sending_does_what_a_number_does(office: Client) -> None:
    body = {"words": WORDS}
    numbers = {
        doors.send(office, f"{API}/matters", body, **{"Idempotency-Key": "k1"}).json()["number"]
        for _ in range(2)
    }
    other = doors.send(office, f"{API}/matters", body, **{"Idempotency-Key": "k2"}).json()["number"]
    assert len(numbers) == 1
    assert other not in numbers


def test_other_words_under_the_same_number_are_turned_away(office: Client) -> None:
    opened(office)
    answer = doors.send(office, f"{API}/matters", told(words="完全另一件事。"))
    assert "补充说明" in problem(answer, 409, "taken_otherwise")["remedy"]


def test_two_systems_may_use_the_same_number(world: World, office: Client) -> None:
    other = doors.caller(doors.connect(world, name="区城管平台", way="system").key)
    assert opened(office)["number"] != opened(other)["number"]


@pytest.mark.req("C10")
def test_words_and_photos_follow_and_stand_in_the_timeline(office: Client) -> None:
    number = opened(office)["number"]
    doors.send(office, f"{API}/matters/{number}/words", {"words": "今天又摔了一位老人。"})
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(picture, "PNG")
    photo = SimpleUploadedFile("灯.png", picture.getvalue(), content_type="image/png")
    seen = office.post(f"{API}/matters/{number}/photos", {"photos": photo}).json()
    assert seen["photos"] == 1
    assert [line["act"] for line in seen["timeline"]] == ["open", "add_words", "add_words"]


def test_a_file_that_is_no_photo_is_refused_in_words(office: Client) -> None:
    number = opened(office)["number"]
    photo = SimpleUploadedFile("病毒.exe", b"MZ...", content_type="image/png")
    answer = office.post(f"{API}/matters/{number}/photos", {"photos": photo})
    assert "不是能打开的照片" in problem(answer, 422, "refused")["title"]


def test_what_was_handed_over_can_be_taken_back_once(office: Client) -> None:
    number = opened(office)["number"]
    for _ in range(2):
        answer = doors.send(office, f"{API}/matters/{number}/withdraw", {"reason": "居民说已经修好。"})
        assert answer.json()["state"] == "closed"
    assert record.acts(number) == ("open", "withdraw")


def test_without_a_purpose_only_the_public_face_is_shown(world: World, office: Client) -> None:
    secret = make.report(world, words=WORDS, contact_name="周美兰")
    shown = make.report(world, words=WORDS, contact_name="周美兰", is_public=True)
    listed = office.get(f"{API}/matters").json()["items"]
    assert [one["number"] for one in listed] == [shown.number]
    problem(office.get(f"{API}/matters/{secret.number}"), 404, "not_found")
    seen = office.get(f"{API}/matters/{shown.number}").content.decode()
    assert "周美兰" not in seen
    assert "13812345678" not in seen
    assert "138****5678" in seen


def test_with_a_purpose_words_are_shown_and_each_reading_is_on_record(world: World) -> None:
    made = doors.connect(world, purpose="综治中心研判矛盾纠纷，平安建设条例", way="system")
    secret = make.report(world, words=WORDS, contact_phone="13812345678")
    seen = doors.caller(made.key).get(f"{API}/matters/{secret.number}").json()
    assert seen["words"] == WORDS
    assert seen["contact_phone"] == "13812345678"
    lines = record.timeline(reading_chain(made.system, on=today()))
    assert [dict(line.figures)["事项"] for line in lines] == [secret.number]


def test_who_informed_is_shown_to_nobody_else(world: World) -> None:
    made = doors.connect(world, purpose="综治中心研判矛盾纠纷", way="system")
    secret = make.report(world, concern_kind="report", words="举报楼下开赌场。", contact_name="周美兰")
    make.act(secret, "add_words", by=world.resident, at=now(), said=make.Said("我是周美兰，住三楼。"))
    seen = doors.caller(made.key).get(f"{API}/matters/{secret.number}").json()
    assert (seen["title"], seen["words"], seen["contact_name"]) == ("举报", "", "")
    assert "周美兰" not in str(seen)


def test_nothing_beyond_its_place_is_shown(world: World, office: Client) -> None:
    beyond = make.report(world, spots=world.elsewhere, is_public=True)
    assert office.get(f"{API}/matters").json()["items"] == []
    problem(office.get(f"{API}/matters/{beyond.number}"), 404, "not_found")
    answer = doors.send(office, f"{API}/matters", told(place="xinxialu.tongdu_e1"))
    problem(answer, 404, "not_found")


def test_pages_follow_each_other_without_gaps(world: World, office: Client) -> None:
    numbers = [make.report(world, is_public=True).number for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = office.get(f"{API}/matters", {"limit": 2, "cursor": cursor}).json()
        seen += [one["number"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == numbers[::-1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "open"}, 1),
        ({"state": "closed"}, 0),
        ({"category": "manhole"}, 1),
        ({"category": "noise"}, 0),
        ({"place": "xinxialu.tonghua_g1"}, 1),
        ({"place": "xinxialu.tonghua_g3"}, 0),
        ({"moved_since": "2026-11-24T10:00:00"}, 1),
        ({"moved_since": "2026-11-24T10:00:01+08:00"}, 0),
        ({"external_ref": "A-1"}, 0),
        ({"order": "moved"}, 1),
    ],
)
def test_a_list_can_be_narrowed(world: World, office: Client, query: dict[str, str], expected: int) -> None:
    make.report(world, at=TUESDAY, is_public=True)
    assert len(office.get(f"{API}/matters", query).json()["items"]) == expected


@pytest.mark.parametrize(
    ("query", "where", "sentence"),
    [
        ({"limit": "0"}, "limit", "最小 1"),
        ({"limit": "1000"}, "limit", "最大 100"),
        ({"limit": "很多"}, "limit", "要写成整数"),
        ({"state": "lost"}, "state", "只能是"),
        ({"moved_since": "昨天"}, "moved_since", "时间看不懂"),
        ({"moved_since": "0001-01-01T00:00:00+14:00"}, "moved_since", "年份不对"),
        ({"cursor": "abc"}, "cursor", "不是本列表给的"),
    ],
)
def test_a_wrong_condition_is_named(office: Client, query: dict[str, str], where: str, sentence: str) -> None:
    said = problem(office.get(f"{API}/matters", query), 422, "invalid")
    assert [one["where"] for one in said["errors"]] == [where]
    assert sentence in said["errors"][0]["sentence"]


@pytest.mark.parametrize(
    ("changes", "where", "sentence"),
    [
        ({"words": ""}, "words", "至少 1 个字"),
        ({"words": "长" * 2001}, "words", "最多 2000 个字"),
        ({"words": 5}, "words", "要写成文字"),
        ({"words": "灯\0坏了"}, "words", "不能保存的字符"),
        ({"words": "灯\ud800坏了"}, "words", "不能保存的字符"),
        ({"colour": "red"}, "colour", "没有这个字段"),
        ({"kind": "rant"}, "kind", "只能是"),
        ({"category": "nothing"}, "category", "没有这个分类代号"),
        ({"external_ref": "9" * 65}, "external_ref", "最多 64 个字"),
    ],
)
def test_a_wrong_field_is_named(office: Client, changes: dict[str, Any], where: str, sentence: str) -> None:
    said = problem(doors.send(office, f"{API}/matters", told(**changes)), 422, "invalid")
    assert [one["where"] for one in said["errors"]] == [where]
    assert sentence in said["errors"][0]["sentence"]


@pytest.mark.parametrize(
    "body",
    [b"{", b"[" * 20_000, '{"words": "路灯"}'.encode("gbk"), b"\xff\xfe\x00", b"words=1"],
    ids=["半截", "层层嵌套", "GBK", "不是文字", "表单"],
)
def test_a_body_that_cannot_be_read_is_a_problem_and_no_crash(office: Client, body: bytes) -> None:
    answer = office.post(f"{API}/matters", body, content_type="application/json")
    problem(answer, 400, "unreadable")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"3", b'"words"'])
def test_a_body_that_is_no_object_is_a_problem_and_no_crash(office: Client, body: bytes) -> None:
    answer = office.post(f"{API}/matters", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("invalid", "unreadable")


def test_a_body_that_is_too_large_is_turned_away_unread(office: Client) -> None:
    answer = office.post(f"{API}/matters", b"x" * (1024 * 1024 + 1), content_type="application/json")
    problem(answer, 413, "too_large")


def test_letters_no_database_holds_are_turned_away_in_addresses(office: Client) -> None:
    problem(office.get(f"{API}/matters?place=%00"), 400, "unreadable")
    problem(office.get(f"{API}/matters/A%00B"), 400, "unreadable")


def test_a_stranger_and_a_wrong_key_are_told_so(client: Client, db: None) -> None:
    answer = client.get(f"{API}/matters")
    problem(answer, 401, "no_key")
    assert answer["WWW-Authenticate"] == "Bearer"
    problem(doors.caller("linli_00000000_x").get(f"{API}/matters"), 401, "bad_key")


def test_a_door_that_was_not_given_stays_closed(world: World) -> None:
    reader = doors.caller(doors.connect(world, writes=False, way="system").key)
    assert reader.get(f"{API}/matters").status_code == 200
    problem(doors.send(reader, f"{API}/matters", told()), 403, "not_given")


def test_who_comes_too_often_is_told_how_long_to_wait(world: World) -> None:
    client = doors.caller(doors.connect(world, most_a_minute=1, way="system").key)
    answers = [client.get(f"{API}/statuses") for _ in range(4)]
    late = next(one for one in answers if one.status_code == 429)
    problem(late, 429, "too_often")
    assert 1 <= int(late["Retry-After"]) <= 60


def test_every_wrong_address_and_method_is_answered_alike(office: Client) -> None:
    problem(office.get(f"{API}/nothing"), 404, "not_found")
    answer = office.delete(f"{API}/matters")
    problem(answer, 405, "wrong_method")
    assert "GET" in answer["Allow"]


def test_the_dictionaries_are_the_places_own(office: Client, world: World) -> None:
    statuses = office.get(f"{API}/statuses").json()
    assert {one["key"] for one in statuses["states"]} == {"open", "paused", "answered", "closed"}
    assert {"manhole", "other"} <= {one["key"] for one in office.get(f"{API}/categories").json()}
    found = office.get(f"{API}/places", {"limit": 3}).json()
    assert len(found["items"]) == 3
    assert found["items"][0]["key"] == "xinxialu.tonghua"
    rest = office.get(f"{API}/places", {"cursor": found["next_cursor"]}).json()
    assert found["items"][-1] not in rest["items"]


def test_the_earlier_deadline_counts(office: Client) -> None:
    from linli.frame.clock import now

    soon = now().replace(microsecond=0)
    seen = opened(office, due_by=(soon.replace(year=soon.year + 3)).isoformat(), external_ref="late")
    assert seen["due_at"] < soon.replace(year=soon.year + 3).isoformat()


def test_the_interface_describes_itself(client: Client, db: None) -> None:
    schema = client.get(f"{API}/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    codes = schema["paths"]["/api/v1/matters"]["post"]["responses"]
    assert "application/problem+json" in codes["422"]["content"]
    page = client.get(f"{API}/").content.decode()
    assert "POST /api/v1/matters" in page
    assert "taken_otherwise" in page


def test_a_list_costs_the_same_for_one_and_for_many(
    world: World, office: Client, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        make.report(world, is_public=True)
    with django_assert_max_num_queries(10):
        office.get(f"{API}/matters")
