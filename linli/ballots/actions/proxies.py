"""Registering written proxies, and taking them back (委托)."""

from datetime import datetime

from django.db import transaction

from linli.ballots import access, queries
from linli.ballots.actions.casting import note, require_open
from linli.ballots.choices import How
from linli.ballots.models import Ballot, Elector, Hand, Proxy
from linli.bodies.actor import Actor
from linli.core.eligibility import may_hold
from linli.core.refusal import Refusal
from linli.core.verdict import Refused


@transaction.atomic
def register(elector: Elector, *, holder: int, paper: str, by: Actor, at: datetime) -> Proxy:
    """Register a written proxy, after which only its holder may vote for the giver (登记委托, RC-19, O-10).

    Raises ``Refused`` beyond the most that one may hold, for a candidate, and without the paper.
    """
    access.may_see_to(by, elector.ballot).require()
    ballot = _held(elector)
    require_open(ballot, at=max(at, ballot.opens_at))
    _require_whole(elector, holder=holder, paper=paper)
    is_candidate = holder in ballot.slip.candidates
    held = queries.held(ballot, person=holder)
    may_hold(ballot.proxies_allowed, held=held, is_candidate=is_candidate).require()
    changed = Elector.objects.filter(pk=elector.pk, how=How.NOT_YET, held_by=None).update(held_by_id=holder)
    if not changed:
        raise Refused(
            Refusal(f"{elector.name}已经投过票，或者已经委托过。", clause=ballot.clause, asked="登记委托")
        )
    Hand.objects.get_or_create(elector=elector, person_id=holder)
    proxy = Proxy.objects.create(
        elector=elector, holder_id=holder, paper=paper.strip(), noted_by_id=by.person_id, noted_at=at
    )
    note(ballot, "register_proxy", "登记委托", by=by, at=at, figures=_figures(elector, held + 1))
    return proxy


@transaction.atomic
def withdraw(proxy: Proxy, *, by: Actor, at: datetime) -> None:
    """Take a proxy back, as long as it was not used (撤回委托)."""
    access.may_see_to(by, proxy.elector.ballot).require()
    ballot = _held(proxy.elector)
    freed = Elector.objects.filter(pk=proxy.elector_id, how=How.NOT_YET).update(held_by=None)
    if not freed or proxy.withdrawn_at is not None:
        raise Refused(Refusal("受托人已经投了票，委托不能再撤回。", clause=ballot.clause, asked="撤回委托"))
    Hand.objects.filter(elector=proxy.elector_id, person_id=proxy.holder_id).delete()
    Proxy.objects.filter(pk=proxy.pk).update(withdrawn_at=at)
    note(ballot, "withdraw_proxy", "撤回委托", by=by, at=at, figures=(("名册序号", str(proxy.elector_id)),))


def _held(elector: Elector) -> Ballot:
    """Hold the ballot, so that two proxies for one holder are counted one after the other."""
    return Ballot.objects.select_for_update().get(pk=elector.ballot_id)


def _require_whole(elector: Elector, *, holder: int, paper: str) -> None:
    clause = elector.ballot.clause
    if not paper.strip():
        raise Refused(
            Refusal(
                "委托要有书面凭据。", clause=clause, remedy="写明委托书的日期和存放处。", asked="登记委托"
            )
        )
    if Hand.objects.filter(elector=elector, person_id=holder).exists():
        raise Refused(Refusal("受托人本来就可以替他投票，不用委托。", clause=clause, asked="登记委托"))


def _figures(elector: Elector, held: int) -> tuple[tuple[str, str], ...]:
    return (("名册序号", str(elector.pk)), ("受托人已受委托", f"{held} 人"))
