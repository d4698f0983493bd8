"""What the pages of topics cost beside the floor, with few and with many who took part (议事页面)."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from django.db import transaction
from django.test import Client
from django.urls import reverse

from bench import meter
from bench.cast import LONG_AGO, account
from bench.pairs import PAIRS, Pair, Side, compared, our_site, peer_site, visitor_of, visits
from bench.site import Site, analyse
from bench.table import Table
from bench.web import Served, Visitor
from linli.bodies import actions as seats
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.deliberation import access
from linli.deliberation.actions import participating, raising
from linli.deliberation.actions.raising import Proposal
from linli.deliberation.models import Topic
from linli.frame.clock import now, today
from linli.people import actions as people
from linli.places.queries import Spot

METHOD = "six_steps"
TOPICS, FEW, MANY = 60, 2, 400
OPENED = 20
_NAME = "floor list"


def measure(site: Site) -> Table:
    """Measure the pages of topics, for residents and for staff (议事页面)."""
    site.enter()
    spots = site.cast.homes[0].spots[:3]
    quiet, busy = _topics(spots)
    analyse()
    with ExitStack() as up:
        ours = up.enter_context(our_site(site))
        floor = up.enter_context(peer_site("floor_site", Path(sys.executable), site.size))
        listed = visits(Visitor(floor.site), "/list/", times=OPENED)
        rows = tuple(
            (*compared(Pair(title, side, listed, _NAME, "0.67")), str(_statements(address, reader)))
            for title, side, address, reader in _pages(ours, spots[-1], quiet, busy)
        )
    return Table(
        f"Pages of topics, {TOPICS} at a place",
        "CPU of server and database processes for one request over HTTP, in turn with the floor list, "
        f"medians of {PAIRS} pairs. A quiet topic has {FEW} who support it, a busy one {MANY}, each with an "
        "entry of their own. × is how many times cheaper ours is; below 1 it is dearer.",
        ("what", "ours ms", "beside", "its ms", "×", "goal ×", "SQL"),
        rows,
    )


def _pages(
    ours: Served, place: Spot, quiet: Topic, busy: Topic
) -> Iterator[tuple[str, Side, str, Actor | None]]:
    secretary = _secretary(place)
    for title, address, reader in (
        ("我要参与, nobody signed in", reverse("portal:part", args=(place.key,)), None),
        ("topics of a place", reverse("portal:topics", args=(place.key,)), None),
        ("a quiet topic", reverse("portal:topic", args=(quiet.matter.number,)), None),
        ("a busy topic", reverse("portal:topic", args=(busy.matter.number,)), None),
        ("topics, for staff", reverse("console:topics"), secretary),
        ("a quiet topic, for staff", reverse("console:topic", args=(quiet.matter.number,)), secretary),
        ("a busy topic, for staff", reverse("console:topic", args=(busy.matter.number,)), secretary),
    ):
        visitor = visitor_of(ours, reader) if reader else Visitor(ours)
        yield title, visits(visitor, address, times=OPENED), address, reader


def _topics(spots: tuple[Spot, ...]) -> tuple[Topic, Topic]:
    """Raise topics at a community; let neighbours support one of them, and far more another."""
    neighbours = [_neighbour(spots[-1], turn) for turn in range(MANY)]
    raised = [_raise(neighbours[0], spots, turn) for turn in range(TOPICS)]
    for topic, number in ((raised[-2], FEW), (raised[-1], MANY)):
        for who in neighbours[1 : number + 1]:
            _support(topic, who)
    return raised[-2], raised[-1]


def _raise(who: Actor, spots: tuple[Spot, ...], turn: int) -> Topic:
    told = Proposal(
        f"三号小区门禁改造（{turn + 1}）", "门禁坏了半年，请大家商量。", METHOD, spots, channel="web"
    )
    return raising.propose(told, by=who, at=now())


@transaction.atomic
def _support(topic: Topic, who: Actor) -> None:
    desk = access.sit(topic.matter.number, by=who, at=now(), to_act=True)
    assert desk
    participating.support(desk)


def _neighbour(place: Spot, turn: int) -> Actor:
    person = people.enrol(name=f"邻居{turn}", key=f"neighbour-{turn}", lives_at=place.id)
    return Actor(person_id=person.pk, name=person.name)


def _secretary(place: Spot) -> Actor:
    person = people.enrol(name="书记", key=f"secretary-{place.key}")
    people.open_account(person, username=person.key)
    seats.seat(person.pk, office="secretary", title="书记", place_id=place.id, since=LONG_AGO)
    return bodies.actor(person_id=person.pk, name=person.name, on=today())


def _statements(address: str, reader: Actor | None) -> int:
    client = Client(SERVER_NAME="localhost")
    if reader:
        client.force_login(account(reader))
    client.get(address)
    return meter.statements(lambda: client.get(address))
