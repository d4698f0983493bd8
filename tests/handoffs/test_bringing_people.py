"""Bringing residents and places in, stopping, going on, and doing it again."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from django.db import DataError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from linli.core import id_number
from linli.frame.clock import now
from linli.handoffs.intake import asking, exporting, job, receiving, rejects, running
from linli.handoffs.intake.kinds import RESIDENTS
from linli.handoffs.intake.residents import OWN_NUMBER
from linli.handoffs.models import Intake
from linli.people import entering
from linli.people import queries as people
from linli.places import queries as places
from linli.record import queries as record
from tests.handoffs.tables import SYSTEM, figures, reasons, receive, table, take_in, write
from tests.world import TUESDAY, World, spots

HOME = "铜花社区 › 铜花一号小区 › 1栋"
TITLES = ("编号", "姓名", "性别", "出生年", "身份证号", "电话", "电子邮箱", "住址", "备注")
CARD = "11010519491231002X"
GOOD = ("R-1", "周美玉", "女", "1949", CARD, "138 0000 1111", "zhou@example.cn", HOME, "独居")
PLACE_TITLES = ("代号", "名称", "类型", "上级", "户数", "人口")


def bring(
    folder: Path, *rows: tuple[str, ...], titles: tuple[str, ...] = TITLES, name: str = "a.csv"
) -> Intake:
    return take_in(write(folder, *table(titles, *rows), name=name), kind="residents")


def bring_places(folder: Path, *rows: tuple[str, ...], is_dry: bool = False) -> Intake:
    return take_in(write(folder, *table(PLACE_TITLES, *rows)), kind="places", is_dry=is_dry)


def numbered(number: int, **facts: str) -> tuple[str, ...]:
    row = dict(zip(TITLES, GOOD, strict=True)) | {"编号": f"N-{number}", "身份证号": ""} | facts
    return tuple(row.values())


def small_batches(monkeypatch: pytest.MonkeyPatch, kind: str = "residents", *, size: int = 2) -> None:
    monkeypatch.setitem(running.KINDS, kind, replace(running.KINDS[kind], batch=size))


# ── Residents ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.req("A3", "C10")
def test_a_resident_comes_in_with_home_phone_and_number(world: World, tmp_path: Path) -> None:
    assert figures(bring(tmp_path, GOOD)) == (1, 0, 0, 0)
    person = people.of_key("xinxialu:R-1")
    assert person is not None
    assert (person.name, person.gender, person.born_in, person.about) == ("周美玉", "女", 1949, "独居")
    assert (person.phone, person.id_number, person.email) == ("13800001111", CARD, "zhou@example.cn")
    assert person.lives_at_id == world.home[-1].id
    assert people.of_id_number(CARD) == person


def test_numbers_lie_encrypted_in_the_database(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD)
    person = people.of_key("xinxialu:R-1")
    assert person is not None
    raw = type(person).objects.raw(
        "SELECT id, phone || '' AS told FROM people_person WHERE id = %s", [person.pk]
    )
    assert "13800001111" not in raw[0].told


@pytest.mark.req("A3")
def test_what_changed_is_written_and_what_is_not_said_stays(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD)
    again = bring(
        tmp_path, ("R-1", "周美玉", "13900002222", "铜都社区"), titles=("编号", "姓名", "电话", "住址")
    )
    assert figures(again) == (0, 1, 0, 0)
    person = people.of_key("xinxialu:R-1")
    assert person is not None
    assert (person.phone, person.about, person.id_number) == ("13900002222", "独居", CARD)
    assert person.lives_at is not None
    assert person.lives_at.name == "铜都社区"


def test_without_a_number_of_the_list_the_identity_number_tells_who_it_is(
    world: World, tmp_path: Path
) -> None:
    titles = ("姓名", "身份证号", "住址")
    first = bring(tmp_path, ("周美玉", CARD, HOME), titles=titles)
    second = bring(tmp_path, ("周美玉", CARD.lower(), HOME), titles=titles)
    assert (figures(first), figures(second)) == ((1, 0, 0, 0), (0, 0, 1, 0))
    person = people.of_id_number(CARD)
    assert person is not None
    assert person.born_in == 1949


BAD = (
    pytest.param({"姓名": ""}, "没有写姓名", id="没有姓名"),
    pytest.param({"姓名": "王" * 41}, "姓名超过 40 个字", id="过长的姓名"),
    pytest.param({"编号": "", "身份证号": ""}, "无法防止重复登记", id="没有编号"),
    pytest.param({"编号": "1.2e+17"}, "后几位已经丢了", id="编号成了科学记数"),
    pytest.param({"编号": f"{OWN_NUMBER}999999"}, "没有这个编号的人", id="没有的人"),
    pytest.param({"性别": "？"}, "性别「？」不认识", id="不认识的性别"),
    pytest.param({"出生年": "1899"}, "出生年「1899」不对", id="出生太早"),
    pytest.param({"出生年": "2027"}, "出生年「2027」不对", id="还没有出生"),
    pytest.param({"出生年": "前年"}, "出生年「前年」看不懂", id="看不懂的出生年"),
    pytest.param({"身份证号": CARD[:-1] + "1"}, "身份证号不对", id="校验码不对"),
    pytest.param({"身份证号": "4.2011219900101e+17"}, "身份证号被表格软件当成数字", id="身份证号成了数字"),
    pytest.param({"电话": "139"}, "电话不对", id="电话太短"),
    pytest.param({"电话": "1.39e+10"}, "电话被表格软件当成数字", id="电话成了数字"),
    pytest.param({"电子邮箱": "周美玉"}, "电子邮箱不对", id="不是邮箱"),
    pytest.param({"住址": "月亮社区"}, "没有「月亮社区」这个地点", id="不认识的住址"),
    pytest.param({"住址": ""}, "没有写住址", id="没有住址"),
    pytest.param({"备注": "长" * 201}, "备注超过 200 字", id="过长的备注"),
)


@pytest.mark.parametrize(("said", "reason"), BAD)
def test_a_resident_who_cannot_come_in_is_sent_back_with_the_reason(
    world: World, tmp_path: Path, said: dict[str, str], reason: str
) -> None:
    row = dict(zip(TITLES, GOOD, strict=True)) | said
    intake = bring(tmp_path, tuple(row.values()), numbered(1))
    assert figures(intake) == (1, 0, 0, 1)
    assert reason in reasons(intake)[0]
    assert all(secret not in reasons(intake)[0] for secret in (CARD[:-1], "13800001111"))


def test_nobody_outside_the_range_is_touched(world: World, tmp_path: Path) -> None:
    bring(tmp_path, numbered(1, 住址="铜都社区"))
    here = spots("tonghua")[-1]
    path = write(tmp_path, *table(TITLES, numbered(1), numbered(2, 住址="铜都社区")))
    intake = take_in(path, kind="residents", place=here)
    assert figures(intake) == (0, 0, 0, 2)
    assert "登记在导入的范围以外" in reasons(intake)[0]
    assert "不在导入的范围里" in reasons(intake)[1]


def test_an_identity_number_belongs_to_one_person(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD)
    intake = bring(tmp_path, numbered(2, 身份证号=CARD), numbered(3), numbered(3))
    assert intake.new == 1
    assert "登记在另一个编号下" in reasons(intake)[0]
    assert "和第 3 行重复" in reasons(intake)[1]


@pytest.mark.req("A3")
def test_ten_thousand_rows_with_one_bad_date(world: World, tmp_path: Path) -> None:
    titles = ("编号", "姓名", "出生年", "住址")
    rows = [(f"T-{n}", "王芳", "1990-02-30" if n == 7777 else "1990-02-28", HOME) for n in range(10_000)]
    intake = bring(tmp_path, *rows, titles=titles)
    assert figures(intake) == (9_999, 0, 0, 1)
    assert [(line, reason[:11]) for line, reason, _ in asking.bad_rows(intake)] == [(7779, "出生年「1990-02")]


@pytest.mark.req("A3")
def test_what_is_exported_comes_back_with_nothing_new(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD, numbered(1))
    path = tmp_path / "residents.xlsx"
    path.write_bytes(exporting.residents(spots("xialu")[-1]))
    assert "13800001111" not in str(list(load_workbook(path).active.values))
    again = take_in(path, kind="residents")
    assert (again.new, again.changed, again.bad) == (0, 0, 0)
    assert again.known >= 4  # the cast of the community as well


# ── Places ────────────────────────────────────────────────────────────────────────────────────────

BUILDINGS = (
    ("tonghua_e1_b7", "7栋", "楼栋", "铜花社区 › 铜花一号小区", "60", "150"),
    ("tonghua_e1_b7_1", "1单元", "单元", "铜花一号小区 › 7栋", "30", "70"),
    ("", "2单元", "单元", "铜花一号小区 › 7栋", "30", ""),
)


@pytest.mark.req("A3")
def test_places_come_in_below_what_earlier_rows_named(world: World, tmp_path: Path) -> None:
    assert figures(bring_places(tmp_path, *BUILDINGS)) == (3, 0, 0, 0)
    building = spots("tonghua_e1_b7")
    assert [spot.name for spot in building[-2:]] == ["铜花一号小区", "7栋"]
    assert [one.name for one in places.with_children(building[-1].path)] == ["7栋", "1单元", "2单元"]
    assert figures(bring_places(tmp_path, *BUILDINGS)) == (0, 0, 3, 0)


def test_a_trial_of_places_sees_the_ones_it_would_make(world: World, tmp_path: Path) -> None:
    assert figures(bring_places(tmp_path, *BUILDINGS, is_dry=True)) == (3, 0, 0, 0)
    assert places.of_key("xinxialu.tonghua_e1_b7") is None


def test_a_place_keeps_its_path_when_its_figures_change(world: World, tmp_path: Path) -> None:
    bring_places(tmp_path, *BUILDINGS)
    before = spots("tonghua_e1_b7")
    row = ("tonghua_e1_b7", "7栋", "楼栋", "铜花一号小区", "61", "")
    assert figures(bring_places(tmp_path, row)) == (0, 1, 0, 0)
    place = places.of_key("xinxialu.tonghua_e1_b7")
    assert place is not None
    assert (place.path, place.households, place.people) == (before[-1].path, 61, 150)


BAD_PLACES = (
    pytest.param(("x", "", "楼栋", "铜花一号小区", "", ""), "没有写名称", id="没有名称"),
    pytest.param(("x", "7栋", "大楼", "铜花一号小区", "", ""), "类型「大楼」不认识", id="不认识的类型"),
    pytest.param(("x", "7栋", "楼栋", "", "", ""), "没有写上级", id="没有上级"),
    pytest.param(("x", "7栋", "楼栋", "月亮小区", "", ""), "没有「月亮小区」这个地点", id="不认识的上级"),
    pytest.param(
        ("x", "七号小区", "小区", "铜花一号小区 › 1栋", "", ""), "不能放在楼栋下面", id="大的放在小的下面"
    ),
    pytest.param(("x", "7栋", "楼栋", "铜花一号小区", "几户", ""), "数目「几户」看不懂", id="不是数目"),
    pytest.param(("x/y", "7栋", "楼栋", "铜花一号小区", "", ""), "代号「x/y」不能用", id="不能用的代号"),
    pytest.param(("tonghua_e1_b1", "1栋", "楼栋", "桂香苑", "", ""), "不能靠导入搬家", id="换了上级"),
)


@pytest.mark.parametrize(("row", "reason"), BAD_PLACES)
def test_a_place_that_cannot_come_in_is_sent_back_with_the_reason(
    world: World, tmp_path: Path, row: tuple[str, ...], reason: str
) -> None:
    intake = bring_places(tmp_path, row)
    assert figures(intake) == (0, 0, 0, 1)
    assert reason in reasons(intake)[0]


def test_exported_places_come_back_with_nothing_new(world: World, tmp_path: Path) -> None:
    path = tmp_path / "places.xlsx"
    path.write_bytes(exporting.spots(spots("xialu")[-1]))
    again = take_in(path, kind="places")
    assert (again.new, again.changed, again.bad) == (0, 0, 0)
    assert again.known == len(places.within(spots("xialu")[-1].path)) - 1


# ── Stopped, killed, overtaken ────────────────────────────────────────────────────────────────────


class Killed(BaseException):
    """The worker is gone in the middle of a batch."""


@pytest.mark.req("A3")
def test_a_worker_that_is_killed_in_a_batch_loses_and_doubles_nothing(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_batches(monkeypatch)
    path = write(tmp_path, *table(TITLES, *map(numbered, range(7)), numbered(7, 姓名="")))
    intake, enter, calls = receive(path, kind="residents"), entering.enter, count(1)

    def enter_twice_and_die(*told: object, **more: object) -> object:
        found = enter(*told, **more)  # type: ignore[arg-type]
        if next(calls) == 3:
            raise Killed
        return found

    running.start(intake, at=TUESDAY)
    with monkeypatch.context() as patch:
        patch.setattr(entering, "enter", enter_twice_and_die)
        with pytest.raises(Killed):
            running.run(intake, go=lambda _: True)
    left = asking.of_id(intake.pk)
    assert left is not None
    assert (left.step, left.done) == ("running", 4)
    running.run(left, go=lambda _: True)
    assert (left.step, figures(left)) == ("done", (7, 0, 0, 1))
    assert sum(people.of_key(f"xinxialu:N-{n}") is not None for n in range(8)) == 7


def test_two_workers_on_one_import_do_each_batch_once(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_batches(monkeypatch)
    intake = receive(write(tmp_path, *table(TITLES, *map(numbered, range(6)))), kind="residents")
    running.start(intake, at=TUESDAY)
    other = asking.of_id(intake.pk)
    assert other is not None
    running.run(intake, go=lambda one: one.done < 2)
    running.run(other, go=lambda _: True)
    assert other.done == 0
    running.run(intake, go=lambda _: True)
    assert figures(intake) == (6, 0, 0, 0)


def test_an_import_stops_when_asked_and_goes_on(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_batches(monkeypatch)
    rows = (*map(numbered, range(6)), numbered(0))
    intake = receive(write(tmp_path, *table(TITLES, *rows)), kind="residents")
    running.start(intake, at=TUESDAY)

    def ask_to_stop(one: Intake) -> bool:
        if one.done == 4 and not one.wants_stop:
            running.stop(one)
        return True

    running.run(intake, go=ask_to_stop)
    assert (intake.step, intake.done) == ("stopped", 6)
    running.go_on(intake)
    running.run(intake, go=lambda _: True)
    assert (intake.step, figures(intake)) == ("done", (6, 0, 0, 1))
    assert "和第 2 行重复" in reasons(intake)[0]


def test_a_row_that_the_database_refuses_is_sent_back_alone(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter = entering.enter

    def refuse_one(residents: list[entering.Resident], *, within: str) -> object:
        if any(one.name == "王坏" for one in residents):
            raise DataError
        return enter(residents, within=within)

    monkeypatch.setattr(entering, "enter", refuse_one)
    intake = bring(tmp_path, numbered(1), numbered(2, 姓名="王坏"), numbered(3))
    assert figures(intake) == (2, 0, 0, 1)
    assert "数据库不接受这一行" in reasons(intake)[0]


def test_an_error_nobody_foresaw_stops_the_import_and_says_so(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    intake = receive(write(tmp_path, *table(TITLES, GOOD)), kind="residents")
    running.start(intake, at=TUESDAY)
    with monkeypatch.context() as patch:
        patch.setattr(entering, "enter", fail)
        running.run(intake, go=lambda _: True)
    assert intake.step == "stopped"
    assert "没有料到的错" in intake.trouble
    running.go_on(intake)
    running.run(intake, go=lambda _: True)
    assert (intake.step, intake.trouble, intake.new) == ("done", "", 1)


def test_one_import_runs_at_a_place_and_the_next_waits(world: World, tmp_path: Path) -> None:
    first = receive(write(tmp_path, *table(TITLES, numbered(1))), kind="residents")
    inside = spots("tonghua")[-1]
    second = receive(
        write(tmp_path, *table(TITLES, numbered(2)), name="b.csv"), kind="residents", place=inside
    )
    for one in (first, second):
        running.start(one, at=TUESDAY)
    waits_for = asking.waits_for(second)
    assert waits_for is not None
    assert waits_for.pk == first.pk
    job.carry_on()
    done = [asking.of_id(one.pk) for one in (first, second)]
    assert [one.step for one in done if one] == ["done", "done"]


@pytest.mark.req("A2")
def test_an_import_has_a_chain_of_its_own_on_record(world: World, tmp_path: Path) -> None:
    intake = bring(tmp_path, GOOD)
    begun, ended = record.timeline(running.chain_of(intake.pk))
    assert (begun.act, ended.act) == ("start_intake", "finish_intake")
    assert ("文件摘要", intake.digest) in [tuple(one) for one in ended.figures]


# ── The same file again ───────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    ("", "1", "2", "3", "人-1", "王芳", "周美玉", "男", "女", "1949", CARD, "13800001111", HOME)
)
ROWS = st.lists(st.tuples(*[WORDS] * len(TITLES)), min_size=1, max_size=12)
_turn = count()


@pytest.mark.req("A3")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_a_file_holds_the_second_time_adds_nothing(
    world: World, tmp_path: Path, rows: list[tuple[str, ...]]
) -> None:
    path = write(tmp_path, *table(TITLES, *rows), name=f"{next(_turn)}.csv")
    first = take_in(path, kind="residents")
    everybody = list(people.everybody().values_list("pk", "key", "name", "phone", "lives_at"))
    second = take_in(path, kind="residents")
    assert (second.new, second.changed, second.bad) == (0, 0, first.bad)
    assert second.known == first.new + first.changed + first.known
    assert list(people.everybody().values_list("pk", "key", "name", "phone", "lives_at")) == everybody


@pytest.mark.req("A3")
def test_a_mapping_that_was_kept_is_taken_again_by_itself(world: World, tmp_path: Path) -> None:
    titles = ("甲", "乙", "丙")
    path = write(tmp_path, *table(titles, ("1", "王芳", HOME)))
    intake = receiving.receive(
        path, name="a.csv", kind="residents", place=spots("xialu")[-1], by=SYSTEM, at=TUESDAY
    )
    picked = {"ref": "甲", "name": "乙", "place": "丙"}
    told = receiving.MODELS["residents"](**{fact: {"from": title} for fact, title in picked.items()})
    receiving.match(intake, told, keep_as="三列", at=TUESDAY)
    assert figures(take_in(path, kind="residents", place=spots("tonghua")[-1])) == (1, 0, 0, 0)


def test_the_rows_sent_back_are_text_with_a_reason_beside_each(world: World, tmp_path: Path) -> None:
    intake = bring(tmp_path, numbered(1, 姓名="", 备注="=HYPERLINK(1)"))
    book = load_workbook(BytesIO(rejects.workbook(intake)))
    *_, titles, row = book.active.iter_rows()
    told = {title.value: cell for title, cell in zip(titles, row, strict=True)}
    assert told["备注"].value == "=HYPERLINK(1)"
    assert (told["备注"].data_type, told["行号"].value) == ("s", "2")
    assert "没有写姓名" in told["原因"].value


@pytest.mark.req("A3")
def test_what_is_kept_of_rows_that_were_sent_back_is_deleted_in_time(world: World, tmp_path: Path) -> None:
    bad = numbered(1, 性别="周家小院")
    kept, old = (bring(tmp_path, bad, name=name) for name in ("kept.csv", "old.csv"))
    Intake.objects.filter(pk=kept.pk).update(sent_at=now())
    Intake.objects.filter(pk=old.pk).update(sent_at=now() - timedelta(days=31))
    job.clear()
    assert [receiving.rows_of(one).exists() for one in (kept, old)] == [True, False]
    assert [len(asking.reasons(one)) for one in (kept, old)] == [1, 0]


def test_a_file_of_which_every_row_went_in_is_not_kept(world: World, tmp_path: Path) -> None:
    assert not receiving.rows_of(bring(tmp_path, GOOD)).exists()


def test_the_identity_number_of_these_tests_is_one() -> None:
    assert id_number.is_valid(CARD)
    assert {fact.title for fact in RESIDENTS.facts} == set(TITLES)
