"""Connecting an outside system, giving it keys and taking them away, each on record (对接)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.gateways.models import Key, System
from linli.gateways.systems import keys
from linli.gateways.systems.access import may_connect
from linli.places.queries import Spot
from linli.record import actions as record

# While a new key is carried over, the old one still opens the door.
OVERLAP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a system may do, and why (对接条件)."""

    name: str
    owner: str
    reads: bool = False
    writes: bool = False
    hands_over: bool = False
    way: str = "system"
    purpose: str = ""
    most_a_minute: int = 120


@dataclass(frozen=True, slots=True)
class Connected:
    """A system with the key that is shown this once (已接入)."""

    system: System
    key: str


@transaction.atomic
def connect(terms: Terms, *, within: Spot, lasts: timedelta, by: Actor, at: datetime) -> Connected:
    """Connect a system to a place and draw its first key (接入)."""
    may_connect(by, path=within.path).require()
    if System.objects.filter(place_id=within.id, name=terms.name).exists():
        raise Refused(
            Refusal(
                f"{within.name}已经有「{terms.name}」。", asked="接入", remedy="换一个名称，或者去改原来的。"
            )
        )
    system = System.objects.create(
        place_id=within.id, place_path=within.path, pack=within.pack, connected_at=at, **_columns(terms)
    )
    note(system, "connect", "接入", by=by, at=at, figures=_said(terms))
    return Connected(system, _draw(system, lasts=lasts, at=at))


@transaction.atomic
def change(system: System, terms: Terms, *, by: Actor, at: datetime) -> None:
    """Change what a system may do (变更)."""
    may_connect(by, path=system.place_path).require()
    System.objects.filter(pk=system.pk).update(**_columns(terms))
    note(system, "change", "变更", by=by, at=at, figures=_said(terms))


@transaction.atomic
def rotate(system: System, *, lasts: timedelta, by: Actor, at: datetime) -> str:
    """Draw a new key; the old ones open the door a few days more, so that nobody is cut off (换密钥)."""
    may_connect(by, path=system.place_path).require()
    _require_open(system)
    until = at + OVERLAP
    Key.objects.filter(system=system, revoked_at=None, expires_at__gt=until).update(expires_at=until)
    shown = _draw(system, lasts=lasts, at=at)
    note(system, "rotate", "换密钥", by=by, at=at, figures=(("新密钥开头", keys.prefix_of(shown)),))
    return shown


@transaction.atomic
def revoke(system: System, *, prefix: str, by: Actor, at: datetime) -> None:
    """Close the door to one key at once (作废密钥)."""
    may_connect(by, path=system.place_path).require()
    if Key.objects.filter(system=system, prefix=prefix, revoked_at=None).update(revoked_at=at):
        note(system, "revoke", "作废密钥", by=by, at=at, figures=(("密钥开头", prefix),))


@transaction.atomic
def end(system: System, *, by: Actor, at: datetime) -> None:
    """Disconnect a system: all its keys are void, what it brought stays (停用)."""
    may_connect(by, path=system.place_path).require()
    _require_open(system)
    Key.objects.filter(system=system, revoked_at=None).update(revoked_at=at)
    System.objects.filter(pk=system.pk).update(ended_at=at)
    note(system, "disconnect", "停用", by=by, at=at)


def chain_of(system: System) -> str:
    """Name the chain of the record that a system has (记录链)."""
    return f"system-{system.pk}"


def reading_chain(system: System, *, on: date) -> str:
    """Name the chain of the record on which a day's readings of personal data stand (读取记录)."""
    return f"{chain_of(system)}-{on:%Y%m%d}"


def note_reading(system: System, *, number: str, at: datetime) -> None:
    """Put on record that a system read personal data of a matter (读取个人信息), 个人信息保护法 art. 54."""
    record.write(
        chain=reading_chain(system, on=day_of(at)), act="read_personal", title="读取个人信息", by=None,
        office=f"{system.name} 对接系统", at=at, figures=(("事项", number), ("目的", system.purpose)),
    )  # fmt: skip


def note(
    system: System, act: str, title: str, *, by: Actor, at: datetime,
    figures: tuple[tuple[str, str], ...] = (),
) -> None:  # fmt: skip
    """Put on record what was done to a system (留痕)."""
    record.write(
        chain=chain_of(system), act=act, title=title, by=by.person_id,
        office=access.speaks_as(by, path=system.place_path), at=at,
        figures=(("系统", system.name), *figures),
    )  # fmt: skip


def _draw(system: System, *, lasts: timedelta, at: datetime) -> str:
    drawn = keys.draw()
    Key.objects.create(
        system=system, prefix=drawn.prefix, digest=drawn.digest, made_at=at, expires_at=at + lasts
    )
    return drawn.shown


def _require_open(system: System) -> None:
    # Held until the transaction ends: no key may be drawn while somebody disconnects the system.
    if not System.objects.select_for_update().filter(pk=system.pk, ended_at=None).exists():
        raise Refused(Refusal("这个系统已经停用。", asked="对接", remedy="需要时重新接入。"))


def _columns(terms: Terms) -> dict[str, object]:
    return {name: getattr(terms, name) for name in terms.__slots__}


def _said(terms: Terms) -> tuple[tuple[str, str], ...]:
    may = (("读事项", terms.reads), ("报事项", terms.writes), ("热线转办", terms.hands_over))
    doors = "、".join(name for name, is_open in may if is_open) or "无"
    return (
        ("接口", doors),
        ("个人信息目的", terms.purpose or "不提供"),
        ("每分钟", f"{terms.most_a_minute} 次"),
    )
