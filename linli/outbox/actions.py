"""Writing letters, and sending those that wait (寄信)."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Replace

from linli.frame import compiled
from linli.frame.compiled import Change, Question
from linli.outbox.models import Channel, Letter
from linli.outbox.queries import MOST_ATTEMPTS
from linli.people.queries import addresses

BATCH = 100

_LOG = logging.getLogger(__name__)
_CLAIM = """
    UPDATE {table} SET claimed_at = %s, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM {table}
        WHERE channel = %s AND sent_at IS NULL AND claimed_at IS NULL
          AND attempts < %s AND (try_after IS NULL OR try_after <= %s)
        ORDER BY try_after, id LIMIT 1 {lock}
    )
    RETURNING id
"""
_OF_ID = Question(lambda number: Letter.objects.filter(pk=number))
_LETTER = Change(lambda number: Letter.objects.filter(pk=number))


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is written out (信稿); ``address`` is empty if there is none, None if unknown."""

    to: int
    subject: str
    body: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The letters that one act leaves behind (一叠信)."""

    drafts: tuple[Draft, ...]
    matter: int | None
    at: datetime


def write(drafts: Sequence[Draft], *, matter: int | None, at: datetime) -> None:
    """Put letters into the outbox, in the product and, where an address is known, by e-mail (写信)."""
    write_all([Sheaf(tuple(drafts), matter=matter, at=at)])


def write_all(sheaves: Sequence[Sheaf]) -> None:
    """Put the letters of many matters into the outbox in one statement (批量写信)."""
    drafts = [draft for sheaf in sheaves for draft in sheaf.drafts]
    unknown = {draft.to for draft in drafts if draft.address is None}
    mail = (addresses(unknown) if unknown else {}) | {one.to: one.address for one in drafts if one.address}
    letters = [letter for sheaf in sheaves for letter in _letters(sheaf, mail)]
    if letters:
        compiled.insert(letters)


def send_waiting(*, at: datetime) -> int:
    """Send the e-mails that wait; return how many went out (发信).

    An e-mail leaves at most once: whoever sends it claims it first, and what a killed worker had claimed is
    never claimed again, for nobody knows whether it left (``queries.unsure``). The same words stand in the
    product in any case. What the mail server refuses did not leave, and is tried again later.
    """
    sent = 0
    for _ in range(BATCH):
        letter = claim(at=at)
        if letter is None:
            break
        sent += _send(letter, at=at)
    return sent


def claim(*, at: datetime) -> Letter | None:
    """Take the next letter to be sent, which nobody else takes then, in one statement (取信)."""
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    instant = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM.format(table=Letter._meta.db_table, lock=lock),
            [instant, Channel.EMAIL.value, MOST_ATTEMPTS, instant],
        )
        found = cursor.fetchone()
    return _OF_ID.first(number=found[0]) if found else None


@transaction.atomic
def mark_read(*, to: int, at: datetime) -> None:
    """Note that a person has seen their letters (已读)."""
    Letter.objects.filter(to_id=to, channel=Channel.INSIDE, read_at=None).update(read_at=at)


def forget_addresses(*, before: datetime) -> int:
    """Take the address off every letter that left before an instant (删除收件地址)."""
    return Letter.objects.filter(sent_at__lt=before, address__empty=False).update(address="")


def reword(*, matter: int, was: str, now: str) -> None:
    """Put another title into the letters about a matter (改写标题)."""
    for column in ("subject", "body"):
        said = Replace(column, Value(was), Value(now))
        Letter.objects.filter(matter=matter, **{f"{column}__contains": was}).update(**{column: said})


def forget(*, to: int) -> int:
    """Remove every letter to a person (删除信件)."""
    removed, _ = Letter.objects.filter(to_id=to).delete()
    return removed


def _letters(sheaf: Sheaf, mail: Mapping[int, str]) -> Iterator[Letter]:
    for draft in sheaf.drafts:
        yield _letter(draft, sheaf.matter, sheaf.at, Channel.INSIDE, "")
    for draft in sheaf.drafts:
        if draft.to in mail:
            yield _letter(draft, sheaf.matter, sheaf.at, Channel.EMAIL, mail[draft.to])


def _letter(draft: Draft, matter: int | None, at: datetime, channel: Channel, address: str) -> Letter:
    inside = channel == Channel.INSIDE
    return Letter(
        to_id=draft.to,
        channel=channel,
        address=address,
        matter=matter,
        subject=draft.subject,
        body=draft.body,
        written_at=at,
        sent_at=at if inside else None,
    )


def _send(letter: Letter, *, at: datetime) -> bool:
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.address]).send()
    except OSError as trouble:
        _put_back(letter, trouble, try_after=at + timedelta(minutes=2 ** (letter.attempts - 1)))
        return False
    except Exception as trouble:  # noqa: BLE001  (no other try would end better; those behind it must not wait)
        _LOG.exception("Letter %d cannot be sent", letter.pk)
        _put_back(letter, trouble, attempts=MOST_ATTEMPTS)
        return False
    _LETTER.make({"sent_at": at, "trouble": ""}, number=letter.pk)
    return True


def _put_back(letter: Letter, trouble: Exception, **columns: object) -> None:
    """Say that a letter did not leave, and when to try again, if ever."""
    _LETTER.make({"claimed_at": None, "trouble": type(trouble).__name__, **columns}, number=letter.pk)
