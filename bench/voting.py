"""What a vote costs, how many fit through one hot ballot, and a whole community voting at once (表决)."""

import http.client
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from multiprocessing import get_context
from secrets import randbelow
from statistics import quantiles
from threading import Thread
from typing import TYPE_CHECKING, Any
from unittest import mock
from urllib.parse import urlencode

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection, connections, transaction
from django.test import Client
from django.utils.crypto import get_random_string

from bench import meter
from bench.cast import account
from bench.site import ALIAS, Site
from bench.table import Table
from bench.web import TOKEN, free_port
from linli.ballots import access, boxes, queries
from linli.ballots.actions import casting, closing, opening
from linli.ballots.actions.opening import Asked
from linli.ballots.models import Hand
from linli.bodies.actor import Actor
from linli.core.ballot import NO, YES, Slip
from linli.core.clause import Clause, Mark
from linli.core.count import Rules, Vote, add_up, count_of, decide
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Bound, Electorate, Forum
from linli.core.threshold import Threshold
from linli.frame.clock import now
from linli.frame.sessions import SessionStore
from linli.outbox.models import Letter
from linli.people.models import Account, Person

if TYPE_CHECKING:
    from linli.ballots.models import Ballot

WRITERS, EACH = 16, 150
COUNTED = 100_000
VOTERS = int(os.environ.get("BENCH_VOTERS", "5000" if connection.vendor == "sqlite" else "50000"))
PHONES, WEB_PROCESSES = 16, 2
_BATCH = 2000
_SLOTS = 16
_PATIENCE = 60
_KEY = 32
_RULE = Clause("RC-27", "中华人民共和国城市居民委员会组织法", "第二十七条", Mark.READ)
_QUORUM = Bound(Threshold.parse("voting of entitled by headcount > 1/2"), _RULE)
_PASSES = Bound(Threshold.parse("agreeing of voting by headcount > 1/2"), _RULE)
_FORUM = Forum("residents_assembly", "居民会议", Electorate.ADULTS, _RULE, quorum=_QUORUM, passes=_PASSES)
_MAKE = (
    "CREATE TABLE bench_vote (voter integer PRIMARY KEY, choice integer)",
    "CREATE TABLE bench_tally (slot integer PRIMARY KEY, n integer)",
)
_DROP = ("DROP TABLE bench_vote", "DROP TABLE bench_tally")
_RAW = (
    "INSERT INTO bench_vote (voter, choice) VALUES (%s, 1)",
    "UPDATE bench_tally SET n = n + 1 WHERE slot = %s",
)


def measure(site: Site) -> Table:
    """Measure one vote, many through one ballot, a community over HTTP, and the count (表决)."""
    site.enter()
    rows = (*_one_vote(site), _posting(site), *_hot(site), *_over_http(site), _count())
    return Table(
        "Voting",
        f"A vote is cast through the room's own acts. {WRITERS} writers are processes that vote on a ballot "
        "at once; the raw limit inserts a row under a key and raises one of 16 counters, by as many "
        f"processes. Over HTTP {PHONES} phones vote as fast as they are answered, each voter with four "
        "requests: the slip, the second look, the vote, the receipt; phones and server share the machine. "
        "Every vote is counted afterwards, one by one and by the boxes.",
        ("what", "figure", "beside", "ratio", "goal"),
        rows,
    )


def _one_vote(site: Site) -> Iterator[tuple[str, ...]]:
    person, times = site.cast.homes[0].resident.person_id or 0, 12
    for title, is_secret in (("a vote by name", False), ("a secret vote", True)):
        ballot = _ballot(site, [person] * (times * (meter.PAIRS + 2) + 1), is_secret=is_secret)
        waiting = iter(_seats(ballot))
        vote = _voting(ballot, waiting)
        counted = meter.statements(vote)
        taken = meter.interleave({"ours": vote, "floor": lambda: _plain_row(person)}, times=times)
        ratio = meter.ratio(taken["ours"], taken["floor"])
        print(f"  {title}")
        yield (
            f"{title}, {counted} SQL",
            f"{meter.middle(taken['ours']):.2f} ms CPU",
            f"{meter.middle(taken['floor']):.2f} ms, a row through the ORM",
            f"{ratio:.1f}",
            "≤ 3",
        )


def _posting(site: Site) -> tuple[str, ...]:
    """Post a vote beside a form that inserts one row; both go through the whole house."""
    resident, times = site.cast.homes[0].resident, 12
    ballot = _ballot(site, [resident.person_id or 0] * (times * (meter.PAIRS + 2) + 1))
    waiting, client = iter(_seats(ballot)), Client(SERVER_NAME="localhost")
    client.force_login(account(resident))

    def vote() -> None:
        fields = {"elector": next(waiting)[0], "chosen": YES, "sure": "1"}
        assert client.post(f"/ballots/{ballot.number}/vote/", fields).status_code == HTTPStatus.FOUND

    def insert() -> None:
        assert client.post("/floor/insert/").status_code == HTTPStatus.FOUND

    taken = meter.interleave({"ours": vote, "floor": insert}, times=times)
    print("  a vote by POST")
    return (
        "a vote by POST",
        f"{meter.middle(taken['ours']):.2f} ms CPU",
        f"{meter.middle(taken['floor']):.2f} ms, a form that inserts a row",
        f"{meter.ratio(taken['ours'], taken['floor']):.1f}",
        "≤ 3",
    )


