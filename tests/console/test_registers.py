"""The registers through the pages: filters, tabs, printing and the spreadsheet an office expects."""

import re
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from linli.console import registers as pages
from linli.insight import registers
from tests import make
from tests.insight.days import FRIDAY, fill
from tests.world import World, spots


@pytest.fixture
def busy(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    fill(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: FRIDAY)
    return world


@pytest.fixture
def street(busy: World) -> Client:
    client = Client()
    client.force_login(make.account(busy.street_dispatcher))
    return client


def numbers(page: str) -> list[str]:
    return re.findall(r'href="/desk/m/(XXL-2026-\d+)/"', page)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sheet(client: Client, address: str) -> list[list[object]]:
    content = client.get(address).content
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.req("X3")
@pytest.mark.parametrize(
    "query", ["", "?subject=incident", "?state=closed", "?since=2026-11-25&until=2026-11-27"]
)
def test_the_three_pages_and_the_three_sheets_hold_the_same_numbers(street: Client, query: str) -> None:
    shown = [numbers(text(street, f"/desk/registers/{key}/{query}")) for key in registers.VIEWS]
    exported = [
        [row[0] for row in sheet(street, f"/desk/registers/{key}/export/{query}")[3:]]
        for key in registers.VIEWS
    ]
    assert shown[0]
    assert shown[0] == shown[1] == shown[2]
    assert exported == shown


@pytest.mark.req("X3")
def test_a_sheet_says_what_it_is_whose_it_is_and_what_was_chosen(street: Client) -> None:
    community = spots("tonghua")[-1].path
    head, note, titles, *rows = sheet(
        street, f"/desk/registers/solution/export/?within={community}&state=closed&since=2026-11-01"
    )
    assert head[0] == "铜花社区解决清单"
    assert note[0] == (
        "单位：铜花社区    导出日期：2026年11月27日    "
        "范围：2026年11月1日至2026年11月27日 · 诉求和事件 · 已经办结的"
    )
    assert titles[:3] == ["编号", "日期", "地点"]
    assert len(rows) == 2


def test_an_export_too_large_for_a_sheet_is_refused_with_what_to_do(
    street: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_EXPORTED", 3)
    answer = street.get("/desk/registers/problem/export/")
    assert answer.status_code == 422
    assert "把日期选短一些" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?since=昨天", "?until=2026-13-40", "?subject=nobody&state=lost", "?after=***"]
)
def test_a_filter_that_makes_no_sense_is_passed_over(street: Client, query: str) -> None:
    assert numbers(text(street, f"/desk/registers/{query}"))


def test_a_register_that_the_place_does_not_keep_is_not_there(street: Client) -> None:
    assert street.get("/desk/registers/secret/").status_code == 404
    assert street.get("/desk/registers/lane/").status_code == 404


def test_a_number_leads_to_its_matter_and_the_filter_stays_on_the_tabs(street: Client) -> None:
    page = text(street, "/desk/registers/problem/?subject=concern")
    assert re.search(r'href="/desk/registers/service/\?[^"]*subject=concern', page)
