"""Who is at the door: the actor behind a request (行为人)."""

from typing import Any

from django.http import HttpRequest

from linli.bodies import queries
from linli.bodies.actor import NOBODY, Actor
from linli.frame.clock import today


def actor_of(request: HttpRequest) -> Actor:
    """Return who makes a request, with the offices held today; loaded once a request.

    Somebody whose starting password still stands is nobody yet: another person has seen it.
    """
    kept: dict[str, Any] = request.__dict__
    if "actor" not in kept:
        kept["actor"] = _load(request)
    actor: Actor = kept["actor"]
    return actor


def trade_of(request: HttpRequest) -> str:
    """Return the trade that whoever signed in said they work in (行业); it came with the account."""
    account: Any = request.user
    return str(account.person.trade) if actor_of(request).person_id else ""


def _load(request: HttpRequest) -> Actor:
    account: Any = request.user
    if not account.is_authenticated or account.must_change_password:
        return NOBODY
    return queries.actor(
        person_id=account.person_id,
        name=account.person.name,
        on=today(),
        runs_site=account.runs_site,
    )