def _hot(site: Site) -> Iterator[tuple[str, ...]]:
    people = enrol_many("hot", WRITERS)
    ballot = _ballot(site, [one for one in people for _ in range(EACH)], most_boxes=True)
    seats = _seats(ballot)
    shares = [seats[start::WRITERS] for start in range(WRITERS)]
    ours = _together(_vote_share, [(ballot.number, share) for share in shares])
    with connection.cursor() as cursor:
        for sql in _MAKE:
            cursor.execute(sql)
        cursor.executemany("INSERT INTO bench_tally VALUES (%s, 0)", [(slot,) for slot in range(_SLOTS)])
    raw = _together(_raw_share, [(range(place * EACH, (place + 1) * EACH),) for place in range(WRITERS)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n) FROM bench_tally")
        assert cursor.fetchone()[0] == WRITERS * EACH
        for sql in _DROP:
            cursor.execute(sql)
    assert boxes.cast(boxes.standing(ballot))[0] == len(queries.votes(ballot)) == WRITERS * EACH
    print(f"  {WRITERS} writers")
    yield (
        f"{WRITERS} writers on one ballot",
        f"{ours:,.0f} votes/s",
        f"{raw:,.0f}/s raw, slotted",
        f"{ours / raw:.2f}",
        "≥ 0.50",
    )


def _over_http(site: Site) -> Iterator[tuple[str, ...]]:
    people = enrol_many("voter", VOTERS)
    ballot, sessions = _ballot(site, people, most_boxes=True), sign_in_many(people)
    seats = {person: seat for seat, person in _seats(ballot)}
    queue = deque((session, seats[person]) for person, session in sessions)
    taken: list[float] = []
    with _serving() as port:
        start = time.monotonic()
        phones = [Thread(target=_phone, args=(port, ballot.number, queue, taken)) for _ in range(PHONES)]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()
        spent = time.monotonic() - start
    outcome = closing.close(ballot, by=site.cast.overseer, at=ballot.closes_at)
    cast = len(queries.votes(ballot))
    assert cast == VOTERS, f"{cast} votes of {VOTERS}"
    assert outcome.passed
    late = quantiles(taken, n=100)
    print(f"  {VOTERS:,} voters over HTTP")
    yield f"{VOTERS:,} voters over HTTP", f"{spent:.0f} s", "none lost, none twice", "", "≤ 600 s"
    marks = " · ".join(f"{late[place] * 1000:.0f} ms" for place in (49, 94, 98))
    yield "  p50, p95, p99 of a request", marks, "", "", "p95 < 500 ms"
    yield "  requests", f"{len(taken) / spent:.0f} a second", "", "", ""


def _count() -> tuple[str, ...]:
    voters = tuple(Voter(f"person:{number}", "居民", ()) for number in range(COUNTED))
    votes = [Vote(one.key, (YES if place % 3 else NO,)) for place, one in enumerate(voters)]
    roll = Roll(Electorate.ADULTS, voters)

    def count() -> None:
        decide(Slip.motion(), Rules(_PASSES, _QUORUM), entitled=count_of(roll), sums=add_up(roll, votes))

    spent = min(meter.once(count) for _ in range(3)) / 1000
    print(f"  counting {COUNTED:,}")
    return f"counting and judging {COUNTED:,} votes", f"{spent:.2f} s CPU", "", "", "≤ 1 s"


def _ballot(
    site: Site, people: Sequence[int], *, is_secret: bool = False, most_boxes: bool = False
) -> "Ballot":
    voters = tuple(Voter(f"head:{place}", "居民", (person,)) for place, person in enumerate(people))
    at, around = now(), site.cast.homes[0].spots[1]
    asked = Asked(
        forum=_FORUM,
        question="是否加装充电棚",
        slip=Slip.motion(),
        place_path=around.path,
        pack=site.cast.edition.key,
        opens_at=at,
        closes_at=at + timedelta(days=7),
        is_secret=is_secret,
        tells=False,
    )
    number = _SLOTS if most_boxes else boxes.how_many(len(voters))
    with mock.patch.object(boxes, "how_many", return_value=number):
        return opening.open_ballot(asked, Roll(Electorate.ADULTS, voters), by=site.cast.overseer, at=at)


def _seats(ballot: "Ballot") -> list[tuple[int, int]]:
    """Return each head of a ballot with the person who votes for it."""
    rows = Hand.objects.filter(elector__ballot=ballot).order_by("elector_id")
    return list(rows.values_list("elector_id", "person_id"))


def _voting(ballot: "Ballot", waiting: Iterator[tuple[int, int]]) -> Callable[[], object]:
    number = ballot.number

    def vote() -> None:
        _cast(number, *next(waiting))

    return vote


def _cast(number: str, elector: int, person: int) -> None:
    found = access.seat(number, elector, person=person)
    assert found is not None
    casting.cast(found, (YES,), by=Actor(person, "居民"), at=now())


@transaction.atomic
def _plain_row(person: int) -> None:
    Letter.objects.create(to_id=person, subject="通知", body="正文", written_at=now())


def _together(work: Callable[..., None], shares: Sequence[tuple[Any, ...]]) -> float:
    """Let as many processes as there are shares work at once; return how many rounds a second they did."""
    context = get_context("fork")
    barrier = context.Barrier(len(shares) + 1)
    own = connections[ALIAS].settings_dict
    workers = [context.Process(target=_alone, args=(work, share, own, barrier)) for share in shares]
    for worker in workers:
        worker.start()
    barrier.wait()
    start = time.monotonic()
    for worker in workers:
        worker.join()
    spent = time.monotonic() - start
    assert not any(worker.exitcode for worker in workers)
    return WRITERS * EACH / spent


def _alone(work: Callable[..., None], share: tuple[Any, ...], own: Any, barrier: Any) -> None:
    """Work on a connection of one's own: that of the parent is left alone."""
    connections[ALIAS] = type(connections[ALIAS])(own, alias=ALIAS)
    connection.ensure_connection()
    barrier.wait()
    work(*share)
    connection.close()


def _vote_share(number: str, seats: Sequence[tuple[int, int]]) -> None:
    for elector, person in seats:
        _cast(number, elector, person)


def _raw_share(voters: Sequence[int]) -> None:
    for voter in voters:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_RAW[0], [voter])
            cursor.execute(_RAW[1], [randbelow(_SLOTS)])


