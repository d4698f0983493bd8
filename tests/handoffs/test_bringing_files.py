"""Files as offices send them, and files that mean harm."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from xlsxwriter import Workbook

from linli.core.calendar import CHINA_TIME
from linli.core.verdict import Refused
from linli.handoffs.intake import delimited, sent
from linli.handoffs.intake.kinds import RESIDENTS
from linli.handoffs.intake.matching import suggest
from linli.handoffs.intake.moment import read_moment
from linli.handoffs.intake.table import Table

pytestmark = pytest.mark.req("A3")
TITLES = ("编号", "姓名", "住址")
ROW = ("R-1", "周美兰", "1栋")
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le")
ODS = """<?xml version="1.0"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="名单">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""
ODS_ROW = "<table:table-row{more}>{cells}</table:table-row>"
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    """Write a spreadsheet cell by cell."""
    with Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        page = book.add_worksheet("名单")
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(line, place, cell)
    return path


def plain_workbook(folder: Path) -> Path:
    return workbook(folder / "list.xlsx", TITLES, ROW)


def lay_out(path: Path) -> sent.LaidOut:
    return sent.lay_out(path, path.with_suffix(".rows"), name=path.name)


def opened(path: Path) -> Table:
    return Table.open(lay_out(path), kind=RESIDENTS, name=path.name)


def ods(path: Path, *, repeated: int = 1) -> Path:
    """Write the smallest table of OpenDocument; its last row may stand for many."""
    cells = ("".join(ODS_CELL.format(words=word) for word in row) for row in (TITLES, ROW))
    more = ("", f' table:number-rows-repeated="{repeated}"')
    rows = "".join(ODS_ROW.format(cells=cell, more=say) for cell, say in zip(cells, more, strict=True))
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", ODS.format(rows=rows))
    return path


# ── What offices send ─────────────────────────────────────────────────────────────────────────────


def test_excel_and_opendocument_read_alike(tmp_path: Path) -> None:
    for path in (plain_workbook(tmp_path), ods(tmp_path / "list.ods")):
        table = opened(path)
        assert table.header == TITLES
        assert [tuple(row.cells) for row in table.rows()] == [ROW]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_delimited_text_is_read_however_it_is_written(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(mark.join(row) for row in (TITLES, *[ROW] * 9)), encoding=encoding)
    table = opened(path)
    assert table.header == TITLES
    assert {tuple(row.cells) for row in table.rows()} == {ROW}


def test_a_file_in_two_encodings_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "joined.csv"
    path.write_bytes("编号,姓名,住址\n1,周美兰,1栋\n".encode() + "2,陈建国,2栋\n".encode("gb18030"))
    with pytest.raises(Refused, match="混用了两种文字编码：第 3 行"):
        lay_out(path)


def test_a_short_gb18030_line_that_is_utf8_by_chance_does_not_make_a_file_mixed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    by_chance = bytes([0xC4, 0xA3])
    path.write_bytes("编号,姓名\n".encode("gb18030") + "1,周美兰\n".encode("gb18030") * 20 + by_chance)
    assert delimited.encoding_of(path, name="list.csv") == "gb18030"


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 2, "铜花社区居民花名册（2026 年）")
        page.write_row(1, 0, ("制表：综合窗口",))
        page.write_row(2, 0, TITLES)
        page.write_row(3, 0, ROW)
    table = opened(path)
    assert (table.header, table.line) == (TITLES, 3)
    assert [row.line for row in table.rows()] == [4]


def test_a_header_of_two_merged_rows_is_named_by_the_lower_one(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 1, 0, "编号")
        page.merge_range(0, 1, 1, 1, "姓名")
        page.merge_range(0, 2, 0, 3, "住址")
        page.write_row(1, 2, ("小区", "楼栋"))
        page.write_row(2, 0, ("R-1", "周美兰", "一号小区", "1栋"))
    table = opened(path)
    assert table.header == ("编号", "姓名", "小区", "楼栋")
    assert suggest(RESIDENTS, header=table.header, sample=table.sample(5)).column("place").titles == (
        "小区",
        "楼栋",
    )


def test_the_titles_may_be_read_from_another_row(tmp_path: Path) -> None:
    laid_out = lay_out(workbook(tmp_path / "list.xlsx", ("编号", "姓名", "住址"), ("a", "b", "c"), ROW))
    assert Table.open(laid_out, kind=RESIDENTS, name="", header_line=2).header == ("a", "b", "c")


