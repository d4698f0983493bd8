"""The rows that did not go in, as a spreadsheet with the reason beside each (退回的行)."""

from itertools import islice

from linli.frame.excel import Column, sheet
from linli.handoffs.intake import asking
from linli.handoffs.models import Intake

LINE, REASON = "行号", "原因"
MOST = 20_000
_WIDE = 40


def workbook(intake: Intake) -> bytes:
    """Write the rows sent back, with the columns of the file; every cell is text (退回的行)."""
    titles = [title or f"第 {at} 列" for at, title in enumerate(intake.header, start=1)]
    kept = [at for at, title in enumerate(titles) if title not in {LINE, REASON}]
    columns = [*(Column(titles[at]) for at in kept), Column(LINE, width=8), Column(REASON, width=_WIDE)]
    rows = (
        (*(cells[at] for at in kept), str(line), reason)
        for line, reason, cells in islice(asking.bad_rows(intake), MOST)
    )
    notes = ["改好以后把这个文件再导入一次；已经录过的行不会再录。"]
    if intake.bad > MOST:
        notes.append(f"这里是前 {MOST:,} 行，一共退回 {intake.bad:,} 行。")
    return sheet("退回的行", columns=columns, rows=rows, notes=notes)
