"""Registers as spreadsheets, the way offices expect them (导出表格)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Literal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linli.frame.clock import local

Cell = str | int | float | date | datetime | None
Kind = Literal["text", "number", "moment", "day"]
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767
_NUMBER_FORMATS: dict[Kind, str] = {
    "text": "@",
    "number": "#,##0.##",
    "moment": "yyyy-mm-dd hh:mm",
    "day": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, its kind, and its width in characters.

    Numbers of matters, telephones and identity cards are ``text``, or Excel rounds them.
    """

    title: str
    kind: Kind = "text"
    width: int = 14


def sheet(
    heading: str, *, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()
) -> bytes:
    """Write one table with a heading; the rows must have as many cells as there are columns.

    ``notes`` stand between the heading and the titles: the unit, the date, what was chosen.
    """
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "default_date_format": _NUMBER_FORMATS["moment"]}) as book:
        page = book.add_worksheet()
        titles = 1 + len(notes)
        _write_head(book, page, (heading, *notes), columns)
        _write_titles(book, page, titles, columns)
        _write_rows(book, page, titles + 1, columns, rows)
        _lay_out(page, titles, columns)
    return out.getvalue()


def download(content: bytes, *, name: str) -> HttpResponse:
    """Send a spreadsheet under a Chinese file name, without its ending."""
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
    return HttpResponse(content, content_type=_TYPE, headers={"Content-Disposition": disposition or ""})


def _write_head(book: Workbook, page: Worksheet, lines: Sequence[str], columns: Sequence[Column]) -> None:
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    note = book.add_format({"valign": "vcenter"})
    for line, words in enumerate(lines):
        shape = note if line else title
        if len(columns) > 1:
            page.merge_range(line, 0, line, len(columns) - 1, words, shape)
        else:
            page.write_string(line, 0, words, shape)
    page.set_row(0, 30)


def _write_titles(book: Workbook, page: Worksheet, line: int, columns: Sequence[Column]) -> None:
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#E8F0EE",
            "border": 1,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        }
    )
    for place, column in enumerate(columns):
        page.write_string(line, place, column.title, head)
        page.set_column(place, place, column.width)


def _write_rows(
    book: Workbook, page: Worksheet, first: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> None:
    plain = {
        kind: book.add_format(
            {"num_format": shown, "border": 1, "valign": "top", "text_wrap": kind == "text"}
        )
        for kind, shown in _NUMBER_FORMATS.items()
    }
    quoted = book.add_format(
        {"num_format": "@", "border": 1, "valign": "top", "text_wrap": True, "quote_prefix": True}
    )
    for line, row in enumerate(rows, start=first):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            _write_cell(page, (line, place), cell, plain[column.kind], quoted)


def _write_cell(page: Worksheet, at: tuple[int, int], cell: Cell, plain: Format, quoted: Format) -> None:
    if cell is None:
        page.write_blank(*at, None, plain)
    elif isinstance(cell, datetime):
        page.write_datetime(*at, local(cell).replace(tzinfo=None), plain)
    elif isinstance(cell, date):
        page.write_datetime(*at, cell, plain)
    elif isinstance(cell, int | float):
        page.write_number(*at, cell, plain)
    else:
        # The quote mark keeps a cell a text when somebody edits it, and leaves what was written unchanged.
        risky = cell.startswith(_LOOKS_LIKE_A_FORMULA)
        page.write_string(*at, cell[:_LONGEST_CELL], quoted if risky else plain)


def _lay_out(page: Worksheet, titles: int, columns: Sequence[Column]) -> None:
    page.freeze_panes(titles + 1, 0)
    page.autofilter(titles, 0, titles, len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(titles)
