"""Writing letters, and sending those that wait (寄信)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace

from linli.frame import compiled
from linli.frame.leaving import Leaving, NotSent
from linli.outbox.models import Channel, Letter
from linli.outbox.queries import MOST_ATTEMPTS
from linli.people.queries import addresses

BATCH = 100

_LEAVING = Leaving(Letter, among=f"channel = '{Channel.EMAIL.value}'", most_attempts=MOST_ATTEMPTS)


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
    """Send the e-mails that wait, each at most once; return how many went out (发信).

    Those of which nobody knows whether they left (``queries.unsure``) stand in the product in any case.
    """
    return _LEAVING.send(_deliver, at=at, most=BATCH)


def claim(*, at: datetime) -> Letter | None:
    """Take the next letter to be sent, which nobody else takes then, in one statement (取信)."""
    return _LEAVING.claim(at=at)


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


def _deliver(letter: Letter) -> None:
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.address]).send()
    except OSError as trouble:
        raise NotSent(type(trouble).__name__) from trouble
