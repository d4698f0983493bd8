"""What follows the work to do and not the size of the site: sweeps, recounts, deep pages (增长)."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse

from bench import acts, meter
from bench.cast import account
from bench.site import Site
from bench.table import Table
from linli.frame.clock import now
from linli.handoffs.sweep import Swept, sweep
from linli.matters import tally
from linli.matters.choices import Wait
from linli.matters.models import Matter, Waiting
from linli.record import queries as record

DUE = 100
PAIRS = 5
TIMES = 10
DEEP = 200
ENTRIES = {"small": 5, "large": 500}
_OLDER = re.compile(r'<a class="button button-quiet pager-older" href="([^"]+)"')


def measure(sites: Mapping[str, Site]) -> Table:
    """Measure sweeps and recounts on both sites, deep pages on the large one (增长)."""
    return Table(
        "Growth",
        f"CPU; medians of {PAIRS} pairs, large against small. A sweep with nothing due must not follow what "
        "is open; what is due is brought up to date one line after another. Of the pages small and large are "
        "the first and the deep one, or few entries and many, on the large site.",
        ("job", "ms small", "ms large", "growth"),
        (_idle(sites), _busy(sites), _recount(sites), _deep(sites["large"]), _told(sites["large"])),
    )


def _idle(sites: Mapping[str, Site]) -> tuple[str, ...]:
    def job(site: Site) -> meter.Job:
        def run() -> None:
            site.enter()
            assert sweep(at=now()) == Swept()

        return run

    waiting = _open_lines(sites)
    return _row(
        f"sweep, {waiting} lines open, none due", {name: job(site) for name, site in sites.items()}, times=10
    )


def _busy(sites: Mapping[str, Site]) -> tuple[str, ...]:
    def job(site: Site) -> meter.Job:
        def run() -> None:
            site.enter()
            _fall_due(site)
            assert sweep(at=now()).escalated == DUE

        return run

    return _row(f"sweep, {DUE} due", {name: job(site) for name, site in sites.items()}, times=1)


def _recount(sites: Mapping[str, Site]) -> tuple[str, ...]:
    """Recount a site, which must give what the acts have counted; the cost is of 1,000 matters."""

    def job(site: Site) -> meter.Job:
        def run() -> None:
            site.enter()
            assert tally.recount() == tally.standing()

        return run

    taken = meter.interleave({name: job(site) for name, site in sites.items()}, times=1, pairs=1)
    each = {name: meter.middle(taken[name]) * 1000 / site.size for name, site in sites.items()}
    print("  recount")
    growth = each["large"] / each["small"]
    return "recount, of 1,000 matters", f"{each['small']:.1f}", f"{each['large']:.1f}", f"{growth:.2f}"


def _deep(site: Site) -> tuple[str, ...]:
    """Open the first page of a list, and one that stands far behind it."""
    site.enter()
    client = Client(SERVER_NAME="localhost")
    client.force_login(account(site.cast.overseer))
    first = deep = reverse("console:all") + "?tab=all"
    number = 1
    while number < DEEP and (older := _OLDER.search(client.get(deep).text)):
        deep, number = reverse("console:all") + unescape(older[1]), number + 1
    jobs = {"small": lambda: client.get(first), "large": lambda: client.get(deep)}
    return _row(f"list, page 1 and page {number}", jobs, times=TIMES)


def _told(site: Site) -> tuple[str, ...]:
    """Open the pages of matters of which little and much is on record."""
    site.enter()
    client = Client(SERVER_NAME="localhost")
    client.force_login(account(site.cast.homes[0].dispatcher))
    path = site.cast.homes[0].spots[-1].path
    found = Matter.objects.filter(place_path=path, step="handled").order_by("pk")
    pages = {}
    for (name, entries), matter in zip(ENTRIES.items(), found[:2], strict=True):
        write = acts.entry(matter.number)
        for _ in range(entries - record.head(matter.number).seq):
            write()
        pages[name] = reverse("console:matter", args=(matter.number,))
    jobs = {"small": lambda: client.get(pages["small"]), "large": lambda: client.get(pages["large"])}
    return _row("matter page, 5 and 500 entries", jobs, times=TIMES)


def _row(title: str, jobs: Mapping[str, meter.Job], *, times: int) -> tuple[str, ...]:
    taken = meter.interleave(jobs, times=times, pairs=PAIRS)
    small, large = taken["small"], taken["large"]
    print(f"  {title}")
    return (
        title,
        f"{meter.middle(small):.2f}",
        f"{meter.middle(large):.2f}",
        f"{meter.ratio(large, small):.2f}",
    )


def _open_lines(sites: Mapping[str, Site]) -> str:
    counts = []
    for site in sites.values():
        site.enter()
        counts.append(f"{Waiting.objects.count():,}")
    return " and ".join(counts)


def _fall_due(site: Site) -> None:
    """Let some lines of the lead body fall due a minute ago, whatever was done to them before."""
    lines = Waiting.objects.filter(what=Wait.STEP, body_id=site.cast.lead).order_by("-pk")
    chosen = list(lines.values_list("pk", flat=True)[:DUE])
    Waiting.objects.filter(pk__in=chosen).update(due_at=now() - timedelta(minutes=1), escalated_at=None)
