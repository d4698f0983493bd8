"""kill -9 under load, again and again: what was answered stays, and nothing comes twice (断电).

``python -m bench.crash`` starts the product as ``linli serve`` does, lets residents report, kills the web
processes, the worker or both in turn, starts it again, and at the end looks at everything that must hold.
"""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_string, policy
from itertools import cycle
from pathlib import Path
from threading import Event, Lock
from uuid import uuid4

import httpx
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from django_q.tasks import async_task

from bench import stories
from bench.cast import Cast, Home, account, enrol
from bench.web import TOKEN, free_port
from linli.frame.clock import now
from linli.matters import tally
from linli.matters.models import Matter
from linli.outbox.models import Letter
from linli.record.models import Entry
from linli.record.queries import LINK, link_of

KILLS = 20
ANSWERS_BETWEEN_KILLS = 25
RESIDENTS = 4
PATIENCE_SECONDS = 120
VICTIMS = ("web", "worker", "web and worker")
_FOLLOW = re.compile(r"/s/(?P<token>[^/]+)/")
_NUMBER = re.compile(r"[A-Z]+-\d{4}-\d{6}")
_MAIL_ENDS = re.compile(r"^-{79}$", re.MULTILINE)


@dataclass
class Told:
    """What was sent, what was answered, and how often the line broke (反映与答复)."""

    tokens: list[str] = field(default_factory=list)
    sent: int = 0
    broken: int = 0
    lock: Lock = field(default_factory=Lock)
    grown: Event = field(default_factory=Event)

    def answered(self, token: str) -> None:
        """Note an answer."""
        with self.lock:
            self.tokens.append(token)
        self.grown.set()

    def wait_for(self, number: int) -> None:
        """Wait until so many were answered."""
        while len(self.tokens) < number:
            self.grown.clear()
            assert self.grown.wait(PATIENCE_SECONDS), "no report was answered any more"


class House:
    """The product under load: started, killed and started again (产品)."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://127.0.0.1:{port}"
        self._environment = {**os.environ, "PORT": str(port), "LINLI_ORIGIN": self.origin}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._commands = {
            "web": (
                *(sys.executable, "-m", "granian", "linli.config.wsgi:application", "--interface", "wsgi"),
                *("--no-ws", "--host", "127.0.0.1", "--port", str(port), "--log-level", "critical"),
                *("--workers", "2", "--blocking-threads", "4"),
            ),
            "worker": (sys.executable, "-m", "linli.config.cli", "worker"),
        }

    def start(self) -> None:
        """Start what is not running."""
        for name, command in self._commands.items():
            if name not in self._running:
                self._running[name] = subprocess.Popen(
                    command, env=self._environment, start_new_session=True, stderr=subprocess.DEVNULL
                )

    def kill(self, names: str) -> None:
        """Kill all processes of the web, of the worker, or both at once."""
        killed = [self._running.pop(name) for name in names.split(" and ")]
        for process in killed:
            os.killpg(process.pid, signal.SIGKILL)
        for process in killed:
            process.wait()

    def stop(self) -> None:
        """Stop what runs, in order."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            process.wait()


class Resident:
    """Somebody who reports again and again, and sends again what got no answer (居民)."""

    def __init__(self, house: House, home: Home, number: int) -> None:
        client = Client(SERVER_NAME="localhost")
        client.force_login(account(home.resident))
        self._cookies = {"csrftoken": TOKEN, "sessionid": client.cookies[settings.SESSION_COOKIE_NAME].value}
        self._address = reverse("portal:report", args=(home.spots[2].key,))
        self._house, self._number = house, number

    def report(self, told: Told, *, until: Event) -> None:
        """Report until told to stop."""
        for turn in iter(lambda: not until.is_set(), False):
            assert turn
            words = f"{stories.WORDS}{uuid4()}"
            fields = {"kind": "help", "words": words, "once": uuid4().hex, "csrfmiddlewaretoken": TOKEN}
            told.sent += 1
            told.answered(self._send(fields, told))

    def _send(self, fields: dict[str, str], told: Told) -> str:
        for address in self._lines():
            with suppress(httpx.TransportError), self._client(address) as client:
                answer = client.post(self._address, data=fields)
                assert answer.status_code == httpx.codes.FOUND, answer.status_code
                found = _FOLLOW.search(answer.headers["location"])
                assert found
                return found["token"]
            told.broken += 1
            Event().wait(0.1)
        raise AssertionError

    def _lines(self) -> Iterator[str]:
        """Go through many lines: one that sends too much in ten minutes is asked to wait."""
        yield from (f"127.{self._number}.{uuid4().int % 250}.{1 + turn % 250}" for turn in cycle(range(250)))

    def _client(self, address: str) -> httpx.Client:
        line = httpx.HTTPTransport(local_address=address)
        return httpx.Client(
            base_url=self._house.origin, cookies=self._cookies, transport=line, timeout=PATIENCE_SECONDS
        )


