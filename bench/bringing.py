"""Bringing residents in from a spreadsheet, beside the least there is: read, stage, one upsert (导入).

``python -m bench.bringing`` measures on the database of DATABASE_URL and leaves nothing behind; figures
are CPU of this process, of the reader it starts, and of the PostgreSQL process behind the connection.
"""

import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from unittest import mock

import django

SIZES = (20_000, 200_000)
PAIRS = 5
PACK, HOMES = "xinxialu", ("tonghua_e1_b1", "tonghua_e4_b1", "tongdu_e1_b1", "tonghua_e1", "tongdu_e1")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉萍红建文斌辉"
TITLES = ("编号", "姓名", "性别", "出生年", "电话", "邮箱", "住址", "备注")
LIMIT = """
CREATE TABLE bench_limit (
  ref varchar(64) NOT NULL UNIQUE, name varchar(40) NOT NULL, gender varchar(8) NOT NULL, born_in integer,
  phone varchar(20) NOT NULL, email varchar(254) NOT NULL,
  place_id bigint NOT NULL REFERENCES places_place (id), about varchar(200) NOT NULL)
"""
STAGE = """
CREATE TEMP TABLE stage (
  ref text, name text, gender text, born_in integer, phone text, email text, place text, about text)
"""
UPSERT = """
INSERT INTO bench_limit
SELECT s.ref, s.name, s.gender, s.born_in, s.phone, s.email, p.id, s.about
FROM stage s JOIN places_place p ON p.key = s.place WHERE true
ON CONFLICT (ref) DO UPDATE SET name = excluded.name, gender = excluded.gender, born_in = excluded.born_in,
  phone = excluded.phone, email = excluded.email, place_id = excluded.place_id, about = excluded.about
"""


def workbook(path: Path, *, rows: int) -> None:
    """Write a spreadsheet of residents: eight columns, one place by its code, one outside number."""
    from xlsxwriter import Workbook

    with Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, TITLES)
        for n in range(rows):
            page.write_row(n + 1, 0, (
                f"R-{n:06d}", _name(n), "男女"[n % 2], 1950 + n % 60, f"139{n:08d}", f"r{n}@example.cn",
                f"{PACK}.{HOMES[n % len(HOMES)]}", f"备注{n}",
            ))  # fmt: skip


