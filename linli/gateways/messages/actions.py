"""Setting carriers up, choosing one, and sending letters through them (外发消息)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from linli.bodies import access as offices
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.masking import mask_text
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of, now
from linli.frame.leaving import Leaving, NotSent
from linli.gateways.choices import Carried
from linli.gateways.messages import carrying, queries
from linli.gateways.messages.queries import MOST_ATTEMPTS
from linli.gateways.models import Carrier, Message, Reaching
from linli.gateways.systems.access import may_connect
from linli.matters import queries as matters
from linli.outbox import queries as outbox
from linli.people import queries as people
from linli.places.queries import Spot
from linli.record import actions as record

if TYPE_CHECKING:
    from linli.outbox.models import Letter

BATCH = 50
_OPEN = "carrier_id IN (SELECT id FROM gateways_carrier WHERE ended_at IS NULL)"
_LEAVING = Leaving(Message, among=_OPEN, most_attempts=MOST_ATTEMPTS)
# A letter older than this is news no more: nobody is woken by it after a long stop.
_FRESH = timedelta(hours=1)


@transaction.atomic
def set_up(kind: Carried, url: str, *, within: Spot, by: Actor, at: datetime) -> Carrier:
    """Let a place send letters by one more way; the one before ends (设置通道)."""
    may_connect(by, path=within.path).require()
    carrying.may_carry(kind, url).require()
    Carrier.objects.filter(place_id=within.id, kind=kind, ended_at=None).update(ended_at=at)
    carrier = Carrier.objects.create(
        place_id=within.id, place_path=within.path, kind=kind, url=url.strip(), made_at=at
    )
    _note(carrier, "set_up_carrier", "设置消息通道", by=by, at=at)
    return carrier


@transaction.atomic
def stop(carrier: Carrier, *, by: Actor, at: datetime) -> None:
    """Send nothing more through a carrier (停用通道)."""
    may_connect(by, path=carrier.place_path).require()
    if Carrier.objects.filter(pk=carrier.pk, ended_at=None).update(ended_at=at):
        _note(carrier, "stop_carrier", "停用消息通道", by=by, at=at)


def choose(kind: str, *, by: Actor, path: str) -> None:
    """Choose how to be reached besides the product; an empty kind ends it (选收信方式)."""
    if by.person_id is None:
        return
    if not kind:
        Reaching.objects.filter(person_id=by.person_id).delete()
        return
    if kind not in queries.serving(path):
        remedy = "请换一种，或者请管理员设置。"
        raise Refused(Refusal("您所在的地方没有这种通道。", asked="收信方式", remedy=remedy))
    Reaching.objects.update_or_create(person_id=by.person_id, defaults={"kind": kind})


def path_of(person: int, *, at: datetime) -> str:
    """Return the place where somebody works, or else lives; empty when nobody knows."""
    actor = bodies.actor(person_id=person, name="", on=day_of(at))
    if actor.offices:
        return actor.offices[0].place_path
    found = people.of_id(person)
    home = found.lives_at if found else None
    return home.path if home else ""


def every_minute() -> None:
    """Copy out fresh letters and send what waits: what the worker does each minute."""
    copy_out(at=now())
    send_waiting(at=now())


def copy_out(*, at: datetime) -> int:
    """Write a message for each fresh letter to somebody who wants one; none for the same letter twice."""
    reached = queries.reached()
    if not reached:
        return 0
    fresh = list(outbox.written_since(at - _FRESH, to=tuple(reached)))
    known = queries.copied([letter.pk for letter in fresh])
    drafts = list(_messages([one for one in fresh if one.pk not in known], reached, at=at))
    Message.objects.bulk_create(drafts, ignore_conflicts=True)
    return len(drafts)


def send_waiting(*, at: datetime) -> int:
    """Send the messages that wait, each at most once; return how many went out (发送)."""
    return _LEAVING.send(_deliver, at=at, most=BATCH)


def _messages(letters: "Sequence[Letter]", reached: dict[int, Carried], *, at: datetime) -> Iterator[Message]:
    paths = {person: path_of(person, at=at) for person in {letter.to_id for letter in letters}}
    serving = {path: queries.serving(path) for path in set(paths.values()) if path}
    numbers = matters.numbers([letter.matter for letter in letters if letter.matter])
    for letter in letters:
        kind = reached[letter.to_id]
        carrier = serving.get(paths[letter.to_id], {}).get(kind)
        if carrier and (letter.to.phone or kind is not Carried.SMS):
            yield _message(letter, carrier, number=numbers.get(letter.matter or 0, ""))


def _message(letter: "Letter", carrier: Carrier, *, number: str) -> Message:
    """Say no more than what it is about and where to read it: a group reads along, a phone lies open."""
    numbered = f"编号 {number}。" if number else ""
    text = f"{mask_text(letter.subject)}。{numbered}请到 {settings.ORIGIN}/letters/ 看。"
    same = f"{letter.matter} {letter.subject} {letter.written_at.isoformat()}"
    key = "" if carrier.kind == Carried.SMS else sha256(same.encode()).hexdigest()
    return Message(letter=letter, carrier=carrier, text=text, group_key=key, written_at=letter.written_at)


def _deliver(message: Message) -> None:
    carrying.carry(message.carrier.url, message.text, phone=_phone_of(message))


def _phone_of(message: Message) -> str:
    """Return the number as it is known when the message leaves; a robot of a group needs none."""
    if message.carrier.kind != Carried.SMS:
        return ""
    phone: str = message.letter.to.phone
    if not phone:
        raise NotSent("收信人没有电话")
    return phone


def _note(carrier: Carrier, act: str, title: str, *, by: Actor, at: datetime) -> None:
    record.write(
        chain=f"carrier-{carrier.pk}", act=act, title=title, by=by.person_id,
        office=offices.speaks_as(by, path=carrier.place_path), at=at,
        figures=(("方式", str(Carried(carrier.kind).label)), ("范围", carrier.place.name)),
    )  # fmt: skip
