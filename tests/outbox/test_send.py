"""Letters reach people in the product at once, and by e-mail once and only once (寄信)."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import EmailMessage

from linli.outbox import actions, queries
from linli.outbox.actions import Draft
from tests import make
from tests.world import TUESDAY

pytestmark = pytest.mark.django_db
LETTER = ("已收到：井盖破损", "编号 XXL-2026-000001。")


def test_who_gave_no_address_reads_it_in_the_product(mailoutbox: list[EmailMessage]) -> None:
    reader = make.person("王婶")
    actions.write([Draft(reader.pk, *LETTER)], matter=None, at=TUESDAY)
    assert actions.send_waiting(at=TUESDAY) == 0
    assert [letter.subject for letter in queries.inside(to=reader.pk)] == [LETTER[0]]
    assert mailoutbox == []


def test_an_address_gets_it_once_however_often_the_worker_looks(mailoutbox: list[EmailMessage]) -> None:
    reader = make.person("李叔", email="li@example.invalid")
    actions.write([Draft(reader.pk, *LETTER)], matter=None, at=TUESDAY)
    assert [actions.send_waiting(at=TUESDAY) for _ in range(3)] == [1, 0, 0]
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["li@example.invalid"], LETTER[0])]


def test_a_server_that_hangs_up_is_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    reader = make.person("李叔", email="li@example.invalid")
    actions.write([Draft(reader.pk, *LETTER)], matter=None, at=TUESDAY)

    def hang_up(*_: Any) -> None:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", hang_up)
        assert actions.send_waiting(at=TUESDAY) == 0
    assert actions.send_waiting(at=TUESDAY) == 0
    assert actions.send_waiting(at=TUESDAY + timedelta(hours=1)) == 1
    assert len(mailoutbox) == 1


def test_letters_are_unread_until_they_were_looked_at() -> None:
    reader = make.person("王婶")
    actions.write([Draft(reader.pk, *LETTER)] * 2, matter=None, at=TUESDAY)
    assert queries.unread(to=reader.pk) == 2
    actions.mark_read(to=reader.pk, at=TUESDAY)
    assert queries.unread(to=reader.pk) == 0
