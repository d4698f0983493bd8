import os
import signal
import socket
import subprocess
import sys

import pytest

from linli.config import serve

WAITS = [sys.executable, "-c", "import signal; signal.pause()"]
ENDS = [sys.executable, "-c", ""]
PROGRAM = "import sys; from linli.config.serve import run; sys.exit(run({commands!r}, greeting='ready'))"


def started(*commands: list[str]) -> subprocess.Popen[str]:
    program = PROGRAM.format(commands=commands)
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "停止"])
def test_a_signal_stops_both_and_counts_as_well_done(asked: signal.Signals) -> None:
    tells = [sys.executable, "-c", "import os, signal; print(os.getpid(), flush=True); signal.pause()"]
    with started(tells, WAITS) as both:
        lines = {both.stdout.readline().strip(), both.stdout.readline().strip()}
        (child,) = lines - {"ready"}
        both.send_signal(asked)
        assert both.wait() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(child), 0)


def test_when_one_ends_by_itself_the_other_is_stopped_and_that_is_a_fault() -> None:
    with started(WAITS, ENDS) as both:
        assert both.wait() == 1
        assert "意外停止" in both.stderr.read()


def test_a_port_in_use_is_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        assert serve.main() == 1
    assert "已被占用" in capsys.readouterr().err


def test_a_wrong_port_is_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "八千")
    assert serve.main() == 1
    assert "环境变量 PORT" in capsys.readouterr().err
