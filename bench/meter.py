"""CPU time and statements, taken so that two sides of one run can be compared (计量)."""

import gc
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from time import process_time_ns
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

PAIRS = 7
MILLISECOND = 1_000_000

Job = Callable[[], object]
Samples = Mapping[str, tuple[float, ...]]


# What the PostgreSQL processes that work for us have run: a job may go from one site to another.
_BACKENDS: list[Path] = []


def watch(database: BaseDatabaseWrapper) -> None:
    """Count from now on what the process behind a connection runs, as part of every job."""
    if database.vendor == "postgresql":
        database.ensure_connection()
        _BACKENDS.append(Path(f"/proc/{database.connection.info.backend_pid}/schedstat"))


def interleave(jobs: Mapping[str, Job], *, times: int, pairs: int = PAIRS) -> Samples:
    """Run jobs in turn, A-B-C-A-B-C; return for each its CPU milliseconds a run, one sample a round.

    On a shared machine the rounds differ, the ratios within a round hardly do.
    """
    for job in jobs.values():
        job()
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(pairs):
        for name, job in jobs.items():
            taken[name].append(_milliseconds(job, times=times))
    return {name: tuple(samples) for name, samples in taken.items()}


def ratio(ours: tuple[float, ...], theirs: tuple[float, ...]) -> float:
    """Return the median of the ratios of the pairs."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def middle(samples: tuple[float, ...]) -> float:
    """Return the median of the samples of a job, in milliseconds."""
    return median(samples)


def once(job: Job) -> float:
    """Return the CPU milliseconds of one run of a job."""
    return _milliseconds(job, times=1)


def statements(job: Job) -> int:
    """Count the statements that a job sends to the database, BEGIN and savepoints included."""
    counted = 0

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(sql, *rest)

    watching: AbstractContextManager[None] = connection.execute_wrapper(count)
    with watching:
        job()
    return counted


def _milliseconds(job: Job, *, times: int) -> float:
    gc.collect()
    gc.disable()
    start = _cpu()
    for _ in range(times):
        job()
    spent = _cpu() - start
    gc.enable()
    return spent / times / MILLISECOND


def _cpu() -> int:
    return process_time_ns() + _database_cpu()


def _database_cpu() -> int:
    """Return the nanoseconds of the PostgreSQL processes behind our connections; SQLite runs in our own."""
    return sum(int(one.read_text(encoding="ascii").split()[0]) for one in _BACKENDS)
