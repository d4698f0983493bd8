"""Two served sites side by side, in turn and in one run (并排对比的做法)."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.cast import account
from bench.site import Site
from bench.web import Served, Visitor, cost, served
from linli.bodies.actor import Actor

HERE = Path(__file__).parent / "peers"
PAIRS = 5

Jobs = Sequence[Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: who serves it, and how to make some requests of it (一方)."""

    site: Served
    make: Callable[[int], Jobs]
    times: int


@dataclass(frozen=True, slots=True)
class Pair:
    """What is compared, both sides, and how many times cheaper ours is to be (一对)."""

    title: str
    ours: Side
    other: Side
    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer that is served, and the session of whoever works there (同类)."""

    site: Served
    session: str


def compared(pair: Pair) -> tuple[str, ...]:
    """Measure a pair in turn, and say it in one row of a table."""
    sides = (pair.ours, pair.other)
    for side in sides:
        cost(side.site, side.make(2 if side.times > 1 else 1))
    rounds = [tuple(cost(side.site, side.make(side.times)) for side in sides) for _ in range(PAIRS)]
    ours, other = (median(one[place] for one in rounds) for place in (0, 1))
    times = median(theirs / own for own, theirs in rounds)
    print(f"  {pair.title} beside {pair.name}: {times:.1f}×")
    return pair.title, f"{ours:.2f}", pair.name, f"{other:.2f}", f"{times:.1f}", pair.goal


def visits(visitor: Visitor, address: str, *, times: int) -> Side:
    """Let somebody open a page so many times."""
    return Side(visitor.site, lambda number: [lambda: visitor.get(address)] * number, times)


def visitor_of(ours: Served, actor: Actor) -> Visitor:
    """Sign somebody in at our site."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(account(actor))
    return Visitor(ours, session=client.cookies[settings.SESSION_COOKIE_NAME].value)


@contextmanager
def our_site(site: Site) -> Iterator[Served]:
    """Serve a built site of ours with the settings of an installation."""
    name, address = _database(str(site.database.settings_dict["NAME"]))
    environment = {**os.environ, "DATABASE_URL": address}
    collect = ("-m", "linli.config.cli", "collectstatic", "--no-input", "--verbosity=0")
    subprocess.run((sys.executable, *collect), env=environment, check=True)
    with served(Path(sys.executable), "linli.config.wsgi", environment=environment) as up:
        yield Served(up.origin, up.process, name)


@contextmanager
def peer_site(module: str, python: Path, size: int) -> Iterator[Peer]:
    """Fill a peer with so much, and serve it."""
    with empty_database(module) as (name, address):
        print(f"  filling {module}: {size:,}")
        told = run_peer(python, module, address, "fill", str(size))
        with served(python, module, environment=_of_peer(address), database=name, folder=HERE) as up:
            yield Peer(up, json.loads(told)["session"] if told else "")


@contextmanager
def empty_database(name: str) -> Iterator[tuple[str, str]]:
    """Lend an empty database: its name for the count of CPU, and its address."""
    if connection.vendor != "postgresql":
        file = settings.HOME / f"{name}.db"
        yield _database(str(file))
        file.unlink()
        return
    _say(f"CREATE DATABASE linli_bench_{name}")
    try:
        yield _database(f"linli_bench_{name}")
    finally:
        _say(f"DROP DATABASE linli_bench_{name}")


def run_peer(python: Path, module: str, address: str, *words: str) -> str:
    """Run a program of a peer on a database; return what it printed."""
    command = (str(python), "-W", "ignore", str(HERE / f"{module}.py"), *words)
    done = subprocess.run(command, env=_of_peer(address), check=True, capture_output=True, text=True)
    return done.stdout


def _of_peer(address: str) -> dict[str, str]:
    """Return all that a peer is told: it must not know of Linli's settings."""
    own = {"PEER_DATABASE": address.removeprefix("sqlite:///"), "PYTHONPATH": str(HERE)}
    return own | {"PATH": os.environ["PATH"]}


def _say(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _database(name: str) -> tuple[str, str]:
    """Return a database's name for the count of CPU, and its address."""
    if connection.vendor != "postgresql":
        return "", f"sqlite:///{name}"
    facts: Mapping[str, Any] = connection.settings_dict
    return name, f"postgresql://{facts['USER']}@/{name}?host={facts['HOST']}"
