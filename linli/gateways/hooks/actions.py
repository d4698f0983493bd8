"""Setting hooks up and stopping them, and sending what waits for them (回调)."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.gateways.hooks import guard, sending
from linli.gateways.hooks.following import follow_all
from linli.gateways.hooks.sending import PATIENCE, Outcome, Parcel, Target
from linli.gateways.models import Delivery, Hook, System
from linli.gateways.systems.access import may_connect
from linli.gateways.systems.actions import note
from linli.privacy import queries as privacy
from linli.record.actions import last_settled_entry

MOST_ATTEMPTS = 10
IN_ONE_ROUND = 20
# After so many failures in a row a target is left alone for a while.
PATIENT_FAILURES = 3
_LONGEST_REST = 60
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class HookMade:
    """A hook with the secret that is shown this once (新回调)."""

    hook: Hook
    secret: str


@transaction.atomic
def set_up(system: System, *, url: str, by: Actor, at: datetime) -> HookMade:
    """Tell a system from now on what happens, at an address of its own (设置回调)."""
    may_connect(by, path=system.place_path).require()
    guard.may_call(url).require()
    if Hook.objects.filter(system=system, url=url, ended_at=None).exists():
        raise Refused(Refusal("这个网址已经在用。", asked="回调", remedy="要换签名密钥，先停用再设置。"))
    secret = "whsec_" + b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    hook = Hook.objects.create(
        system=system, url=url, secret=secret, followed=last_settled_entry(), began_at=at
    )
    note(system, "set_up_hook", "设置回调", by=by, at=at, figures=(("网址", url),))
    return HookMade(hook, secret)


@transaction.atomic
def stop(hook: Hook, *, by: Actor, at: datetime) -> None:
    """Stop telling an address anything (停用回调)."""
    may_connect(by, path=hook.system.place_path).require()
    if Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=at):
        note(hook.system, "stop_hook", "停用回调", by=by, at=at, figures=(("网址", hook.url),))


@transaction.atomic
def send_again(hook: Hook, *, by: Actor, at: datetime) -> int:
    """Begin anew with what was given up, and wake a target that rests (重新投递)."""
    may_connect(by, path=hook.system.place_path).require()
    Hook.objects.filter(pk=hook.pk).update(failures=0, resting_until=None)
    again = Delivery.objects.filter(hook=hook, arrived_at=None).exclude(given_up_at=None)
    count = again.update(given_up_at=None, attempts=0, try_after=None)
    note(hook.system, "send_again", "重新投递", by=by, at=at, figures=(("件数", str(count)),))
    return count


def every_minute() -> None:
    """Read on in the record and send what waits: what the worker does each minute."""
    follow_all()
    send_waiting(at=now())


def every_day() -> None:
    """Forget what arrived long ago: what the worker does each day."""
    forget(before=privacy.kept_since("hook_delivery", at=now()))


def forget(*, before: datetime) -> int:
    """Remove what arrived before an instant; the record still tells what happened (清理投递)."""
    removed, _ = Delivery.objects.filter(arrived_at__lt=before).delete()
    return removed


def send_waiting(*, at: datetime, patience: float = PATIENCE) -> int:
    """Send one round of what waits for every hook that does not rest; return how many arrived (投递)."""
    hooks = Hook.objects.filter(ended_at=None, system__ended_at=None).exclude(resting_until__gt=at)
    targets = [target for hook in hooks if (target := _claimed(hook, at=at))]
    arrived = 0
    for hook, outcomes in sending.send_all(targets, at=at, patience=patience).items():
        arrived += _settle(hook, outcomes, at=at)
    return arrived


def _claimed(hook: Hook, *, at: datetime) -> Target | None:
    """Take what waits for a hook in order, and count the attempt before it is made."""
    waiting = Delivery.objects.filter(hook=hook, arrived_at=None, given_up_at=None).order_by("pk")
    first = waiting.first()
    if first is None or (first.try_after and first.try_after > at):
        return None
    parcels = tuple(
        Parcel(one.pk, f"{hook.pk}-{one.entry}", one.body)
        for one in waiting[:IN_ONE_ROUND]
        if _claim(one, at=at)
    )
    return Target(hook.pk, hook.url, hook.secret, parcels) if parcels else None


def _claim(one: Delivery, *, at: datetime) -> bool:
    fresh = Delivery.objects.filter(pk=one.pk, attempts=one.attempts, arrived_at=None)
    until = at + timedelta(minutes=2**one.attempts)
    return bool(fresh.update(attempts=one.attempts + 1, try_after=until))


@transaction.atomic
def _settle(hook: int, outcomes: Sequence[Outcome], *, at: datetime) -> int:
    good = [one.key for one in outcomes if not one.trouble]
    bad = next((one for one in outcomes if one.trouble), None)
    Delivery.objects.filter(pk__in=good).update(arrived_at=at, trouble="")
    # What stood behind the one that failed was claimed but not tried.
    tried = [one.key for one in outcomes]
    behind = Delivery.objects.filter(hook=hook, arrived_at=None, given_up_at=None, try_after__gt=at)
    behind.exclude(pk__in=tried).filter(attempts__gt=0).update(attempts=F("attempts") - 1, try_after=None)
    if bad is None:
        Hook.objects.filter(pk=hook).update(failures=0, resting_until=None)
    else:
        _note_trouble(hook, bad, at=at)
    return len(good)


def _note_trouble(hook: int, bad: Outcome, *, at: datetime) -> None:
    Delivery.objects.filter(pk=bad.key).update(trouble=bad.trouble)
    Delivery.objects.filter(pk=bad.key, attempts__gte=MOST_ATTEMPTS).update(given_up_at=at)
    mine = Hook.objects.filter(pk=hook)
    mine.update(failures=F("failures") + 1)
    if bad.is_gone:
        mine.filter(ended_at=None).update(ended_at=at)
    failures = mine.values_list("failures", flat=True)[0]
    if failures >= PATIENT_FAILURES:
        rest = timedelta(minutes=min(2 ** (failures - PATIENT_FAILURES + 1), _LONGEST_REST))
        mine.update(resting_until=at + rest)
