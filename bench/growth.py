"""What follows the work to do and not the size of the site: sweeps and recounts (增长)."""

from collections.abc import Mapping
from datetime import timedelta

from bench import meter
from bench.site import Site
from bench.table import Table
from linli.frame.clock import now
from linli.handoffs.sweep import Swept, sweep
from linli.matters import tally
from linli.matters.choices import Wait
from linli.matters.models import Waiting

DUE = 100
PAIRS = 5


def measure(sites: Mapping[str, Site]) -> Table:
    """Measure sweeps and recounts on both sites (增长)."""
    return Table(
        "Growth",
        f"CPU; medians of {PAIRS} pairs, large against small. A sweep with nothing due must not follow what "
        "is open; what is due is brought up to date one line after another.",
        ("job", "ms small", "ms large", "growth"),
        (_idle(sites), _busy(sites), _recount(sites)),
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
