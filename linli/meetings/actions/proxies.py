"""Registering the written proxies of a meeting, and how they end (委托)."""

from collections.abc import Collection

from django.db import transaction

from linli.core.eligibility import may_hold
from linli.core.forum import Proxies
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.meetings import queries
from linli.meetings.access import Hall
from linli.meetings.actions.noting import Figures, note, turned
from linli.meetings.models import Ended, Seat, SeatProxy

_ACT = "登记委托"


@transaction.atomic
def register(hall: Hall, key: str, *, holder: str, paper: str, candidates: Collection[int] = ()) -> SeatProxy:
    """Register a written proxy, after which its holder stands for the giver (登记委托, RC-19, O-10).

    Giver and holder are keys of seats. Raises ``Refused`` where the forum knows no proxies, beyond the most
    that one may hold, for one of the ``candidates``, and without the paper.
    """
    _require_time(hall)
    giver, taker = _entitled(hall, key), _entitled(hall, holder)
    person = _person(hall, taker)
    _require_sense(hall, giver, taker, person=person, paper=paper)
    rule, held = _rule(hall), queries.held(hall.meeting, person=person)
    may_hold(rule, held=held, is_candidate=person in candidates).require()
    Seat.objects.filter(pk=giver.pk).update(held_by=taker)
    proxy = SeatProxy.objects.create(
        seat=giver, holder_id=person, paper=paper.strip(), noted_by_id=hall.actor.person_id, noted_at=hall.at
    )
    said = f"{giver.name}委托{taker.name}"
    figures = (("书面凭据", proxy.paper), ("受托人已受委托", f"{held + 1} 人"))
    _note(hall, "register_proxy", "登记委托", words=said, figures=figures)
    return proxy


@transaction.atomic
def withdraw(hall: Hall, key: str) -> None:
    """Take a proxy back before or between the votes (撤销委托)."""
    _require_time(hall)
    giver = queries.seat(hall.meeting, key)
    if giver is None or giver.held_by_id is None:
        raise Refused(
            Refusal("他没有登记过委托。", clause=_rule(hall).clause, remedy="请核对名册。", asked="撤销委托")
        )
    _end(giver, Ended.WITHDRAWN, hall)
    _note(hall, "withdraw_proxy", "撤销委托", words=giver.name)


def end_by_coming(hall: Hall, seat: Seat) -> None:
    """End the proxy of somebody who has come themselves, if they gave one (本人到会)."""
    if seat.held_by_id is None:
        return
    _end(seat, Ended.CAME, hall)
    _note(hall, "end_proxy", "委托终止", words=f"{seat.name}本人到会")


def _end(seat: Seat, how: Ended, hall: Hall) -> None:
    SeatProxy.objects.filter(seat=seat, ended_at=None).update(ended=how, ended_at=hall.at)
    Seat.objects.filter(pk=seat.pk).update(held_by=None)
    seat.held_by = None


def _rule(hall: Hall) -> Proxies:
    """Return what the forum says of proxies; where it says nothing, everybody comes themselves."""
    return hall.forum.proxies or Proxies(0, hall.forum.clause)


def _require_time(hall: Hall) -> None:
    hall.require_running()
    if hall.meeting.is_over:
        hall.require_open()
    if hall.put is not None:
        raise Refused(
            Refusal(
                "动议已经付表决：谁能投票已经定了。",
                clause=_rule(hall).clause,
                remedy="等报出结果，再登记或者撤销委托。",
                asked=_ACT,
            )
        )


def _entitled(hall: Hall, key: str) -> Seat:
    found = queries.seat(hall.meeting, key)
    if found is None or not found.is_entitled:
        raise Refused(
            Refusal(
                f"{found.name if found else '这个人'}在这次会议没有表决权：不能委托，也不能受托。",
                clause=_rule(hall).clause,
                remedy="请从名册里有表决权的人中选。",
                asked=_ACT,
            )
        )
    return found


def _person(hall: Hall, taker: Seat) -> int:
    found = queries.person_in(hall.meeting, taker.key)
    if found is None:
        raise Refused(
            Refusal(
                f"{taker.name}没有登记个人信息，不能受托。",
                clause=_rule(hall).clause,
                remedy="请先登记，或者委托别人。",
                asked=_ACT,
            )
        )
    return found


def _require_sense(hall: Hall, giver: Seat, taker: Seat, *, person: int, paper: str) -> None:
    troubles = (
        (not paper.strip(), "委托要有书面凭据。", "写明委托书的日期和存放处。"),
        (giver.is_present, f"{giver.name}已经到会，不用委托。", "请本人表决。"),
        (giver.held_by_id is not None, f"{giver.name}已经委托过。", "要换人，请先撤销原来的委托。"),
        (giver.holds.exists(), f"{giver.name}自己受别人委托，不能再转委托。", "请先撤销别人给他的委托。"),
        (taker.held_by_id is not None, f"{taker.name}自己也委托了别人。", "请委托别人。"),
        (
            giver.pk == taker.pk or giver.sitters.filter(person_id=person).exists(),
            "受托人本来就可以替他表决，不用委托。",
            "请受托人替他签到。",
        ),
    )
    for is_so, sentence, remedy in troubles:
        if is_so:
            raise Refused(Refusal(sentence, clause=_rule(hall).clause, remedy=remedy, asked=_ACT))


def _note(hall: Hall, act: str, title: str, *, words: str, figures: Figures = ()) -> None:
    turned(hall.meeting)
    clause = _rule(hall).clause
    note(hall.meeting, act, title, by=hall.actor, at=hall.at, clause=clause, figures=figures, words=words)
