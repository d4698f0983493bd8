from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from linli.frame.excel import Column, download, sheet

COLUMNS = (
    Column("编号", width=20),
    Column("电话"),
    Column("件数", kind="number"),
    Column("受理时间", kind="moment"),
    Column("到期日", kind="day"),
)
ROW = ("XXL-2026-001207", "013800138000", 1234, datetime(2026, 11, 24, 9, tzinfo=UTC), date(2026, 11, 30))


def read(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def source(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode() + book.read("xl/styles.xml").decode()


def test_a_register_reads_back_as_it_was_written() -> None:
    heading, titles, row = read(sheet("问题清单", columns=COLUMNS, rows=[ROW]))
    assert heading[0] == "问题清单"
    assert titles == ["编号", "电话", "件数", "受理时间", "到期日"]
    assert row == ["XXL-2026-001207", "013800138000", 1234.0, datetime(2026, 11, 24, 17), date(2026, 11, 30)]  # noqa: DTZ001


@pytest.mark.parametrize("typed", ["=1+1", "+8613800138000", "-5", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_stays_text(typed: str) -> None:
    content = sheet("清单", columns=[Column("内容")], rows=[[typed]])
    assert read(content)[2] == [typed]
    assert "<f>" not in source(content)
    assert 'quotePrefix="1"' in source(content)


def test_an_ordinary_text_carries_no_quote_mark() -> None:
    content = sheet("清单", columns=[Column("内容")], rows=[["楼道堆物"]])
    quoted = 'xfId="0" quotePrefix="1"'
    assert read(content)[2] == ["楼道堆物"]
    assert f's="{style_of_first_cell(content)}"' in source(content)
    assert quoted not in source(content).split("<cellXfs")[1].split("<xf ")[style_of_first_cell(content) + 1]


def style_of_first_cell(content: bytes) -> int:
    return int(source(content).split('r="A3" s="')[1].split('"')[0])


def test_an_empty_cell_and_an_empty_register_are_fine() -> None:
    assert len(read(sheet("清单", columns=COLUMNS, rows=[]))) == 2
    assert read(sheet("清单", columns=[Column("a"), Column("b")], rows=[[None, "x"]]))[2] == ["", "x"]


def test_a_row_of_the_wrong_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="argument"):
        sheet("清单", columns=COLUMNS, rows=[("一",)])


def test_a_chinese_file_name_survives_the_download() -> None:
    response = download(b"x", name="问题清单 2026年11月")
    assert "filename*=utf-8''%E9%97%AE%E9%A2%98" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("attachment")
