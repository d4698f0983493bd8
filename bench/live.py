"""What it costs that hundreds of phones follow a live meeting, and how soon they know (会议现场)."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client

from bench import meter
from bench.cast import account
from bench.pages import FLOOR
from bench.site import Site
from bench.table import Table
from bench.voting import address, enrol_many, sign_in_many
from bench.web import Served, served
from linli.bodies.actor import Actor
from linli.core.eligibility import Roll, Voter
from linli.core.floor import Kind
from linli.core.forum import Electorate
from linli.frame.clock import now
from linli.meetings import access, queries
from linli.meetings.access import Hall
from linli.meetings.actions import attending, convening, holding
from linli.meetings.actions.convening import Call, Guest, Item

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

FOLLOWERS, EVERY_SECONDS, SECONDS, CHANGES_EVERY = 200, 1.0, 60, 10.0
_PATIENCE = 30
_TIMES = 40


@dataclass
class _Follower:
    """One phone: when it saw which turn first."""

    session: str
    seen: dict[int, float] = field(default_factory=dict)
    polls: int = 0


def measure(site: Site) -> Table:
    """Measure one poll in the process, then two hundred phones over HTTP while a meeting goes on (跟进)."""
    site.enter()
    people = enrol_many("follower", FOLLOWERS)
    meeting, chair = _opened(site, people)
    rows = (*_polls(meeting, chair), *_followed(meeting, chair, people))
    return Table(
        "A live meeting",
        f"{FOLLOWERS} phones follow one meeting, each asking every {EVERY_SECONDS:.0f} s whether its turn is "
        f"still the same; every {CHANGES_EVERY:.0f} s something happens on the floor. One server process "
        "with one thread answers; phones, chair and server share the machine. How soon: from the end of the "
        "act to the end of the answer that shows it.",
        ("what", "figure", "beside", "ratio", "goal"),
        rows,
    )


def _polls(meeting: "Meeting", chair: Actor) -> Iterator[tuple[str, ...]]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(account(chair))
    turn = _turn(meeting)
    part = f"/meetings/{meeting.number}/now/"
    jobs: dict[str, Callable[[], object]] = {
        "same": lambda: client.get(f"{part}?turn={turn}"),
        "new": lambda: client.get(f"{part}?turn=0"),
        "floor": lambda: client.get(FLOOR),
    }
    counted = {name: meter.statements(job) for name, job in jobs.items()}
    taken = meter.interleave(jobs, times=_TIMES)
    for name, title in (("same", "a poll that finds nothing new"), ("new", "a poll that finds a new turn")):
        yield (
            f"{title}, {counted[name]} SQL",
            f"{meter.middle(taken[name]):.2f} ms CPU",
            f"{meter.middle(taken['floor']):.2f} ms, the floor list",
            f"{meter.ratio(taken[name], taken['floor']):.2f}",
            "",
        )


def _followed(meeting: "Meeting", chair: Actor, people: Sequence[int]) -> Iterator[tuple[str, ...]]:
    followers = [_Follower(session) for _, session in sign_in_many(people)]
    environment = {**os.environ, "DATABASE_URL": address()}
    collect = ("-m", "linli.config.cli", "collectstatic", "--no-input", "--verbosity=0")
    subprocess.run((sys.executable, *collect), env=environment, check=True)
    with served(Path(sys.executable), "linli.config.wsgi", environment=environment) as up:
        acts, cpu = _play(up, meeting, chair, followers)
    late = sorted(_lateness(acts, followers))
    asked = sum(one.polls for one in followers)
    marks = quantiles(late, n=100)
    yield f"{FOLLOWERS} phones, {asked / SECONDS:.0f} polls a second", f"{cpu:.1%} of one core", "", "", ""
    yield "  server CPU per follower", f"{cpu * 1000 / FOLLOWERS:.2f} ms a second", "", "", ""
    said = " · ".join(f"{marks[place]:.2f} s" for place in (49, 94, 98))
    yield "  p50, p95, p99 until a phone shows it", said, "", "", "≤ 2 s"


def _play(
    up: Served, meeting: "Meeting", chair: Actor, followers: Sequence[_Follower]
) -> tuple[dict[int, float], float]:
    """Let the phones follow while the chair gives the floor to one after the other."""
    over = Event()
    phones = [
        Thread(target=_follow, args=(up, meeting.number, one, place * EVERY_SECONDS / FOLLOWERS, over))
        for place, one in enumerate(followers)
    ]
    for phone in phones:
        phone.start()
    # A first round fetches everything; what is measured comes after it.
    over.wait(2 * EVERY_SECONDS)
    for one in followers:
        one.polls = 0
    start, spent = time.monotonic(), up.cpu()
    acts: dict[int, float] = {}
    while time.monotonic() - start < SECONDS:
        _do(meeting, chair, holding.drop if len(acts) % 2 else _move)
        acts[_turn(meeting)] = time.monotonic()
        over.wait(CHANGES_EVERY)
    cpu = (up.cpu() - spent) / 1e9 / (time.monotonic() - start)
    over.set()
    for phone in phones:
        phone.join()
    return acts, cpu


def _follow(up: Served, number: str, one: _Follower, after: float, over: Event) -> None:
    over.wait(after)
    place = urlsplit(up.origin)
    line = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=_PATIENCE)
    turn = 0
    while not over.is_set():
        begun = time.monotonic()
        headers = {"Cookie": f"sessionid={one.session}", "HX-Request": "true", "User-Agent": "bench"}
        line.request("GET", f"/meetings/{number}/now/?turn={turn}", headers=headers)
        answer = line.getresponse()
        said = answer.read().decode()
        one.polls += 1
        if answer.status == http.client.OK:
            turn = int(said.partition("turn=")[2].partition("&")[0])
            one.seen[turn] = time.monotonic()
        over.wait(max(0.0, EVERY_SECONDS - (time.monotonic() - begun)))


def _lateness(acts: dict[int, float], followers: Sequence[_Follower]) -> Iterator[float]:
    """Say for each change and each phone how long it took; the last one may not have reached all."""
    for turn, at in list(acts.items())[:-1]:
        for one in followers:
            yield min(when for seen, when in one.seen.items() if seen >= turn) - at


def _opened(site: Site, people: Sequence[int]) -> tuple["Meeting", Actor]:
    """Open a meeting of all these people, and go on to its first item."""
    home, at = site.cast.homes[0], now()
    chair = home.dispatcher
    presiding = Guest(chair.person_id or 0, chair.name)
    around = (home.spots[:end] for end in range(1, len(home.spots) + 1))
    spots = next(chain for chain in around if chair.reaches(chain[-1].path))
    meeting = convening.convene(
        Call(
            forum="delegates_assembly", title="居民代表会议", spots=spots, venue="议事厅",
            meets_at=at + timedelta(hours=1), items=(Item("门禁改造"),), chair=presiding, recorder=presiding,
        ),
        Roll(Electorate.DELEGATES, tuple(Voter(f"person:{one}", "居民", (one,)) for one in people)),
        by=chair,
        at=at,
    )  # fmt: skip
    for one in people:
        _do(meeting, chair, attending.sign_in, f"person:{one}")
    _do(meeting, chair, holding.open_meeting)
    _do(meeting, chair, holding.take_up, queries.items(meeting)[0].pk)
    return meeting, chair


def _turn(meeting: "Meeting") -> int:
    found = queries.turn_of(meeting.number)
    assert found is not None
    return found.turn


def _move(hall: Hall) -> None:
    key = queries.seats(hall.meeting).filter(is_entitled=True).values_list("key", flat=True)[0]
    holding.move(hall, Kind.MAIN, "换 3 栋的门禁。", key=key)


@transaction.atomic
def _do(meeting: "Meeting", by: Actor, act: Callable[..., Any], *said: Any) -> None:
    hall = access.sit(meeting.number, by=by, at=now(), to_act=True)
    assert hall is not None
    act(hall, *said)
