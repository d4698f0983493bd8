"""What a page costs at two sizes of a site, and against the floor (页面)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bench import meter
from bench.cast import Cast, account
from bench.site import Site
from bench.table import Table
from linli.bodies.actor import Actor
from linli.matters.models import Matter
from linli.places import queries as places

TIMES = 4
FLOOR = "/floor/"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, who opens it and where it stands (页面)."""

    title: str
    reader: Callable[[Cast], Actor | None]
    address: Callable[[Cast], str]


def _dispatcher(cast: Cast) -> Actor:
    return cast.homes[0].dispatcher


def _overseer(cast: Cast) -> Actor:
    return cast.overseer


def _handler(cast: Cast) -> Actor:
    return cast.handler


def _nobody(_: Cast) -> None:
    return None


def _newest(cast: Cast, **facts: object) -> str:
    path = cast.homes[0].spots[-1].path
    return Matter.objects.filter(place_path=path, **facts).order_by("-pk")[0].number


def _quiet(cast: Cast) -> str:
    """Return a community in which nothing was ever reported."""
    around = cast.homes[0].spots[1]
    busy = {home.spots[2].path for home in cast.homes}
    return next(one.path for one in places.below(around) if one.path not in busy)


PAGES = (
    Page("inbox, a community's dispatcher", _dispatcher, lambda _: reverse("console:inbox")),
    Page("inbox, a body's handler", _handler, lambda _: reverse("console:inbox")),
    Page("list, open", _overseer, lambda _: reverse("console:all")),
    Page("list, all", _overseer, lambda _: reverse("console:all") + "?tab=all"),
    Page(
        "list, three filters",
        _overseer,
        lambda cast: (
            f"{reverse('console:all')}?place={cast.homes[0].spots[2].path}&kind=concern&step=handled&tab=open"
        ),
    ),
    Page("list, overdue", _overseer, lambda _: reverse("console:all") + "?tab=overdue"),
    Page(
        "list, a place with nothing open",
        _overseer,
        lambda cast: f"{reverse('console:all')}?place={_quiet(cast)}",
    ),
    Page("list, words", _overseer, lambda _: reverse("console:all") + "?q=下水道"),
    Page("list of a handler", _handler, lambda _: reverse("console:all")),
    Page(
        "matter, open",
        _dispatcher,
        lambda cast: reverse("console:matter", args=(_newest(cast, step="raised"),)),
    ),
    Page(
        "matter, closed",
        _dispatcher,
        lambda cast: reverse("console:matter", args=(_newest(cast, step="closed"),)),
    ),
    Page("overview", _overseer, lambda _: reverse("console:overview")),
    Page("behind a number", _overseer, lambda _: reverse("console:behind") + "?measure=open"),
    Page("wall", _overseer, lambda _: reverse("console:wall")),
    Page("public place", _nobody, lambda cast: reverse("portal:home", args=(cast.homes[0].spots[2].key,))),
    Page("public list", _nobody, lambda cast: reverse("portal:matters", args=(cast.homes[0].spots[2].key,))),
    Page(
        "public matter",
        _nobody,
        lambda cast: reverse("portal:public", args=(_newest(cast, visibility="public"),)),
    ),
)


def measure(sites: Mapping[str, Site]) -> Table:
    """Measure every page (页面)."""
    rows = tuple(_row(page, sites) for page in PAGES)
    small, large = (f"{sites[name].size:,}" for name in ("small", "large"))
    return Table(
        "Pages",
        "CPU of the whole request through Django's test client, one process; growth and floor are medians "
        f"of {meter.PAIRS} pairs. The floor is the same middleware, one query and 25 rows in Jinja2, on the "
        "large site, for the same reader.",
        ("page", f"ms at {small}", f"ms at {large}", "growth", "÷ floor", "SQL small", "SQL large"),
        rows,
    )


def _row(page: Page, sites: Mapping[str, Site]) -> tuple[str, ...]:
    visits, counts = {}, []
    for name, site in sites.items():
        site.enter()
        visit = _visit(page, site)
        visits[name] = visit
        counts.append(meter.statements(visit))
    visits["floor"] = _visit(Page("floor", page.reader, lambda _: FLOOR), sites["large"])
    taken = meter.interleave(visits, times=TIMES)
    print(f"  {page.title}")
    return (
        page.title,
        f"{meter.middle(taken['small']):.1f}",
        f"{meter.middle(taken['large']):.1f}",
        f"{meter.ratio(taken['large'], taken['small']):.2f}",
        f"{meter.ratio(taken['large'], taken['floor']):.1f}",
        *(str(count) for count in counts),
    )


def _visit(page: Page, site: Site) -> meter.Job:
    """Return a visit of a page as its reader; raises ``AssertionError`` when it is not shown."""
    site.enter()
    client = Client(SERVER_NAME="localhost")
    reader = page.reader(site.cast)
    if reader:
        client.force_login(account(reader))
    address = page.address(site.cast)

    def visit() -> HttpResponse:
        site.enter()
        return client.get(address)  # type: ignore[return-value]

    assert visit().status_code == 200, page.title
    return visit