def main() -> None:
    """Do it all, and say what was found."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    cast, house, told = enrol(), House(free_port()), Told()
    jobs = _under_load(cast, house, told)
    letters = _send_the_rest()
    faults = tuple(_faults(told, jobs=jobs, letters=letters))
    print(
        f"{connection.display_name}: {KILLS} kills, {told.sent} reports sent, {len(told.tokens)} answered, "
        f"{told.broken} broken lines, {Matter.objects.count()} matters, {jobs} jobs, {sum(letters.values())} "
        f"letters delivered."
    )
    print("\n".join(faults) or "Nothing lost, nothing twice, nothing broken.")
    sys.exit(bool(faults))


def _under_load(cast: Cast, house: House, told: Told) -> int:
    """Kill the house again and again while residents report; return how many jobs there were."""
    done = Event()
    residents = [Resident(house, home, number) for number, home in enumerate(cast.homes, start=1)]
    with ThreadPoolExecutor(RESIDENTS) as streets:
        house.start()
        reporting = [streets.submit(one.report, told, until=done) for one in residents[:RESIDENTS]]
        for kill, victims in zip(range(KILLS), cycle(VICTIMS), strict=False):
            async_task("linli.handoffs.sweep.every_minute")
            told.wait_for(len(told.tokens) + ANSWERS_BETWEEN_KILLS)
            house.kill(victims)
            print(f"  kill {kill + 1}: {victims}; {len(told.tokens)} answered")
            house.start()
        told.wait_for(len(told.tokens) + ANSWERS_BETWEEN_KILLS)
        done.set()
        for one in reporting:
            one.result()
        # What a killed worker had begun is begun again a quarter of an hour later: let that be now.
        OrmQ.objects.update(lock=now() - timedelta(hours=1))
        _await_empty_queue()
    house.stop()
    return KILLS


def _await_empty_queue() -> None:
    for _ in range(PATIENCE_SECONDS * 2):
        if not OrmQ.objects.exists():
            return
        Event().wait(0.5)


def _send_the_rest() -> Counter[str]:
    """Send what waits, however often it was tried, and count the mails of each matter."""
    from linli.outbox.actions import send_waiting

    at = now() + timedelta(days=1)
    while send_waiting(at=at):
        at += timedelta(days=1)
    mails: Counter[str] = Counter()
    for file in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        for text in _MAIL_ENDS.split(file.read_text(encoding="utf-8")):
            if text.strip():
                mail = message_from_string(text.lstrip(), policy=policy.default)
                body = mail.get_body()
                mails.update(_NUMBER.findall(str(body.get_content() if body else "")))
    return mails


def _faults(told: Told, *, jobs: int, letters: Counter[str]) -> Iterator[str]:
    matters = dict(Matter.objects.values_list("token", "number"))
    numbers = tuple(matters.values())
    found = {
        "answered reports are lost": len(set(told.tokens) - matters.keys()),
        "matters more than reports": len(matters) - told.sent,
        "letters came twice": sum(count > 1 for count in letters.values()),
        "matters had no letter": len(set(numbers) - letters.keys()),
        # A kill may fall between mail server and row: that letter may have left, and stays.
        "letters were not sent": Letter.objects.filter(sent_at=None, claimed_at=None).count(),
        f"jobs of {jobs} are left": OrmQ.objects.count(),
        "counts differ from a recount": tally.recount() != tally.standing(),
        "chains are broken": sum(not _is_whole(number) for number in numbers),
        "databases are corrupt": _is_corrupt(),
    }
    return (f"{int(number)} {what}." for what, number in found.items() if number)


def _is_corrupt() -> bool:
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        return bool(cursor.execute("PRAGMA integrity_check").fetchone()[0] != "ok")


def _is_whole(number: str) -> bool:
    prev = ""
    for values in Entry.objects.filter(chain=number).order_by("seq").values_list(*LINK):
        link = link_of(list(values))
        if link.prev != prev or link.recomputed() != link.digest:
            return False
        prev = link.digest
    return bool(prev)


if __name__ == "__main__":
    main()