def enrol_many(name: str, count: int) -> list[int]:
    """Enter so many people with an account each."""
    people = Person.objects.bulk_create(
        [Person(key=f"{name}-{number}", name="居民") for number in range(count)], batch_size=_BATCH
    )
    Account.objects.bulk_create(
        [Account(username=f"{name}-{one.pk}", person=one, password="!") for one in people], batch_size=_BATCH
    )
    return [one.pk for one in people]


def sign_in_many(people: Sequence[int]) -> list[tuple[int, str]]:
    """Let all these people be signed in; return each with the key of their session."""
    store, until = SessionStore(), now() + timedelta(days=1)
    keys, rows = [], []
    for one in Account.objects.filter(person__in=people).order_by("pk"):
        facts = {
            SESSION_KEY: str(one.pk),
            BACKEND_SESSION_KEY: "linli.people.backend.Backend",
            HASH_SESSION_KEY: one.get_session_auth_hash(),
        }
        key = get_random_string(_KEY)
        keys.append((one.person_id, key))
        rows.append(Session(session_key=key, session_data=store.encode(facts), expire_date=until))
    Session.objects.bulk_create(rows, batch_size=_BATCH)
    return keys


@contextmanager
def _serving() -> Iterator[int]:
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": address(), "LINLI_ORIGIN": f"http://127.0.0.1:{port}"}
    collect = ("-m", "linli.config.cli", "collectstatic", "--no-input", "--verbosity=0")
    subprocess.run((sys.executable, *collect), env=environment, check=True)
    command = (
        *(sys.executable, "-m", "granian", "linli.config.wsgi:application", "--interface", "wsgi"),
        *("--no-ws", "--host", "127.0.0.1", "--port", str(port), "--log-level", "critical"),
        *("--workers", str(WEB_PROCESSES), "--blocking-threads", "4"),
    )
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _await(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _await(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            line.request("GET", "/ballots/")
            line.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"no answer at port {port}")


def address() -> str:
    facts: Mapping[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    return f"postgresql://{facts['USER']}@/{facts['NAME']}?host={facts['HOST']}"


def _phone(port: int, number: str, queue: "deque[tuple[str, int]]", taken: list[float]) -> None:
    """Vote for one after the other, as their own phones would, and keep how long each answer took."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    while queue:
        try:
            session, elector = queue.popleft()
        except IndexError:
            return
        page = f"/ballots/{number}/"
        slip = {"elector": str(elector), "chosen": YES, "csrfmiddlewaretoken": TOKEN}
        _asked(line, session, taken, page)
        _asked(line, session, taken, f"{page}vote/", slip)
        answer = _asked(line, session, taken, f"{page}vote/", slip | {"sure": "1"})
        _asked(line, session, taken, answer)


def _asked(
    line: http.client.HTTPConnection,
    session: str,
    taken: list[float],
    address: str,
    fields: Mapping[str, str] | None = None,
) -> str:
    """Ask for a page or send a form, keep the time, and return where it leads."""
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "User-Agent": "bench"}
    body = None
    if fields is not None:
        body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
    start = time.monotonic()
    line.request("POST" if body else "GET", address, body=body, headers=headers)
    answer = line.getresponse()
    said = answer.read()
    taken.append(time.monotonic() - start)
    wanted = HTTPStatus.FOUND if fields and "sure" in fields else HTTPStatus.OK
    assert answer.status == wanted, (address, answer.status, said[:200])
    return answer.headers.get("location", "")
