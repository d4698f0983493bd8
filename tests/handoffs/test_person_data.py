"""A person is handed what is kept of them, has it put right, and has it erased as far as the law allows."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from linli.cases import queries as cases
from linli.cases.actions import attaching
from linli.core.verdict import Refused
from linli.frame.upload import Photo
from linli.handoffs import person_claims, person_data
from linli.matters import followers
from linli.matters import queries as matters
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.matters.models import Matter
from linli.outbox import queries as letterbox
from linli.people import queries as register
from linli.people.actions import FORGOTTEN
from linli.people.models import Person
from linli.privacy import actions as privacy
from linli.privacy import queries as asked
from linli.privacy.actions import Subject
from linli.privacy.kinds import Item, Ruling, Wish
from linli.record import queries as record
from tests import make
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
NAME, PHONE, WORDS = "周美兰", "13800001234", "我是周美兰，住3栋，电话13800001234，楼道灯坏了。"
LATER = TUESDAY + timedelta(days=9)
LEAP_DAY = TUESDAY.replace(year=2024, month=2, day=29, hour=9, minute=0)


@pytest.fixture
def resident(world: World) -> Person:
    person = register.of_id(world.resident.person_id or 0)
    assert person is not None
    person.phone, person.email = PHONE, "zhou@example.cn"
    person.save()
    make.account(world.resident)
    return person


def raised(world: World, *, closed: bool) -> Matter:
    told = {"words": WORDS, "contact_name": NAME, "contact_phone": PHONE}
    matter = make.closed(world, at=TUESDAY, **told) if closed else make.report(world, at=TUESDAY, **told)
    return matters.of_number(matter.number)


def claim(
    person: Person | None, *, wish: Wish = Wish.ERASE, matter: Matter | None = None, **more: str
) -> int:
    where = Subject(
        spots("tonghua")[-1].path,
        person=person.pk if person else None,
        matter=matter.pk if matter else None,
        number=matter.number if matter else "",
    )
    return privacy.ask(where, wish=wish, words=more.pop("words", "请办理"), at=LATER, **more).pk


def everything() -> str:
    """Read every table, as whoever steals the file would."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(repr(cursor.fetchall()))
    return "\n".join(found)


# ── Handing over ──────────────────────────────────────────────────────────────────────────────────
def test_a_person_is_handed_what_every_room_keeps_of_them(world: World, resident: Person) -> None:
    matter = raised(world, closed=True)
    privacy.agree(resident.pk, purpose="remind", at=TUESDAY)
    where = Subject(matter.place_path, resident.pk, matter.pk, matter.number)
    privacy.look(
        where, item=Item.CONTACT, reason="visit", words="",
        by=world.dispatcher, office="铜花社区 调度员", at=TUESDAY,
    )  # fmt: skip
    found = {one.title: [dict(rows) for rows in one.entries] for one in person_data.of_person(resident)}
    assert found["本人"][0]["电话"] == PHONE
    assert found["反映过的事"][0]["内容"] == WORDS
    assert found["寄给您的信"]
    assert found["同意过的事"][0]["目的"] == "请您参加调查和活动"
    assert found["谁看过"] == [
        {"时间": found["谁看过"][0]["时间"], "查看人": "铜花社区 调度员", "内容": "称呼和电话",
         "事由": "约上门时间", "事项": matter.number}
    ]  # fmt: skip


def test_the_file_holds_a_page_and_the_same_for_machines(world: World, resident: Person) -> None:
    raised(world, closed=False)
    chapters = person_data.of_person(resident)
    packed = person_data.hand_over(chapters, chain="consent-1", pictures=(), by=resident.pk, at=LATER)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        page, plain = (file.read(name).decode() for name in ("个人信息.html", "个人信息.json"))
    assert PHONE in page
    assert json.loads(plain)["本人"][0]["电话"] == PHONE
    assert [line.title for line in record.timeline("consent-1")] == ["导出个人信息"]


def test_what_happened_on_a_leap_day_is_handed_over_with_its_year(world: World, resident: Person) -> None:
    make.report(world, at=LEAP_DAY, words=WORDS)
    told = {one.title: [dict(rows) for rows in one.entries] for one in person_data.of_person(resident)}
    assert told["反映过的事"][0]["提出时间"] == "2024年2月29日 周四 09:00"


