"""Run every measurement, print the tables, and keep them (运行性能对比)."""

import platform
import resource
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.test import override_settings

from bench import acts, growth, pages
from bench.site import Site, sites
from bench.table import Table
from linli.frame.clock import now

SIZES = {"small": 1_000, "large": 50_000}
RESULTS = Path(__file__).with_name("RESULTS.md" if connection.vendor == "sqlite" else "RESULTS.postgresql.md")
# Collected files have hashed names; that lookup is no part of what is measured.
STORAGES = settings.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


def main() -> None:
    """Measure pages, acts and growth on two sites in one run."""
    with override_settings(ROOT_URLCONF="bench.floor", STORAGES=STORAGES):
        print(f"Filling two sites: {' and '.join(f'{size:,}' for size in SIZES.values())} matters …")
        with sites(SIZES) as built:
            tables = _measured(built)
            about = _about(built)
    text = "\n".join((about, *(table.markdown() for table in tables)))
    RESULTS.write_text(text, encoding="utf-8")
    print(f"\n{text}\n{RESULTS}")


def _measured(built: dict[str, Site]) -> tuple[Table, ...]:
    print("Growth …")
    grown = growth.measure(built)
    print("Pages …")
    shown = pages.measure(built)
    print("Acts …")
    return shown, acts.measure(built), grown


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
    main()
