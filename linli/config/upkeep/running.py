"""Who is at work in a home folder: nobody pulls the database from under a running site (运行锁)."""

from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path

from linli.config.upkeep.trouble import Trouble

_LOCK = "running.lock"


@contextmanager
def at_work(home: Path) -> Iterator[None]:
    """Hold the sign of work on a home folder; several may work at once."""
    with (home / _LOCK).open("w") as lock:
        flock(lock, LOCK_SH)
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Keep a home folder to oneself; raises ``Trouble`` while a site runs in it."""
    with (home / _LOCK).open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            raise Trouble(f"{home} 里的站点正在运行。请先停止它（Ctrl-C 或停掉服务），再恢复。") from error
        yield
