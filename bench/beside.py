"""Linli beside a peer and the floor, each a served site of its own, in turn and in one run (并排对比)."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.urls import reverse

from bench import bringing
from bench.cast import Home
from bench.pairs import (
    HERE,
    PAIRS,
    Jobs,
    Pair,
    Peer,
    Side,
    compared,
    empty_database,
    our_site,
    peer_site,
    run_peer,
    visitor_of,
    visits,
)
from bench.site import Site
from bench.table import Table
from bench.web import Served, Visitor
from linli.matters.models import Matter

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "var" / "bench-peers"
IMPORTED = 20_000
FILTERS = {
    "filtering": {"status__in": [1], "queue__id__in": [1, 2], "priority__in": [1, 2, 3]},
    "sorting": "created",
    "sortreverse": True,
    "search_string": "",
}
CLOSED = "4"
ANSWER = "已换新盖板，并检查了周围的盖板。"


def python_of_the_peers(home: Path = PEERS, *, listed: str = "requirements.txt") -> Path:
    """Install the peers into an environment of their own, unless they are there (安装同类)."""
    python, mark, wants = home / "bin" / "python", home / "installed", HERE / listed
    wanted = wants.read_text(encoding="utf-8")
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        subprocess.run((sys.executable, "-m", "venv", "--clear", str(home)), check=True)
        quiet = ("-qq", "--disable-pip-version-check")
        subprocess.run((str(python), "-m", "pip", "install", *quiet, "-r", str(wants)), check=True)
        mark.write_text(wanted, encoding="utf-8")
    return python


def measure(site: Site) -> Table:
    """Measure pages and acts beside the floor and django-helpdesk, all of the same size (并排对比)."""
    site.enter()
    with ExitStack() as open_sites:
        ours = open_sites.enter_context(our_site(site))
        floor = open_sites.enter_context(peer_site("floor_site", Path(sys.executable), site.size))
        helpdesk = open_sites.enter_context(peer_site("helpdesk_site", python_of_the_peers(), site.size))
        rows = tuple(compared(pair) for pair in _pairs(site, ours, floor, helpdesk))
    return Table(
        f"Beside django-helpdesk and the floor, {site.size:,} matters",
        "CPU of server and database processes for one request over HTTP (granian, one process, one thread), "
        f"in turn, medians of {PAIRS} pairs. The floor is plain Django with its standard middleware: one "
        "indexed query of 25 rows in a Django template, or one row inserted and committed. A list of "
        "django-helpdesk is its page and the data behind it. × is how many times cheaper ours is; below 1 it "
        "is dearer.",
        ("what", "ours ms", "beside", "its ms", "×", "goal ×"),
        rows,
    )


def measure_importing(site: Site) -> Table:
    """Measure bringing residents in beside the least there is, and beside django-import-export (导入)."""
    site.enter()
    found = bringing.measure(rows=IMPORTED, pairs=3)
    with TemporaryDirectory() as folder, empty_database("import_site") as (_, address):
        file = Path(folder) / "residents.xlsx"
        bringing.workbook(file, rows=IMPORTED)
        told = run_peer(python_of_the_peers(), "import_site", address, str(file))
    peers = {way: IMPORTED / spent for way, spent in json.loads(told).items()}
    speed = {
        "ours, new rows": found["new rows/s"],
        "ours, all known": found["known rows/s"],
        "ours, without encryption, look-up marks and search words": found["plain rows/s"],
        "the least: calamine, stage, one upsert": found["limit rows/s"],
        "django-import-export, every switch for speed": peers["fastest"],
        "django-import-export, as documented": peers["default"],
    }
    return Table(
        f"Bringing in {IMPORTED:,} rows of eight columns",
        "Rows a second of CPU, the database process included; medians of 3 runs of ours and the least in "
        "turn, one run of the peer. Goals: 40 × the peer as documented, 12 × its fastest, 0.4 of the least.",
        ("what", "rows/s", "÷ least", "÷ documented", "÷ fastest"),
        tuple(
            (what, f"{rows:,.0f}", *(f"{rows / than:.2f}" for than in (
                found["limit rows/s"], peers["default"], peers["fastest"]
            )))
            for what, rows in speed.items()
        ),
    )  # fmt: skip


def _pairs(site: Site, ours: Served, floor: Peer, helpdesk: Peer) -> Iterator[Pair]:
    cast = site.cast
    overseer, dispatcher = visitor_of(ours, cast.overseer), visitor_of(ours, cast.homes[0].dispatcher)
    handler = visitor_of(ours, cast.handler)
    staff, nobody = Visitor(helpdesk.site, session=helpdesk.session), Visitor(floor.site)
    place = cast.homes[0].spots[2].path
    listed = f"{reverse('console:all')}?place={place}&kind=concern&step=handled&tab=open"
    matter = Matter.objects.filter(place_path=cast.homes[0].spots[-1].path, step="raised")[0]

    list_floor = visits(nobody, "/list/", times=20)
    list_helpdesk = Side(helpdesk.site, lambda times: [lambda: _helpdesk_list(staff)] * times, 3)
    for title, visitor, address in (
        ("list, three filters", overseer, listed),
        ("list, all", overseer, reverse("console:all") + "?tab=all"),
        ("inbox of a dispatcher", dispatcher, reverse("console:inbox")),
        ("inbox of a handler", handler, reverse("console:inbox")),
    ):
        side = visits(visitor, address, times=20)
        yield Pair(title, side, list_floor, "floor list", "0.67")
        yield Pair(title, side, list_helpdesk, "helpdesk list", "60")
    yield Pair(
        "matter page",
        visits(dispatcher, reverse("console:matter", args=(matter.number,)), times=20),
        visits(staff, "/tickets/5/", times=10),
        "helpdesk ticket",
        "8",
    )
    overview = visits(overseer, reverse("console:overview"), times=20)
    yield Pair("overview", overview, visits(staff, "/dashboard/", times=1), "helpdesk dashboard", "300")
    yield Pair("overview", overview, list_floor, "floor list", "0.5")
    creating = Side(ours, lambda times: _taking_in(dispatcher, cast.homes[0], times), 15)
    yield Pair("create, POST", creating, _helpdesk_creating(staff), "helpdesk create", "5")
    yield Pair("create, POST", creating, _inserting(nobody), "floor insert", "0.33")
    closing = _helpdesk_closing(staff)
    for title, visitor, step, act, fields in (
        ("dispatch, POST", dispatcher, "raised", "dispatch", {"lead": str(cast.lead)}),
        ("take on, POST", handler, "responded", "take_on", {}),
        ("finish, POST", handler, "handled", "finish", {"words": ANSWER}),
    ):
        numbers = _numbers(step, path=cast.homes[0].spots[-1].path)
        side = Side(ours, _acting(visitor, numbers, act, fields), 10)
        yield Pair(title, side, closing, "helpdesk close", "7")


def _taking_in(visitor: Visitor, home: Home, times: int) -> Jobs:
    address = reverse("console:taken_in")
    # All concerns here are told in the same words: without this mark the page would offer to join one.
    form = visitor.form(address, holding="words")
    form |= {"name": "王阿姨", "place": home.spots[-1].key, "looked": "1"}
    told = ({"words": f"{ANSWER}{uuid4()}", "once": uuid4().hex} for _ in range(times))
    return [_posting(visitor, address, form | one) for one in told]


def _acting(
    visitor: Visitor, numbers: Iterator[str], act: str, said: dict[str, str]
) -> Callable[[int], Jobs]:
    def make(times: int) -> Jobs:
        jobs = []
        for _ in range(times):
            address = reverse("cases:act", args=(next(numbers), act))
            jobs.append(_posting(visitor, address, visitor.form(address, holding="seen") | said))
        return jobs

    return make


def _numbers(step: str, *, path: str) -> Iterator[str]:
    found = Matter.objects.filter(step=step, place_path=path).order_by("-pk")
    return iter(list(found.values_list("number", flat=True)[:500]))


def _posting(visitor: Visitor, address: str, fields: Mapping[str, str]) -> Callable[[], object]:
    return lambda: visitor.post(address, fields)


def _helpdesk_list(staff: Visitor) -> None:
    wanted = base64.b64encode(json.dumps(FILTERS).encode()).decode()
    staff.get("/tickets/")
    staff.get(
        f"/datatables_ticket_list/{wanted}?draw=1&start=0&length=25&order[0][column]=0&order[0][dir]=desc"
    )


def _helpdesk_creating(staff: Visitor) -> Side:
    fields = {"queue": "1", "title": "下水道盖板破损", "body": ANSWER, "priority": "3"}
    return Side(staff.site, lambda times: [_posting(staff, "/tickets/submit/", fields)] * times, 10)


def _helpdesk_closing(staff: Visitor) -> Side:
    tickets = iter(range(6, 10_000, 5))
    fields = {"queue": "1", "title": "下水道盖板破损", "priority": "3", "comment": ANSWER, "public": "1"}

    def make(times: int) -> Jobs:
        addresses = [f"/tickets/{next(tickets)}/update/" for _ in range(times)]
        return [_posting(staff, address, fields | {"new_status": CLOSED}) for address in addresses]

    return Side(staff.site, make, 8)


def _inserting(nobody: Visitor) -> Side:
    return Side(
        nobody.site,
        lambda times: [_posting(nobody, "/insert/", {"number": uuid4().hex[:24]}) for _ in range(times)],
        20,
    )
