"""What 12345 and 110 hand over: once per number, corrected, taken back, answered."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.cases import queries as cases
from linli.disclosure import queries as disclosure
from linli.frame.clock import now
from linli.gateways.choices import Facet
from linli.gateways.hotline import matching
from linli.gateways.systems.actions import Connected
from linli.matters import queries as matters
from linli.outbox import queries as outbox
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests import make
from tests.gateways import doors
from tests.world import PACK, World

SHEETS = "/hotline/v1/sheets"
WORDS = "铜花小区1栋门前井盖破损，老人差点绊倒。"


@pytest.fixture
def hotline(world: World) -> Connected:
    return doors.connect(world, most_a_minute=6000)


@pytest.fixture
def client(hotline: Connected) -> Client:
    return doors.caller(hotline.key)


def sheet(**changes: Any) -> dict[str, Any]:
    return {"ref": "20261124-0007", "words": WORDS, "area": "铜花一号小区", "kind": "投诉"} | changes


def hand_over(client: Client, status: int = 201, **changes: Any) -> Any:
    answer = doors.send(client, SHEETS, sheet(**changes))
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


@pytest.mark.req("X14", "L18")
def test_a_sheet_becomes_a_matter_once_however_often_it_is_sent(client: Client) -> None:
    first = hand_over(client)
    assert hand_over(client, 200)["number"] == first["number"]
    matter = matters.of_number(first["number"])
    assert matter
    assert (matter.channel, matter.external_ref) == ("12345", "20261124-0007")
    assert first["category"]["key"] == "manhole"
    case = cases.of_matter(matter.pk)
    assert case
    assert case.concern_kind == "complaint"


@pytest.mark.req("X14")
def test_the_names_of_their_own_fields_and_a_form_will_do(client: Client) -> None:
    told = {"工单编号": "A1", "诉求内容": WORDS, "办理期限": "", "保密": "否", "诉求类型": "求助"}
    answer = client.post(SHEETS, told)
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["external_ref"] == "A1"


@pytest.mark.req("X14")
def test_other_words_under_the_same_number_correct_the_first(client: Client) -> None:
    number = hand_over(client)["number"]
    for _ in range(2):
        assert hand_over(client, 200, words="是2栋，不是1栋。")["number"] == number
    assert record.acts(number) == ("open", "add_words")
    assert record.timeline(number)[-1].words == "对方更正：是2栋，不是1栋。"


@pytest.mark.req("X14")
def test_a_sheet_is_taken_back_once_and_stays_so(client: Client) -> None:
    number = hand_over(client)["number"]
    for _ in range(2):
        answer = doors.send(client, f"{SHEETS}/20261124-0007/recall", {"reason": "市民撤诉。"})
        assert answer.json()["state"] == "closed"
    assert record.acts(number) == ("open", "withdraw")
    late = hand_over(client, 422, words="又改了。")
    assert "已经撤回" in late["title"]


@pytest.mark.req("X14")
def test_their_deadline_counts_when_it_is_earlier(client: Client) -> None:
    soon = now().replace(microsecond=0) + timedelta(hours=2)
    matter = matters.of_number(hand_over(client, due_by=soon.isoformat())["number"])
    assert matter
    assert matter.due_at
    assert soon - timedelta(minutes=1) <= matter.due_at <= soon
    late = hand_over(client, ref="2", due_by=(now() + timedelta(days=3000)).isoformat())
    own = hand_over(client, ref="3")
    assert late["due_at"][:16] == own["due_at"][:16]


@pytest.mark.req("X14")
def test_an_unknown_word_goes_to_the_fallback_and_a_dispatcher_is_told(
    client: Client, world: World, hotline: Connected
) -> None:
    said = hand_over(client, category="井盖设施类", area="不知道哪里")
    assert said["category"]["key"] == "other"
    assert said["place"]["key"] == "xinxialu.tonghua"
    words = record.timeline(said["number"])[-1].words or ""
    assert "「井盖设施类」没有对照" in words
    letters = outbox.inside(to=world.dispatcher.person_id or 0)
    assert any("「不知道哪里」" in letter.body for letter in letters)
    assert [row.theirs for row in matching.of_system(hotline.system)] == ["井盖设施类", "不知道哪里"]


@pytest.mark.req("X14")
def test_a_matched_word_is_followed_from_then_on(client: Client, world: World, hotline: Connected) -> None:
    pairs = [(Facet.CATEGORY, "井盖设施类", "manhole"), (Facet.ORDER, "加急", "urgent")]
    matching.settle(hotline.system, pairs, by=world.secretary, at=now())
    said = hand_over(client, category="井盖设施类", urgency="加急")
    assert (said["category"]["key"], said["order"]["key"]) == ("manhole", "urgent")
    assert record.acts(said["number"]) == ("open",)


@pytest.mark.parametrize("facet", list(Facet))
def test_our_own_titles_need_no_list(hotline: Connected, facet: Facet) -> None:
    edition = rulebook.current(PACK)
    options = matching.options(facet, system=hotline.system, edition=edition)
    key, _ = options[-1]
    matched = matching.match({facet: key}, system=hotline.system, edition=edition, at=now())
    assert matched.found == {facet: key}


@pytest.mark.req("X14")
def test_what_the_police_hand_over_is_never_public(world: World) -> None:
    police = doors.caller(doors.connect(world, name="110 指挥中心", way="110").key)
    number = hand_over(police)["number"]
    matter = matters.of_number(number)
    assert matter
    assert disclosure.of_matter(matter.pk) is None
    verdict = make.desk(matter, world.dispatcher, at=now()).ask("publish")
    assert not verdict
    assert "不能公开" in str(verdict.refusals[0])


@pytest.mark.req("X14")
def test_what_is_handed_over_as_secret_can_never_be_public(client: Client, world: World) -> None:
    number = hand_over(client, secret="保密")["number"]
    assert record.timeline(number)[-1].words == "对方要求保密，不公开。"
    matter = matters.of_number(number)
    assert matter
    verdict = make.desk(matter, world.dispatcher, at=now()).ask("publish")
    assert "要求保密，不能公开" in str(verdict.refusals[0])


@pytest.mark.req("X14")
def test_what_turns_out_to_be_secret_is_shown_no_more(client: Client, world: World) -> None:
    number = hand_over(client)["number"]
    matter = matters.of_number(number)
    assert matter
    make.act(matter, "publish", by=world.dispatcher, at=now(), title="井盖破损", words=WORDS)
    assert disclosure.around(matter.place_path).exists()
    for _ in range(2):
        assert hand_over(client, 200, secret="是")["is_public"] is False
    assert not disclosure.around(matter.place_path).exists()
    assert Client().get(f"/m/{number}/").status_code == 404
    assert record.acts(number) == ("open", "publish", "add_words")
    assert not make.desk(make.fresh(matter), world.dispatcher, at=now()).ask("publish")


def test_another_system_never_reads_the_words_of_a_secret_one(client: Client, world: World) -> None:
    number = hand_over(client, secret="保密", contact_phone="13812345678")["number"]
    other = doors.connect(world, name="综治中心", purpose="研判矛盾纠纷", way="system")
    seen = doors.caller(other.key).get(f"/api/v1/matters/{number}").json()
    assert (seen["title"], seen["words"], seen["contact_phone"]) == ("保密件", "", "")


@pytest.mark.req("X14")
def test_the_answer_goes_back_by_their_number(client: Client, world: World) -> None:
    number = hand_over(client)["number"]
    matter = matters.of_number(number)
    assert matter
    make.act(matter, "dispatch", by=world.dispatcher, at=now(), lead=world.enforcement)
    make.act(matter, "take_on", by=world.enforcer, at=now())
    make.act(matter, "finish", by=world.enforcer, at=now(), said=make.Said(make.ANSWER))
    seen = client.get(f"{SHEETS}/20261124-0007").json()
    assert (seen["state"], seen["answer"]) == ("answered", make.ANSWER)
    listed = client.get(SHEETS).json()
    assert [one["external_ref"] for one in listed["items"]] == ["20261124-0007"]


def test_a_number_with_slashes_is_found_again(client: Client) -> None:
    hand_over(client, ref="鄂B/2026/0007")
    assert client.get(f"{SHEETS}/鄂B/2026/0007").json()["external_ref"] == "鄂B/2026/0007"
    answer = doors.send(client, f"{SHEETS}/鄂B/2026/0007/recall", {"reason": "市民撤诉。"})
    assert answer.json()["state"] == "closed"


def test_another_system_sees_nothing_of_it(client: Client, world: World) -> None:
    hand_over(client)
    other = doors.caller(doors.connect(world, name="别的平台").key)
    assert other.get(f"{SHEETS}/20261124-0007").status_code == 404
    assert other.get(SHEETS).json()["items"] == []


def test_a_sheet_that_was_imported_before_is_joined_not_doubled(client: Client, world: World) -> None:
    known = make.report(world, channel="12345", external_ref="20261124-0007", words=WORDS)
    assert hand_over(client, 200)["number"] == known.number


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"ref": ""}, "ref"),
        ({"words": " "}, "words"),
        ({"words": "长" * 2001}, "words"),
        ({"due_by": "尽快"}, "due_by"),
        ({"colour": "red"}, "colour"),
        ({"ref": {"a": 1}}, "ref"),
    ],
)
def test_a_wrong_field_is_named(client: Client, changes: dict[str, Any], where: str) -> None:
    answer = doors.send(client, SHEETS, sheet(**changes))
    assert answer.status_code == 422
    said = answer.json()
    assert said["code"] in ("invalid", "refused")
    assert said["code"] == "refused" or [one["where"] for one in said["errors"]] == [where]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[" * 20_000, "application/json"),
        ('{"words": "井盖"}'.encode("gbk"), "application/json"),
        (b"ref=1&words=%BE%AE%B8%C7", "application/x-www-form-urlencoded"),
        (b"<sheet/>", "text/xml"),
    ],
    ids=["半截", "层层嵌套", "GBK", "GBK 表单", "XML"],
)
def test_a_body_that_cannot_be_read_is_a_problem_and_no_crash(client: Client, body: bytes, kind: str) -> None:
    answer = client.post(SHEETS, body, content_type=kind)
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_door_that_was_not_given_stays_closed(world: World) -> None:
    other = doors.caller(doors.connect(world, name="别的平台", hands_over=False).key)
    answer = doors.send(other, SHEETS, sheet())
    assert (answer.status_code, answer.json()["code"]) == (403, "not_given")
    assert other.put(SHEETS).json()["code"] == "wrong_method"


def test_words_are_matched_on_a_page(world: World, client: Client, hotline: Connected) -> None:
    hand_over(client, category="井盖设施类")
    page = doors.desk(world.secretary)
    address = f"/desk/systems/{hotline.system.pk}/matches/"
    assert "有 1 个说法还没有对照" in page.get(address).content.decode()
    row = matching.of_system(hotline.system)[0]
    assert page.post(address, {f"match{row.pk}": "nothing"}).status_code == 422
    assert page.post(address, {f"match{row.pk}": "manhole"}).status_code == 302
    assert matching.of_system(hotline.system)[0].ours == "manhole"
    page.post(address, {"facet": "order", "theirs": "特急"})
    assert "特急" in page.get(address).content.decode()
    assert doors.desk(world.grid_worker).get(address).status_code == 404


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_SHEETS = st.dictionaries(
    st.sampled_from(
        ["ref", "words", "title", "category", "area", "due_by", "secret", "kind", "工单编号", "x"]
    ),
    _JSON | st.just("20261124-0007") | st.just(WORDS),
    max_size=8,
)


@settings(
    max_examples=80, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(body=_SHEETS | _JSON, is_form=st.booleans())
def test_whatever_is_sent_is_answered_in_shape(client: Client, body: Any, is_form: bool) -> None:
    if is_form and isinstance(body, dict):
        fields = {key: str(value).encode("utf-8", "replace").decode() for key, value in body.items()}
        answer: Any = client.post(SHEETS, fields)
    else:
        answer = client.post(SHEETS, json.dumps(body), content_type="application/json")
    assert answer.status_code in (200, 201, 400, 422, 429), answer.content.decode()
    assert "number" in answer.json() or answer.json()["code"]


def test_a_body_that_is_too_large_is_turned_away_unread(client: Client) -> None:
    answer = client.post(SHEETS, b"x" * (1024 * 1024 + 1), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
