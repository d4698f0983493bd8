"""Entering an outside app, and deciding what becomes of it, each on record (登记、处理)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.gateways.choices import Decision
from linli.gateways.models import OutsideApp
from linli.gateways.systems.access import may_connect
from linli.places.queries import Spot
from linli.record import actions as record


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an outside app (登记内容)."""

    name: str
    owner: str
    asks: str
    often: str
    minutes_a_week: int
    known_here: str
    basis: str = ""
    checks_in: bool = False
    gives_points: bool = False
    counts_online: bool = False
    wants_photos: bool = False


@transaction.atomic
def enter(facts: Facts, *, within: Spot, by: Actor, at: datetime) -> OutsideApp:
    """Enter an app that asks the grid workers of a place for data (登记)."""
    may_connect(by, path=within.path).require()
    if OutsideApp.objects.filter(place_id=within.id, name=facts.name).exists():
        raise Refused(
            Refusal(f"{within.name}已经登记过「{facts.name}」。", asked="登记", remedy="请去改原来的。")
        )
    app = OutsideApp.objects.create(
        place_id=within.id, place_path=within.path, entered_at=at, **_columns(facts)
    )
    _note(app, "enter_app", "登记", by=by, at=at, figures=_said(facts))
    return app


@transaction.atomic
def change(app: OutsideApp, facts: Facts, *, by: Actor, at: datetime) -> None:
    """Correct what is known of an app (更正)."""
    may_connect(by, path=app.place_path).require()
    OutsideApp.objects.filter(pk=app.pk).update(**_columns(facts))
    _note(app, "change_app", "更正", by=by, at=at, figures=_said(facts))


@transaction.atomic
def decide(app: OutsideApp, decision: Decision, *, reason: str, by: Actor, at: datetime) -> None:
    """Decide to keep an app, to merge or to stop it, and say why (处理意见)."""
    may_connect(by, path=app.place_path).require()
    if not reason.strip():
        raise Refused(Refusal("没有写理由。", asked="处理意见", remedy="写一两句为什么，主管单位要看。"))
    OutsideApp.objects.filter(pk=app.pk).update(decision=decision, reason=reason, decided_on=day_of(at))
    figures = (("意见", str(decision.label)), ("理由", reason))
    _note(app, "decide_app", "处理意见", by=by, at=at, figures=figures)


def chain_of(app: OutsideApp) -> str:
    """Name the chain of the record that an app has (记录链)."""
    return f"app-{app.pk}"


def _columns(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__slots__}


def _said(facts: Facts) -> tuple[tuple[str, str], ...]:
    return (("主管", facts.owner), ("每人每周", f"{facts.minutes_a_week} 分钟"))


def _note(
    app: OutsideApp, act: str, title: str, *, by: Actor, at: datetime,
    figures: tuple[tuple[str, str], ...],
) -> None:  # fmt: skip
    record.write(
        chain=chain_of(app), act=act, title=title, by=by.person_id,
        office=access.speaks_as(by, path=app.place_path), at=at, figures=(("应用", app.name), *figures),
    )  # fmt: skip
