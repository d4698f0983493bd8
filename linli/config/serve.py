"""Web and worker together, started and stopped as one (启动)."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from linli.config import env
from linli.config.upkeep.running import at_work
from linli.pack.complaint import PackError
from linli.pack.shelf import read_shelf

_GRACE_SECONDS = 30
_ANY_ADDRESS = "0.0.0.0"  # noqa: S104  (compared with, not bound to)


def main() -> int:
    """Start web and worker; answer 0 after a signal, 1 when they could not start or one ended by itself."""
    try:
        host = env.text("LINLI_BIND", default="127.0.0.1")
        port = env.number("PORT", default=8000, least=1)
        commands = (_web(host, port), _worker())
        read_shelf(settings.PACKS)
    except ImproperlyConfigured as complaint:
        return _complain(str(complaint))
    except PackError as error:
        return _complain(f"{error}\n方法包有 {len(error.complaints)} 处错，改好再启动。")
    if not _is_free(host, port):
        return _complain(f"端口 {port} 已被占用。请关掉占用它的程序，或换一个端口：PORT={port + 1} make run")
    shown = "127.0.0.1" if host == _ANY_ADDRESS else host
    origin = env.origin("LINLI_ORIGIN", default=f"http://{shown}:{port}")
    with at_work(settings.HOME):
        return run(commands, greeting=f"邻里已启动，请打开 {origin} ，按 Ctrl-C 停止。")


def run(commands: Sequence[list[str]], *, greeting: str) -> int:
    """Run the commands side by side until a signal comes (0) or one of them ends (1); leave none running."""
    # A shell starts what it puts in the background deaf to Ctrl-C, so both are asked for by name.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    started: list[subprocess.Popen[bytes]] = []
    try:
        # In their own sessions, so that Ctrl-C reaches this process alone and the order of stopping is ours.
        started.extend(subprocess.Popen(command, start_new_session=True) for command in commands)  # noqa: S603  (our own words)
        print(greeting, flush=True)
        os.wait()
    except KeyboardInterrupt:
        return 0
    else:
        return _complain("网页或后台任务意外停止，已全部停下。上面的日志说明了原因。")
    finally:
        _stop(started)


def _web(host: str, port: int) -> list[str]:
    processes = env.number("LINLI_WEB_PROCESSES", default=2, least=1)
    threads = env.number("LINLI_WEB_THREADS", default=4, least=1)
    return [
        *(sys.executable, "-m", "granian", "linli.config.wsgi:application", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--log-level", "warning", "--respawn-failed-workers"),
        *("--workers", str(processes), "--blocking-threads", str(threads)),
        *("--workers-kill-timeout", str(_GRACE_SECONDS // 2)),
    ]


def _worker() -> list[str]:
    return [sys.executable, "-m", "linli.config.cli", "worker"]


def _stop(started: Sequence[subprocess.Popen[bytes]]) -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    for process in started:
        process.terminate()
    for process in started:
        try:
            process.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1
