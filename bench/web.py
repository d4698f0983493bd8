"""Sites served as in earnest, each in its own process, and the CPU a request costs them (网页服务)."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from threading import Event

import httpx
from django.db import connection

PATIENCE_SECONDS = 60
_A_MOMENT = Event()
_NOT_SENT = frozenset({"file", "submit", "button", "checkbox"})
TOKEN = "a" * 32


@dataclass(frozen=True, slots=True)
class Served:
    """A site that answers at an address; ``database`` is the PostgreSQL one behind it, if any (站点)."""

    origin: str
    process: "subprocess.Popen[bytes]"
    database: str

    def cpu(self) -> int:
        """Return the nanoseconds that its processes and its database's have run so far."""
        return sum(_spent(pid) for pid in (*_tree(self.process.pid), *_backends(self.database)))


@contextmanager
def served(
    python: Path,
    module: str,
    *,
    environment: Mapping[str, str],
    database: str = "",
    folder: Path | None = None,
) -> Iterator[Served]:
    """Serve a WSGI application by one process with one thread until the block ends."""
    port = free_port()
    command = (
        *(str(python), "-m", "granian", f"{module}:application", "--interface", "wsgi", "--no-ws"),
        *("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"),
        *("--workers", "1", "--blocking-threads", "1"),
    )
    process = subprocess.Popen(command, env=dict(environment), cwd=folder, start_new_session=True)
    try:
        _await(port, process)
        yield Served(f"http://127.0.0.1:{port}", process, database)
    finally:
        process.terminate()
        process.wait()


class Visitor:
    """Somebody who visits a served site with a session of their own (访客)."""

    def __init__(self, site: Served, *, session: str = "") -> None:
        cookies = {"csrftoken": TOKEN} | ({"sessionid": session} if session else {})
        self.site = site
        self._client = httpx.Client(base_url=site.origin, cookies=cookies, timeout=PATIENCE_SECONDS)

    def get(self, address: str) -> str:
        """Fetch a page; raises ``AssertionError`` when it is not shown."""
        answer = self._client.get(address)
        assert answer.status_code == httpx.codes.OK, (address, answer.status_code)
        return answer.text

    def post(self, address: str, fields: Mapping[str, str]) -> None:
        """Send a form; raises ``AssertionError`` unless it is taken, which leads elsewhere.

        What the next page would say once is forgotten, as if that page had been opened.
        """
        answer = self._client.post(address, data={**fields, "csrfmiddlewaretoken": TOKEN})
        self._client.cookies.pop("messages", None)
        assert answer.status_code == httpx.codes.FOUND, (address, answer.status_code)

    def form(self, address: str, *, holding: str) -> dict[str, str]:
        """Fetch from a page the form that has a field, with what it already holds and the first choices."""
        reader = _Forms()
        reader.feed(self.get(address))
        return next(fields for fields in reader.forms if holding in fields)


def cost(site: Served, jobs: Sequence[Callable[[], object]]) -> float:
    """Run jobs, and return the CPU milliseconds that each of them cost a site."""
    start = site.cpu()
    for job in jobs:
        job()
    return (site.cpu() - start) / len(jobs) / 1_000_000


class _Forms(HTMLParser):
    """What the forms of a page hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        name = facts.get("name", "")
        match tag:
            case "form":
                self.forms.append({})
            case "select":
                self._select = name
            case "option":
                self._hold(self._select, facts.get("value", ""))
            case "textarea":
                self._hold(name, "")
            case "input" if facts.get("type") not in _NOT_SENT:
                self._hold(name, facts.get("value", ""))

    def _hold(self, name: str, value: str) -> None:
        if name and self.forms:
            self.forms[-1].setdefault(name, value)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/", timeout=PATIENCE_SECONDS)
        except httpx.TransportError:
            _A_MOMENT.wait(0.1)
        else:
            return
    raise AssertionError(f"no answer at port {port}")


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            yield from _tree(int(child))


def _spent(pid: int) -> int:
    """Return the nanoseconds that all threads of a process have run."""
    spent = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            spent += int(task.read_text(encoding="ascii").split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return spent


def _backends(database: str) -> Sequence[int]:
    if not database:
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [database])
        return [int(pid) for (pid,) in cursor.fetchall()]
