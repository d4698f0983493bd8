"""Run every measurement, print the tables, and keep them (运行性能对比).

``python -m bench`` measures everything; ``python -m bench pages acts`` only what is named, and keeps nothing.
``BENCH_SIZES=10000,1000000`` takes sites of other sizes.
"""

import os
import platform
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import django
from django.db import connection
from django.test import override_settings

from bench import acts, beside, deciding, finding, growth, limits, live, matching, pages, voting
from bench.site import STORAGES, Site, sites
from bench.table import Table
from linli.frame.clock import now

_SMALL, _LARGE = (int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000").split(","))
SIZES = {"small": _SMALL, "large": _LARGE}
RESULTS = Path(__file__).with_name("RESULTS.md" if connection.vendor == "sqlite" else "RESULTS.postgresql.md")
Measurement = Callable[[Mapping[str, Site]], Table]
MEASUREMENTS: Mapping[str, Measurement] = {
    "growth": growth.measure,
    "pages": pages.measure,
    "beside": lambda built: beside.measure(built["large"]),
    "importing": lambda built: beside.measure_importing(built["large"]),
    "acts": acts.measure,
    "limits": limits.measure,
    "finding": finding.measure,
    "deciding": lambda built: deciding.measure(built["large"]),
    "voting": lambda built: voting.measure(built["large"]),
    "live": lambda built: live.measure(built["large"]),
    "matching": lambda _built: matching.measure(),
}


def main(names: Sequence[str]) -> None:
    """Measure on two sites in one run."""
    with override_settings(ROOT_URLCONF="bench.floor", STORAGES=STORAGES):
        print(f"Filling two sites: {' and '.join(f'{size:,}' for size in SIZES.values())} matters …")
        with sites(SIZES) as built:
            tables = tuple(_measured(name, built) for name in names or MEASUREMENTS)
            about = _about(built)
    text = "\n".join((about, *(table.markdown() for table in tables)))
    print(f"\n{text}")
    if not names:
        RESULTS.write_text(text, encoding="utf-8")
        print(RESULTS)


def _measured(name: str, built: Mapping[str, Site]) -> Table:
    print(f"{name} …")
    table = MEASUREMENTS[name](built)
    print(table.markdown(), flush=True)
    return table


def _about(built: dict[str, Site]) -> str:
    built["large"].enter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        (version,) = cursor.fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        "# What it costs\n\n"
        "Every number comes from one run of `make bench`; compare ratios, not milliseconds: the machine is "
        "shared. CPU is that of our process and of the database process behind its connection.\n\n"
        f"{now():%Y-%m-%d} · Python {platform.python_version()} · Django {django.__version__} · "
        f"{connection.display_name} {version} · "
        f"{' and '.join(f'{size:,}' for size in SIZES.values())} matters · peak memory {peak} MB\n"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
