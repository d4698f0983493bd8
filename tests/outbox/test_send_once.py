"""No e-mail leaves twice, whoever sends it and wherever they are stopped (寄信).

A worker that is killed is an exception nobody catches, between the mail server and the row.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection

from linli.outbox import actions, queries
from linli.outbox.actions import Draft
from tests import make
from tests.world import TUESDAY

LATER = TUESDAY + timedelta(days=3)
WORKERS, LETTERS = 4, 40


class Killed(BaseException):
    """A worker that ends at once, as by kill -9: nothing that stands after it is done."""


@pytest.fixture
def sends(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let a test say what becomes of the worker after an e-mail has left."""
    send = EmailMessage.send

    def set_out(then: BaseException | None, *, leaves: bool = True) -> None:
        def sent(message: EmailMessage, *args: Any) -> int:
            left = send(message, *args) if leaves else 0
            if then:
                raise then
            return left

        monkeypatch.setattr(EmailMessage, "send", sent)

    return set_out


def _post(count: int, *, at: datetime = TUESDAY) -> None:
    reader = make.person("李叔", email="li@example.invalid")
    for place in range(count):
        actions.write([Draft(reader.pk, f"第 {place} 封", "正文")], matter=None, at=at)


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_letter_once() -> None:
    _post(LETTERS)
    gate = Barrier(WORKERS)

    def work(_: int) -> int:
        try:
            connection.ensure_connection()
            gate.wait()
            return actions.send_waiting(at=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        sent = list(workers.map(work, range(WORKERS)))
    assert sum(sent) == LETTERS
    assert sorted(one.subject for one in mail.outbox) == sorted(f"第 {place} 封" for place in range(LETTERS))


@pytest.mark.django_db
def test_a_worker_killed_after_sending_leaves_no_second_letter(sends: Any) -> None:
    _post(2)
    sends(Killed())
    with pytest.raises(Killed):
        actions.send_waiting(at=TUESDAY)
    sends(None)
    assert actions.send_waiting(at=LATER) == 1
    assert sorted(one.subject for one in mail.outbox) == ["第 0 封", "第 1 封"]
    assert queries.unsure(before=LATER) == 1
    assert queries.waiting() == 0


@pytest.mark.django_db
def test_a_letter_that_nobody_can_send_does_not_hold_up_the_others(sends: Any) -> None:
    _post(1)
    sends(ValueError("no such header"), leaves=False)
    assert actions.send_waiting(at=TUESDAY) == 0
    _post(1, at=LATER)
    sends(None)
    assert actions.send_waiting(at=LATER) == 1
    assert queries.given_up() == 1


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL scans a small table whatever its indexes"
)
def test_the_next_letter_is_found_without_looking_at_those_that_left() -> None:
    _post(1)
    with connection.cursor() as cursor:
        said = actions._LEAVING.statement().replace("%s", "'0'")
        cursor.execute("EXPLAIN QUERY PLAN" + said)
        assert "letters_waiting" in str(cursor.fetchall())
