"""Bringing a table in through its pages."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from linli.handoffs.intake import job, running
from linli.handoffs.models import Intake
from linli.people import queries as people
from tests.console.desks import browser, text
from tests.world import World, spots

BRINGING = "/desk/bringing/"
HEAD = "人员编号,居民姓名,楼栋,手机号\n"
GOOD, BAD = "1,王芳,铜花一号小区 › 1栋,13800001111\n", "2,,铜花一号小区 › 1栋,\n"


@pytest.fixture(autouse=True)
def files_lie_apart(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def send(
    client: Client, words: str = HEAD + GOOD + BAD, *, kind: str = "residents", name: str = "名单.csv"
) -> int:
    """Send a file from the community's desk, and return the number of the import."""
    file = SimpleUploadedFile(name, words.encode(), content_type="text/csv")
    place = spots("tonghua")[-1].id
    answer = client.post(f"{BRINGING}send/", {"kind": kind, "place": place, "file": file})
    assert answer.status_code == 302, text(answer)
    return int(answer["Location"].strip("/").rsplit("/", 1)[-1])


def columns(**picked: str) -> dict[str, str]:
    facts = {"ref": "人员编号", "name": "居民姓名", "place": "楼栋", "phone": "手机号"} | picked
    return {f"from_{fact}": title for fact, title in facts.items()}


def load(number: int) -> Intake:
    return Intake.objects.get(pk=number)


def act(client: Client, number: int, wanted: str) -> int:
    return client.post(f"{BRINGING}{number}/act/", {"act": wanted}).status_code


@pytest.mark.req("A3", "C10")
def test_a_table_is_sent_matched_tried_and_taken_in(world: World) -> None:
    client = browser(world.dispatcher)
    number = send(client)
    page = text(client.get(f"{BRINGING}{number}/"))
    assert '<option value="居民姓名" selected>' in page
    assert "例如：王芳" in page
    client.post(f"{BRINGING}{number}/match/", columns())
    assert "正在试读" in text(client.get(f"{BRINGING}{number}/"))
    job.carry_on()
    page = text(client.get(f"{BRINGING}{number}/"))
    assert "录入 1 行" in page
    assert "138******11" in page
    assert "13800001111" not in page
    assert "没有写姓名" in page
    assert people.of_key("xinxialu:1") is None
    act(client, number, "start")
    job.carry_on()
    assert load(number).step == "done"
    person = people.of_key("xinxialu:1")
    assert person is not None
    page = text(client.get(f"{BRINGING}{number}/"))
    assert "导入完成" in page
    assert "铜花社区 调度员" in page


def test_the_bad_rows_come_back_as_a_spreadsheet(world: World) -> None:
    client = browser(world.dispatcher)
    number = send(client)
    client.post(f"{BRINGING}{number}/match/", columns())
    job.carry_on()
    answer = client.get(f"{BRINGING}{number}/bad/")
    *_, titles, row = load_workbook(BytesIO(b"".join(answer))).active.values
    told = dict(zip(titles, row, strict=True))
    assert (told["人员编号"], told["行号"]) == ("2", "3")
    assert "没有写姓名" in told["原因"]


def test_a_file_that_cannot_be_read_is_refused_beside_its_field(world: World) -> None:
    client = browser(world.dispatcher)
    file = SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 torn")
    place = spots("tonghua")[-1].id
    answer = client.post(f"{BRINGING}send/", {"kind": "residents", "place": place, "file": file})
    assert answer.status_code == 422
    assert "「名单.xlsx」打不开" in text(answer)
    assert not Intake.objects.exists()


def test_without_a_column_for_what_is_needed_nothing_is_tried(world: World) -> None:
    client = browser(world.dispatcher)
    number = send(client)
    answer = client.post(f"{BRINGING}{number}/match/", columns(name=""))
    assert answer.status_code == 422
    assert "「姓名」还没有对应的列" in text(answer)
    assert load(number).step == "matching"