def test_what_is_too_long_to_hand_over_whole_says_so(
    world: World, resident: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_data, "_MOST", 2)
    for _ in range(2):
        make.report(world, at=TUESDAY, words=WORDS)
    titles = [one.title for one in person_data.of_person(resident)]
    assert "反映过的事（最新 2 条）" in titles
    assert "我也遇到的事" in titles


def test_photos_come_along(world: World, resident: Person) -> None:
    matter = raised(world, closed=False)
    attaching.attach(matter, photos=[Photo(b"big", b"small", 1, 1)], act="report", at=TUESDAY)
    packed = person_data.bundle((), pictures=person_data.pictures_of([matter]), at=LATER)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        (name,) = [name for name in file.namelist() if name.startswith("照片/")]
        assert file.read(name) == b"big"


# ── Putting right ─────────────────────────────────────────────────────────────────────────────────
def test_a_granted_correction_changes_the_telephone_and_the_person_is_told(
    world: World, resident: Person
) -> None:
    number = claim(resident, wish=Wish.CORRECT, new_phone="13911112222")
    person_claims.answer(number, ruling=Ruling.GRANTED, words="已改。", by=world.dispatcher, at=LATER)
    assert [one.pk for one in register.of_phone("13911112222")] == [resident.pk]
    assert register.of_phone(PHONE) == []
    assert letterbox.inside(to=resident.pk)[0].subject == "您的更正申请：已照办"
    assert asked.claim(number).new_phone == ""


def test_a_refused_correction_changes_nothing_and_gives_the_reason(world: World, resident: Person) -> None:
    number = claim(resident, wish=Wish.CORRECT, new_phone="13911112222")
    person_claims.answer(number, ruling=Ruling.REFUSED, words="核实不到。", by=world.dispatcher, at=LATER)
    assert [one.pk for one in register.of_phone(PHONE)] == [resident.pk]
    assert letterbox.inside(to=resident.pk)[0].body == "核实不到。"


def test_a_contact_left_without_an_account_is_put_right(world: World) -> None:
    matter = raised(world, closed=False)
    number = claim(None, wish=Wish.CORRECT, matter=matter, new_name="周兰")
    person_claims.answer(number, ruling=Ruling.GRANTED, words="已改。", by=world.dispatcher, at=LATER)
    case = cases.of_matter(matter.pk)
    assert (case.contact_name, case.contact_phone) == ("周兰", PHONE)


@pytest.mark.parametrize("part", ["grid_worker", "enforcer", "resident"])
def test_only_those_who_lead_the_place_answer(world: World, resident: Person, part: str) -> None:
    number = claim(resident)
    with pytest.raises(Refused, match="不在您管的范围"):
        person_claims.answer(number, ruling=Ruling.GRANTED, words="好", by=world.cast[part], at=LATER)


# ── Erasing ───────────────────────────────────────────────────────────────────────────────────────
def test_after_an_erasure_no_table_holds_name_number_or_words(world: World, resident: Person) -> None:
    matter = raised(world, closed=True)
    number = claim(resident, words="请删掉，我是周美兰")
    result = person_claims.answer(
        number, ruling=Ruling.GRANTED, words="已办。", by=world.dispatcher, at=LATER
    )
    left = everything()
    for value in (NAME, PHONE, "zhou@example.cn", "我是周美兰"):
        assert value not in left
    assert "称呼、电话、原话和照片" in result.words
    person = Person.objects.get(pk=resident.pk)
    assert (person.name, person.phone, person.email) == (FORGOTTEN, "", "")
    assert not person.account.is_active
    assert matters.of_number(matter.number).raised_by is None


def test_the_chain_stays_whole_and_says_that_words_were_erased(world: World, resident: Person) -> None:
    matter = raised(world, closed=True)
    before = record.timeline(matter.number)
    person_claims.answer(
        claim(resident), ruling=Ruling.GRANTED, words="已办。", by=world.dispatcher, at=LATER
    )
    after = record.timeline(matter.number)
    assert after[0].words is None
    assert [line.digest for line in after[: len(before)]] == [line.digest for line in before]
    assert after[-1].title == "删除文字"
    assert "个人信息保护法" in after[-1].clause_words


