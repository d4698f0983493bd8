"""Turn one spreadsheet into plain rows of text, in a process of its own with bounded memory (拆表).

Run as a script: only the standard library and the reader are loaded, a hostile file can exhaust nothing but
this process, and the memory that a long sheet takes is given back when it ends.
"""

import csv
import json
import resource
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import python_calamine

MEMORY_BYTES = 2 * 1024**3
SECONDS = 120
# Above this a number of Excel has lost its last digits: it is written so that nobody takes it for exact.
EXACT = 10**15


def as_text(cell: object) -> str:
    """Write a cell as a person would type it."""
    if type(cell) is str:
        return cell.replace("\0", "").strip()
    write = _WRITERS.get(type(cell))
    return write(cell) if write else str(cell)


def _number(cell: float) -> str:
    if cell != cell or abs(cell) >= EXACT:
        return f"{cell:e}"
    return str(int(cell)) if cell == int(cell) else repr(cell)


def _moment(cell: datetime) -> str:
    return cell.isoformat(" ", "seconds") if cell.time() != time() else cell.date().isoformat()


_WRITERS: dict[type, Callable[..., str]] = {
    float: _number,
    int: _number,
    bool: lambda cell: "是" if cell else "否",
    datetime: _moment,
    date: date.isoformat,
    time: lambda cell: cell.isoformat("seconds"),
}


def write_rows(source: Path, target: Path, *, most_rows: int) -> dict[str, object]:
    """Write the first sheet that holds anything; answer with its name, its rows and the sheets left out."""
    book = python_calamine.CalamineWorkbook.from_path(source)
    names = [one.name for one in book.sheets_metadata if one.typ is python_calamine.SheetTypeEnum.WorkSheet]
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if not sheet.height:
            continue
        if sheet.total_height > most_rows:
            return {"fault": "long", "rows": sheet.total_height}
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerows([as_text(cell) for cell in row] for row in sheet.iter_rows())
        return {"sheet": name, "others": len(names) - 1}
    return {"fault": "empty"}


def main(source: str, target: str, most_rows: str) -> None:
    """Bound what this process may use, write the rows, and say how it went as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        answer = write_rows(Path(source), Path(target), most_rows=int(most_rows))
    except python_calamine.PasswordError:
        answer = {"fault": "locked"}
    except (python_calamine.CalamineError, OSError, ValueError):
        answer = {"fault": "broken"}
    except MemoryError:
        answer = {"fault": "giant"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