def test_cells_of_every_kind_are_written_as_a_person_would_type_them(tmp_path: Path) -> None:
    cells = (13900001234, 3.5, True, datetime(2018, 7, 17, 7, 13, 58), date(2024, 3, 5), "=1+1 ", 4.2e17)  # noqa: DTZ001
    path = tmp_path / "list.xlsx"
    with Workbook(path, {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [f"列{letter}" for letter in "甲乙丙丁戊己庚"])
        for place, cell in enumerate(cells):
            page.write(1, place, cell)
    (row,) = opened(path).rows()
    assert list(row.cells) == [
        "13900001234", "3.5", "是", "2018-07-17 07:13:58", "2024-03-05", "=1+1", "4.200000e+17",
    ]  # fmt: skip


def test_only_the_first_sheet_with_content_is_read_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("封面")
        for name in ("名单", "说明"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, TITLES)
            page.write_row(1, 0, ROW)
    assert "「名单」" in lay_out(path).note


MOMENTS = (
    pytest.param("2018/7/17 7:13:58", (2018, 7, 17, 7, 13, 58), id="不补零"),
    pytest.param("2024年3月5日", (2024, 3, 5), id="年月日"),
    pytest.param("2024年3月5日下午3点20分", (2024, 3, 5, 15, 20), id="下午"),
    pytest.param("2024.03.05 09:30", (2024, 3, 5, 9, 30), id="点"),
    pytest.param("20240305", (2024, 3, 5), id="八位数字"),
    pytest.param("43298.30136574074", (2018, 7, 17, 7, 13, 58), id="表格的序数"),
    pytest.param("43298", (2018, 7, 17), id="表格的整数序数"),
    pytest.param("2024-02-29", (2024, 2, 29), id="闰日"),
)


@pytest.mark.parametrize(("said", "meant"), MOMENTS)
def test_a_moment_is_read_as_people_and_spreadsheets_write_it(said: str, meant: tuple[int, ...]) -> None:
    assert read_moment(said, zone=CHINA_TIME) == datetime(*meant, tzinfo=CHINA_TIME)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    "said", ["2023-02-29", "2024-13-01", "19999", "80001", "昨天", "12:30", "2024-3-5 25:00"]
)
def test_what_is_no_moment_is_not_guessed(said: str) -> None:
    assert read_moment(said, zone=CHINA_TIME) is None


def test_a_moment_of_an_agreed_form_is_read_by_it() -> None:
    forms = ("%m/%d/%Y %I:%M:%S %p",)
    read = read_moment("01/16/2015 08:30:00 PM", zone=CHINA_TIME, formats=forms)
    assert read == datetime(2015, 1, 16, 20, 30, tzinfo=CHINA_TIME)


# ── What means harm, or is broken ─────────────────────────────────────────────────────────────────


def broken(folder: Path) -> Path:
    path = plain_workbook(folder)
    path.write_bytes(path.read_bytes()[:2000])
    return path


def no_workbook(folder: Path) -> Path:
    path = folder / "letter.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return path


def torn_inside(folder: Path) -> Path:
    path, whole = folder / "torn.xlsx", plain_workbook(folder)
    with ZipFile(whole) as before, ZipFile(path, "w") as after:
        for part in before.infolist():
            after.writestr(part.filename, before.read(part)[: 40 if "sheet1" in part.filename else None])
    return path


def bomb(folder: Path) -> Path:
    path, whole = folder / "bomb.xlsx", plain_workbook(folder)
    with ZipFile(whole) as before, ZipFile(path, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            filling = b" " * 30_000_000 if "sheet1" in part.filename else b""
            after.writestr(part.filename, before.read(part) + filling)
    return path


def far_cell(folder: Path) -> Path:
    path = folder / "far.xlsx"
    with Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, "编号")
        page.write(1_048_575, 16_383, "远处")
    return path


def locked(folder: Path) -> Path:
    path = folder / "locked.xlsx"
    path.write_bytes(LOCKED)
    return path


def damaged_xls(folder: Path) -> Path:
    path = folder / "old.xls"
    path.write_bytes(LOCKED[:8] + b"\x3e\x00" * 4000)
    return path


def archive(folder: Path) -> Path:
    path = folder / "list.rar"
    path.write_bytes(b"Rar!\x1a\x07\x00" + b"\0" * 100)
    return path


def nothing(folder: Path) -> Path:
    path = folder / "nothing.csv"
    path.touch()
    return path


def empty_workbook(folder: Path) -> Path:
    return workbook(folder / "empty.xlsx")


def open_quote(folder: Path) -> Path:
    path = folder / "quote.csv"
    path.write_text('编号,姓名\n1,"周美兰\n' + "2,陈建国\n" * 40_000, encoding="utf-8")
    return path


def swollen_ods(folder: Path) -> Path:
    return ods(folder / "swollen.ods", repeated=1_048_575)


HARM = (
    pytest.param(broken, "打不开", id="压缩包断了"),
    pytest.param(no_workbook, "打不开", id="不是表格的压缩包"),
    pytest.param(torn_inside, "打不开", id="里面断了"),
    pytest.param(bomb, "不相称", id="解压炸弹"),
    pytest.param(far_cell, "展开以后太大", id="最远的一格"),
    pytest.param(swollen_ods, "超过 1,000,000 行", id="一行顶百万行"),
    pytest.param(locked, "设了打开密码", id="加了密码"),
    pytest.param(damaged_xls, "打不开", id="坏的旧格式"),
    pytest.param(archive, "不是表格", id="别的压缩包"),
    pytest.param(nothing, "是空的", id="空文件"),
    pytest.param(empty_workbook, "没有内容", id="空表"),
    pytest.param(open_quote, "引号", id="引号没有成对"),
)


@pytest.mark.parametrize(("make", "sentence"), HARM)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(
    tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        lay_out(make(tmp_path))
    assert all(one.remedy for one in refused.value.refusals)


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(sent.LARGEST_BYTES + 1)
    with pytest.raises(Refused, match="超过了 100 MB"):
        lay_out(path)


def test_macros_are_never_run_and_that_is_said(tmp_path: Path) -> None:
    path = plain_workbook(tmp_path).rename(tmp_path / "list.xlsm")
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    laid_out = lay_out(path)
    assert "宏没有运行" in laid_out.note
    assert laid_out.head(2) == [list(TITLES), list(ROW)]