def test_other_words_and_empty_cells_are_told_on_the_page(world: World) -> None:
    client = browser(world.dispatcher)
    number = send(client, "人员编号,居民姓名,性别,楼栋,手机号\n1,王芳,F,,\n")
    told = columns(gender="性别") | {"values_gender": "F = 女", "otherwise_place": "铜花社区"}
    client.post(f"{BRINGING}{number}/match/", told | {"keep_as": "花名册"})
    job.carry_on()
    running.start(load(number), at=running.now())
    job.carry_on()
    person = people.of_key("xinxialu:1")
    assert person is not None
    assert person.gender == "女"
    again = send(client, "人员编号,居民姓名,性别,楼栋,手机号\n2,李芳,F,,\n")
    assert "F = 女" in text(client.get(f"{BRINGING}{again}/"))


def test_the_titles_are_read_from_the_row_a_person_names(world: World) -> None:
    client = browser(world.dispatcher)
    number = send(client, "甲,乙,丙\n" + HEAD + GOOD)
    client.post(f"{BRINGING}{number}/header/", {"line": "1"})
    assert load(number).header == ["甲", "乙", "丙"]
    assert client.post(f"{BRINGING}{number}/header/", {"line": "第二行"}).status_code == 422


@pytest.mark.parametrize("wanted", ["go_on", "stop"])
def test_an_act_that_does_not_fit_is_refused(world: World, wanted: str) -> None:
    client = browser(world.dispatcher)
    assert act(client, send(client), wanted) == 422


def test_what_is_given_up_leaves_no_file(world: World, tmp_path: Path) -> None:
    client = browser(world.dispatcher)
    number = send(client)
    act(client, number, "drop")
    assert load(number).step == "dropped"
    assert list((tmp_path / "intake").iterdir()) == []
    assert client.get(f"{BRINGING}{number}/").status_code == 200


def test_a_file_that_came_before_is_known_again(world: World) -> None:
    client = browser(world.dispatcher)
    first = send(client)
    running.start(load(first), at=running.now())
    job.carry_on()
    assert "录过" in text(client.get(f"{BRINGING}{send(client)}/"))


def test_the_progress_is_a_part_that_asks_again_until_the_end(world: World) -> None:
    client = browser(world.dispatcher)
    number = send(client)
    client.post(f"{BRINGING}{number}/match/", columns())
    answer = client.get(f"{BRINGING}{number}/progress/", headers={"HX-Request": "true"})
    assert "every 2s" in text(answer)
    assert "HX-Refresh" not in answer.headers
    job.carry_on()
    assert client.get(f"{BRINGING}{number}/progress/").headers["HX-Refresh"] == "true"


SHUT = ("resident", "grid_worker", "enforcer", "other_dispatcher")


@pytest.mark.parametrize("part", SHUT)
def test_who_does_not_keep_the_place_finds_nothing(world: World, part: str) -> None:
    number = send(browser(world.dispatcher))
    client = browser(world.cast[part])
    path = spots("tonghua")[-1].path
    assert client.get(f"{BRINGING}{number}/").status_code == 404
    assert client.get(f"{BRINGING}{number}/bad/").status_code == 404
    assert act(client, number, "start") == 404
    assert client.get(f"{BRINGING}export/residents/?within={path}").status_code == 404


def test_whoever_keeps_the_street_sees_what_a_community_brought_in(world: World) -> None:
    number = send(browser(world.dispatcher))
    assert "名单.csv" in text(browser(world.street_dispatcher).get(BRINGING))
    assert browser(world.street_dispatcher).get(f"{BRINGING}{number}/").status_code == 200


@pytest.mark.req("A3")
@pytest.mark.parametrize("key", ["residents", "places"])
def test_lists_are_handed_over_as_spreadsheets(world: World, key: str) -> None:
    path = spots("tonghua")[-1].path
    answer = browser(world.dispatcher).get(f"{BRINGING}export/{key}/?within={path}")
    titles = list(load_workbook(BytesIO(answer.content)).active.values)[2]
    assert titles[1] in {"姓名", "名称"}


def test_an_empty_history_says_what_to_do(world: World) -> None:
    assert "还没有导入过" in text(browser(world.dispatcher).get(BRINGING))


def test_the_pages_cost_the_same_however_much_came_in(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(world.dispatcher)
    numbers = [send(client) for _ in range(4)]
    for path, most in (
        (BRINGING, 12),
        (f"{BRINGING}{numbers[0]}/", 14),
        (f"{BRINGING}{numbers[0]}/progress/", 7),
    ):
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)
