"""Open311 GeoReport v2: services, requests in and out, errors in the shapes of the specification."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.cases import queries as cases
from linli.frame.clock import now
from linli.gateways.open311 import asking, ground
from linli.gateways.open311.ground import Degrees
from linli.matters import queries as matters
from linli.pack.edition import Reference
from linli.rulebook import queries as rulebook
from tests import make
from tests.gateways import doors
from tests.world import World

pytestmark = pytest.mark.django_db
V2 = "/open311/v2"
WORDS = "1栋门前井盖破损，联系电话 13812345678。"
HERE = Reference(latitude=30.2, longitude=115.0)


@pytest.fixture
def key(world: World) -> str:
    return doors.connect(world, way="system").key


def request(key: str, **changes: Any) -> dict[str, Any]:
    told = {
        "api_key": key, "jurisdiction_id": "xinxialu", "service_code": "manhole", "description": WORDS,
        "address_id": "xinxialu.tonghua_e1",
    }  # fmt: skip
    return {name: value for name, value in (told | changes).items() if value is not None}


def post(told: dict[str, Any], *, form: str = "json") -> Any:
    return Client().post(f"{V2}/requests.{form}", told)


def get(path: str, **query: Any) -> Any:
    return Client().get(f"{V2}/{path}", query)


def problem(answer: Any, status: int, words: str) -> None:
    assert answer.status_code == status, answer.content.decode()
    said = answer.json()
    assert [one["code"] for one in said] == [status]
    assert words in said[0]["description"]


@pytest.mark.req("C10", "L18")
def test_a_request_comes_in_and_can_be_followed(world: World, key: str) -> None:
    answer = post(request(key, first_name="美兰", last_name="周", phone="13812345678"))
    assert answer.status_code == 201, answer.content.decode()
    number = answer.json()[0]["service_request_id"]
    matter = matters.of_number(number)
    assert matter
    assert (matter.channel, matter.category, matter.place.key) == ("system", "manhole", "xinxialu.tonghua_e1")
    case = cases.of_matter(matter.pk)
    assert case
    assert (case.contact_name, case.contact_phone) == ("周美兰", "13812345678")
    seen = get(f"requests/{number}.json", api_key=key).json()[0]
    assert (seen["status"], seen["service_code"]) == ("open", "manhole")
    assert get(f"tokens/{number}.json", api_key=key).json() == [
        {"service_request_id": number, "token": number}
    ]
    assert get(f"requests/{number}.json").status_code == 404


@pytest.mark.req("C10")
def test_public_requests_go_out_masked_to_everybody(world: World) -> None:
    make.report(world)
    shown = make.report(world, at=now(), words=WORDS, is_public=True)
    listed = get("requests.json").json()
    assert [one["service_request_id"] for one in listed] == [shown.number]
    assert "138****5678" in listed[0]["description"]
    assert listed[0]["address_id"] == "xinxialu.tonghua_e1_b1"
    assert listed[0]["requested_datetime"].startswith(str(shown.opened_at.year))


def test_xml_and_json_say_the_same(world: World, key: str) -> None:
    make.report(world, at=now(), words="灯\x0b坏了 <&>。", is_public=True)
    told = get("requests.json").json()[0]
    tree = ET.fromstring(get("requests.xml").content)
    assert tree.tag == "service_requests"
    line = tree[0]
    assert line.tag == "request"
    assert [one.tag for one in line] == list(told)
    assert line.findtext("description") == "灯坏了 <&>。"
    services = ET.fromstring(get("services.xml").content)
    assert [one.findtext("service_code") for one in services] == [
        one["service_code"] for one in get("services.json").json()
    ]
    made = ET.fromstring(post(request(key), form="xml").content)
    assert (made.tag, made[0].tag) == ("service_requests", "request")


def test_a_service_says_which_fields_it_takes() -> None:
    told = get("services/manhole.json").json()
    assert [one["code"] for one in told["attributes"]] == ["kind", "place_words"]
    tree = ET.fromstring(get("services/manhole.xml").content)
    assert tree.tag == "service_definition"
    assert tree.find("attributes/attribute/values/value/key") is not None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, 1),
        ({"status": "open"}, 1),
        ({"status": "closed"}, 0),
        ({"status": "open,closed"}, 1),
        ({"service_code": "manhole,noise"}, 1),
        ({"service_code": "noise"}, 0),
        ({"page": "2"}, 0),
        ({"service_request_id": "NONE-1"}, 0),
        ({"end_date": "2020-01-01T00:00:00Z"}, 0),
        ({"start_date": "2020-01-01T00:00:00+08:00", "end_date": "2020-02-01T00:00:00 08:00"}, 0),
    ],
)
def test_requests_can_be_narrowed(world: World, query: dict[str, str], expected: int) -> None:
    make.report(world, at=now() - timedelta(days=1), is_public=True)
    assert len(get("requests.json", **query).json()) == expected


def test_ninety_days_is_the_longest_span() -> None:
    at = now()
    start, end = asking.span({"start_date": "2001-01-01T00:00:00Z", "end_date": at.isoformat()}, at=at)
    assert (start, end) == (at - timedelta(days=90), at)
    assert asking.span({}, at=at) == (at - timedelta(days=90), at)


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"api_key": None}, 403, "没有带密钥"),
        ({"api_key": "linli_00000000_x"}, 403, "密钥不对"),
        ({"service_code": "nothing"}, 404, "没有 service_code「nothing」"),
        ({"service_code": None}, 404, "没有写 service_code"),
        ({"description": " "}, 400, "没有写 description"),
        ({"description": "长" * 2001}, 400, "最多 2000 个字"),
        ({"description": "灯\0坏"}, 400, "读不懂的字符"),
        ({"address_id": None}, 400, "没有写地点"),
        ({"address_id": "xinxialu.tongdu_e1"}, 404, "您的范围里没有"),
        ({"address_id": None, "lat": "30.2", "long": "115.0"}, 400, "没有登记经纬度基准点"),
        ({"jurisdiction_id": "atlantis"}, 404, "没有 jurisdiction_id"),
        ({"attribute[kind]": "rant"}, 400, "attribute[kind]"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    key: str, changes: dict[str, Any], status: int, words: str
) -> None:
    problem(post(request(key, **changes)), status, words)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"jurisdiction_id": "atlantis"}, 404, "没有 jurisdiction_id"),
        ({"status": "lost"}, 400, "status 只能是"),
        ({"page": "0"}, 400, "page 要写成"),
        ({"page": "9" * 50}, 400, "page 要写成"),
        ({"page": "²"}, 400, "page 要写成"),
        ({"start_date": "昨天"}, 400, "start_date 看不懂"),
        ({"start_date": "0001-01-01T00:00:00Z"}, 400, "年份不对"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(
    world: World, query: dict[str, str], status: int, words: str
) -> None:
    problem(get("requests.json", **query), status, words)


def test_errors_are_written_in_xml_too(world: World) -> None:
    answer = get("requests/NONE.xml")
    tree = ET.fromstring(answer.content)
    assert (answer.status_code, tree.tag, tree[0].tag) == (404, "errors", "error")
    assert tree.findtext("error/code") == "404"
    wrong = Client().delete(f"{V2}/requests.json")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, HEAD, POST")


def test_an_entity_bomb_is_not_even_read(world: World, key: str) -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><request>&b;</request>'
    answer = Client().post(f"{V2}/requests.xml", bomb, content_type="text/xml")
    assert answer.status_code == 400
    assert "请用表单" in answer.content.decode()


def test_a_body_that_is_too_large_is_turned_away_unread(key: str) -> None:
    body = b"description=" + b"x" * (1024 * 1024)
    answer = Client().post(f"{V2}/requests.json", body, content_type="application/x-www-form-urlencoded")
    problem(answer, 413, "太大")


def test_the_address_of_a_picture_is_kept_as_words_and_not_fetched(world: World, key: str) -> None:
    number = post(request(key, media_url="http://169.254.169.254/a.jpg")).json()[0]["service_request_id"]
    matter = matters.of_number(number)
    assert matter
    case = cases.of_matter(matter.pk)
    assert case
    assert case.words.endswith("附件链接：http://169.254.169.254/a.jpg")


def test_the_same_sending_counts_once(key: str) -> None:
    numbers = {
        Client(headers={"Idempotency-Key": "once"})
        .post(f"{V2}/requests.json", request(key))
        .json()[0]["service_request_id"]
        for _ in range(3)
    }
    assert len(numbers) == 1


def test_with_a_reference_point_degrees_find_their_place(
    world: World, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = replace(rulebook.current("xinxialu"), reference=HERE)
    monkeypatch.setattr(asking.rulebook, "current", lambda _: known)
    outline = ground.middles({world.home[-1].path}, reference=HERE)
    at = outline[world.home[-1].path]
    told = request(key, address_id=None, lat=str(at.latitude), long=str(at.longitude))
    number = post(told).json()[0]["service_request_id"]
    matter = matters.of_number(number)
    assert matter
    assert matter.place.key == "xinxialu.tonghua_e1_b1"
    seen = get(f"requests/{number}.json", api_key=key, jurisdiction_id="xinxialu").json()[0]
    assert (seen["lat"], seen["long"]) == (at.latitude, at.longitude)
    problem(post(told | {"lat": "0", "long": "0"}), 400, "不在您的范围里")
    for lat in ("nan", "inf", "91", "词"):
        problem(post(told | {"lat": lat}), 400, "lat")


@given(x=st.integers(-50_000, 50_000), y=st.integers(-50_000, 50_000))
def test_a_point_comes_back_to_where_it_was(x: int, y: int) -> None:
    back = ground.metres(ground.degrees((x, y), reference=HERE), reference=HERE)
    assert max(abs(back[0] - x), abs(back[1] - y)) <= 1


def test_north_is_up_and_east_is_right() -> None:
    assert ground.metres(Degrees(30.3, 115.1), reference=HERE)[0] > 0
    assert ground.metres(Degrees(30.3, 115.1), reference=HERE)[1] < 0


def test_the_interface_is_found(world: World) -> None:
    told = Client().get("/open311/discovery.json").json()
    assert told["endpoints"][0]["url"].endswith("/open311/v2")
    tree = ET.fromstring(Client().get("/open311/discovery.xml").content)
    assert tree.findtext("endpoints/endpoint/formats/format") == "text/xml"


def test_a_key_that_was_never_given_lets_nobody_come_oftener(world: World, key: str, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"open311": "2/m/ip"}
    answers = [get("requests.json", api_key="linli_0badc0de_guessed").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert get("requests.json", api_key=key).status_code == 200


def test_a_list_costs_the_same_for_one_and_for_many(world: World, django_assert_max_num_queries) -> None:
    for _ in range(12):
        make.report(world, at=now(), is_public=True)
    Client().get(f"{V2}/requests.json")
    with django_assert_max_num_queries(14):
        Client().get(f"{V2}/requests.json")


_NAMES = st.sampled_from(
    [
        "jurisdiction_id", "service_code", "service_request_id", "status", "start_date", "end_date", "page",
        "page_size", "lat", "long", "address_id", "address_string", "description", "attribute[kind]", "phone",
        "media_url", "attribute[]", "x",
    ]
)  # fmt: skip
_VALUES = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.datetimes().map(lambda at: at.isoformat()),
    st.sampled_from(["xinxialu", "manhole", "open", "xinxialu.tonghua", "%00", "\0", "\ud800", "help"]),
)
_ADDRESSES = ("services", "services/manhole", "services/x", "requests", "requests/XXL-1", "tokens/1")


@settings(
    max_examples=120, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    address=st.sampled_from(_ADDRESSES), form=st.sampled_from(["json", "xml"]), posts=st.booleans(),
    fields=st.dictionaries(_NAMES, _VALUES, max_size=8),
)  # fmt: skip
def test_whatever_is_sent_is_answered_in_shape(
    world: World, key: str, address: str, form: str, posts: bool, fields: dict[str, str]
) -> None:
    said = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    client, path = Client(), f"{V2}/{address}.{form}"
    answer: Any = client.post(path, said | {"api_key": key}) if posts else client.get(path, said)
    assert answer.status_code in (200, 201, 400, 403, 404, 405), answer.content.decode()
    if form == "json":
        answer.json()
    else:
        ET.fromstring(answer.content)