def _name(n: int) -> str:
    """Name somebody: about thirty thousand different names, as in a city."""
    return SURNAMES[n % 30] + GIVEN[n // 30 % 32] + GIVEN[n // 960 % 32]


def ours(path: Path) -> None:
    """Bring the file in the way the page does: look, lay out, match, run in batches."""
    from linli.frame.clock import now
    from linli.handoffs.intake import receiving, running
    from linli.places import queries as places

    place = places.spots(places.roots().filter(pack=PACK))[0]
    by = receiving.Sender(None, "系统")
    intake = receiving.receive(path, name=path.name, kind="residents", place=place, by=by, at=now())
    running.start(intake, at=now())
    running.run(intake, go=lambda _: True)
    if intake.trouble or intake.bad:
        raise RuntimeError(intake.trouble or f"{intake.bad} rows were sent back")


def plainly(path: Path) -> None:
    """Bring the file in without what neither limit nor peer does: encryption, look-up marks, search words."""
    from linli.people import entering

    def same(texts: Iterable[str], **_: str) -> list[str]:
        return list(texts)

    with (
        mock.patch.object(entering, "encrypt_many", same),
        mock.patch.object(entering, "blind_many", same),
        mock.patch.object(entering, "tokens_of_name", return_value=""),
    ):
        ours(path)


def limit(path: Path) -> None:
    """Do the least: read with calamine, stage, one upsert; no validation, no report, no encryption."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    rows: Iterator[list[Any]] = CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
    next(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS stage")
        cursor.execute(STAGE)
        if connection.vendor == "postgresql":
            with cursor.copy("COPY stage FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row[:3], int(row[3]), *row[4:]))
        else:
            cursor.executemany(f"INSERT INTO stage VALUES ({', '.join(['%s'] * 8)})", list(rows))
        cursor.execute(UPSERT)


def measure(*, rows: int, pairs: int = PAIRS) -> dict[str, float]:
    """Measure new rows, known rows and the limit in turn; rows a CPU second, and the ratios of the pairs."""
    samples: dict[str, list[float]] = {"new": [], "known": [], "plain": [], "limit": [], "limit_known": []}
    walls: list[float] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "residents.xlsx"
        workbook(path, rows=rows)
        _prepare()
        try:
            for _ in range(pairs):
                start = perf_counter()
                samples["new"].append(_cpu_of(ours, path))
                walls.append(perf_counter() - start)
                samples["limit"].append(_cpu_of(limit, path))
                samples["known"].append(_cpu_of(ours, path))
                samples["limit_known"].append(_cpu_of(limit, path))
                _clean()
                samples["plain"].append(_cpu_of(plainly, path))
                _clean()
        finally:
            _clean(drop=True)
    return {
        **{f"{name} rows/s": rows / median(found) for name, found in samples.items()},
        "new rows/s by the clock": rows / median(walls),
        "share of the limit, new": _share(samples["limit"], samples["new"]),
        "share of the limit, plain": _share(samples["limit"], samples["plain"]),
        "share of the limit, known": _share(samples["limit_known"], samples["known"]),
    }


def memory(*, rows: int) -> dict[str, float]:
    """Return the peak memory of this process and of the reader it starts, in MB; for a process of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "residents.xlsx"
        # Written by another process: what xlsxwriter needs is no part of the peak.
        subprocess.run([sys.executable, "-m", "bench.bringing", "write", str(rows), str(path)], check=True)
        _prepare()
        start, before = perf_counter(), _cpu()
        try:
            ours(path)
        finally:
            spent, wall = _cpu() - before, perf_counter() - start
            _clean(drop=True)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"rows": rows, "cpu s": spent, "wall s": wall, "own MB": own, "reader MB": reader}


def main() -> None:
    """Print rows a second beside the limit, and how time and memory grow from one size to the other."""
    django.setup()
    for name, value in measure(rows=SIZES[0]).items():
        print(f"{name:28} {value:12,.2f}")
    grown = [_apart(rows) for rows in SIZES]
    for found in grown:
        print("  ".join(f"{name} {value:,.1f}" for name, value in found.items()))
    small, large = grown
    for name in ("cpu s", "own MB", "reader MB"):
        print(f"{name}: {large[name] / small[name]:.2f} times")


def _apart(rows: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.bringing", "memory", str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _prepare() -> None:
    from django.db import connection

    from linli.frame.clock import now
    from linli.rulebook import actions, queries

    if PACK not in {pack for pack, *_ in queries.installed()}:
        actions.install(queries.current(PACK), at=now())
    _clean(drop=True)
    with connection.cursor() as cursor:
        cursor.execute(LIMIT)
    # As the worker does before its jobs.
    gc.freeze()


def _clean(*, drop: bool = False) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_person WHERE key LIKE %s", [f"{PACK}:R-%"])
        if drop:
            cursor.execute("DROP TABLE IF EXISTS bench_limit")
        else:
            cursor.execute("DELETE FROM bench_limit")


def _share(least: list[float], ours_: list[float]) -> float:
    return median(one / other for one, other in zip(least, ours_, strict=True))


def _cpu_of(job: Callable[[Path], None], path: Path) -> float:
    before = _cpu()
    job(path)
    return _cpu() - before


def _cpu() -> float:
    from django.db import connection

    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    here = sum(one.ru_utime + one.ru_stime for one in used)
    if connection.vendor != "postgresql":
        return here
    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return here + int(backend.read_text(encoding="ascii").split()[0]) / 1e9


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", count, where]:
            workbook(Path(where), rows=int(count))
        case ["memory", count]:
            django.setup()
            print(json.dumps(memory(rows=int(count))))
        case _:
            main()