def test_the_case_stays_found_by_what_it_is_about_only(world: World, resident: Person) -> None:
    matter = raised(world, closed=True)
    person_claims.answer(
        claim(resident), ruling=Ruling.GRANTED, words="已办。", by=world.dispatcher, at=LATER
    )
    case = cases.of_matter(matter.pk)
    assert "楼道灯坏了" in case.words
    assert "13800001234" not in case.tokens
    assert cases.of_phone(PHONE) == []


def test_the_photos_go_with_the_words(
    world: World, resident: Person, django_capture_on_commit_callbacks
) -> None:
    matter = raised(world, closed=True)
    attaching.attach(matter, photos=[Photo(b"big", b"small", 1, 1)], act="report", at=TUESDAY)
    attaching.attach(matter, photos=[Photo(b"done", b"done", 1, 1)], act="finish", at=TUESDAY)
    names = [(one.file, one.act) for one in matters.attachments(matter)]
    with django_capture_on_commit_callbacks(execute=True):
        person_claims.answer(
            claim(resident), ruling=Ruling.GRANTED, words="已办。", by=world.dispatcher, at=LATER
        )
    assert {act: default_storage.exists(name) for name, act in names} == {"report": False, "finish": True}
    assert [one.act for one in matters.attachments(matter)] == ["finish"]


def test_what_is_still_worked_on_is_kept_and_said_so(world: World, resident: Person) -> None:
    matter = raised(world, closed=False)
    number = claim(resident)
    (first, *_) = person_claims.must_stay(asked.claim(number))
    assert f"{matter.number} 还没有办结" in first
    result = person_claims.answer(
        number, ruling=Ruling.PARTLY, words="办结后再删。", by=world.dispatcher, at=LATER
    )
    assert f"保留：{matter.number} 还没有办结" in result.words
    assert cases.of_matter(matter.pk).contact_phone == PHONE


def test_whoever_held_office_keeps_their_name_there(world: World) -> None:
    worker = register.of_id(world.cast["grid_worker"].person_id or 0)
    result = person_claims.answer(
        claim(worker), ruling=Ruling.PARTLY, words="部分照办。", by=world.dispatcher, at=LATER
    )
    kept = Person.objects.get(pk=worker.pk)
    assert (kept.name, kept.phone) == (worker.name, "")
    assert "任过的职务" in result.words


def test_a_refused_erasure_erases_nothing(world: World, resident: Person) -> None:
    matter = raised(world, closed=True)
    person_claims.answer(
        claim(resident), ruling=Ruling.REFUSED, words="理由。", by=world.dispatcher, at=LATER
    )
    assert cases.of_matter(matter.pk).contact_phone == PHONE
    assert Person.objects.get(pk=resident.pk).name == NAME


# ── Joining ───────────────────────────────────────────────────────────────────────────────────────
def joined(world: World, person: Person) -> Matter:
    matter = make.report(world, at=TUESDAY, by=world.neighbour, is_public=True)
    voice = Voice(person.pk, NAME, PHONE, "我家也是", is_open=True)
    following.join(matter.number, voice, by=world.resident, at=TUESDAY)
    return matter


def test_what_a_person_joined_is_handed_over_too(world: World, resident: Person) -> None:
    matter = joined(world, resident)
    found = {one.title: [dict(rows) for rows in one.entries] for one in person_data.of_person(resident)}
    assert (found["我也遇到的事"][0]["编号"], found["我也遇到的事"][0]["补充"]) == (matter.number, "我家也是")


def test_of_what_a_person_joined_the_voice_stays_and_the_name_goes(world: World, resident: Person) -> None:
    matter = joined(world, resident)
    person_claims.answer(
        claim(resident), ruling=Ruling.GRANTED, words="已办。", by=world.dispatcher, at=LATER
    )
    (one,) = followers.standing(matters.of_number(matter.number))
    assert (one.person_id, one.name, one.phone, one.words, one.is_open) == (None, "", "", "", False)
    assert matters.of_number(matter.number).joined == 1
