"""From a need to confirmed minutes: ask, send out, take, come, go, confirm (点单、派单、接单)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core import matching
from linli.core.clause import Clause
from linli.core.matching import Skill
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict
from linli.frame.clock import day_of
from linli.matters.numbering import next_number
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.places.queries import Spot
from linli.record import actions as record
from linli.rulebook import queries as rulebook
from linli.timebank import access, queries
from linli.timebank.models import Need, Service, Stage, Volunteer

_SERIES = "V"
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody needs; ``recipient`` is who is to be helped, when staff write it down for them (点单)."""

    spots: tuple[Spot, ...]
    words: str
    skill: Skill
    starts_at: datetime
    ends_at: datetime
    wanted: int = 1
    is_heavy: bool = False
    is_dangerous: bool = False
    recipient: int | None = None
    contact_name: str = ""
    contact_phone: str = ""


@transaction.atomic
def ask(told: Asked, *, by: Actor, at: datetime) -> Need:
    """Write down what somebody needs: for oneself, or by staff for somebody who told them (点单)."""
    place = told.spots[-1]
    edition = rulebook.current(place.pack)
    by_staff = access.sends(by, path=place.path, pack=place.pack)
    _is_whole(told, by_staff=by_staff, by=by, at=at)
    need = Need.objects.create(
        number=next_number(f"{edition.number_prefix}-{_SERIES}", year=day_of(at).year),
        place_id=place.id, place_path=place.path, words=told.words.strip(), skill=told.skill.value,
        starts_at=told.starts_at, ends_at=told.ends_at, wanted=told.wanted,
        is_heavy=told.is_heavy, is_dangerous=told.is_dangerous,
        recipient_id=told.recipient if by_staff else by.person_id,
        contact_name=told.contact_name.strip(), contact_phone=told.contact_phone.strip(), asked_at=at,
    )  # fmt: skip
    _note(need, "ask_help", "点单", by=by, at=at)
    return need


@transaction.atomic
def send(number: str, volunteer: int, *, by: Actor, at: datetime) -> Service:
    """Ask a volunteer whom a need fits; nothing binds them until they say yes (派单)."""
    need = _open(number)
    access.may_send(by, need).require()
    _fits(need, volunteer).require()
    if queries.service(need, volunteer) is not None:
        raise Refused(Refusal("已经问过这位志愿者。", remedy="请等答复，或者问别的志愿者。", asked="派单"))
    service = Service.objects.create(need=need, volunteer_id=volunteer, asked_at=at)
    _note(need, "send_help", "派单", by=by, at=at, clause=queries.rules().fit)
    words = f"编号 {need.number}。接不接由您自己决定，请答复。"
    outbox.write([Draft(volunteer, "社区请您帮忙", words)], matter=None, at=at)
    return service


@transaction.atomic
def answer(
    number: str,
    *,
    takes: bool,
    by: Actor,
    at: datetime,
    volunteer: int | None = None,
    was_asked: bool = False,
) -> Service:
    """Take or decline a need: oneself, asked or not; staff only what the volunteer told them (接单).

    ``was_asked`` says that staff asked the ``volunteer`` and were told so.
    """
    need, who = _open(number), volunteer or by.person_id or 0
    if who != by.person_id:
        access.may_send(by, need).require()
        matching.may_bind(is_own_wish=was_asked, rules=queries.rules()).require()
    known = queries.service(need, who)
    if known is not None and known.stage != Stage.ASKED:
        raise Refused(Refusal(f"这一单{known.get_stage_display()}，不用再答复。", asked="接单"))
    if takes:
        _fits(need, who).require()
        if not queries.seats_left(need):
            raise Refused(Refusal("人已经够了。", remedy="谢谢您，请看看别的需求。", asked="接单"))
    service = known or Service(need=need, volunteer_id=who)
    service.stage, service.answered_at = Stage.TAKEN if takes else Stage.DECLINED, at
    service.save()
    title = "接单" if takes else "谢绝"
    _note(need, "take_help" if takes else "decline_help", title, by=by, at=at, clause=queries.rules().unpaid)
    return service


@transaction.atomic
def come(number: str, *, by: Actor, at: datetime, volunteer: int | None = None) -> Service:
    """Note that a volunteer came: oneself, or by name through staff (签到)."""
    service = _mine(number, Stage.TAKEN, by=by, volunteer=volunteer, asked="签到")
    service.stage, service.came_at = Stage.THERE, at
    service.save(update_fields=["stage", "came_at"])
    _note(service.need, "come_to_help", "签到", by=by, at=at)
    return service


@transaction.atomic
def go(number: str, *, by: Actor, at: datetime, volunteer: int | None = None) -> Service:
    """Note that a volunteer went; who was helped is asked for how long it was (签退)."""
    service = _mine(number, Stage.THERE, by=by, volunteer=volunteer, asked="签退")
    if service.came_at is None or at < service.came_at:
        raise Refused(Refusal("签退不能早于签到。", clause=queries.recording(), asked="签退"))
    service.stage, service.went_at = Stage.DONE, at
    service.save(update_fields=["stage", "went_at"])
    _note(service.need, "leave_help", "签退", by=by, at=at)
    return service


@transaction.atomic
def confirm(number: str, volunteer: int, *, minutes: int, was_paid: bool, by: Actor, at: datetime) -> Service:
    """Confirm how long somebody helped, no longer than they were there; paid help counts nothing (确认)."""
    need = _held(number)
    access.may_confirm(by, need, volunteer=volunteer).require()
    service = queries.service(need, volunteer)
    if service is None or service.stage != Stage.DONE or not service.came_at or not service.went_at:
        raise Refused(Refusal("这次服务现在不用确认。", clause=queries.recording(), asked="确认服务时间"))
    most = (service.went_at - service.came_at) // _MINUTE
    unpaid = matching.is_unpaid(was_paid=was_paid, rules=queries.rules())
    if unpaid and not 0 < minutes <= most:
        raise Refused(
            Refusal(
                f"签到到签退是 {most} 分钟，不能确认 {minutes} 分钟。",
                clause=queries.recording(),
                remedy=f"请填 1 到 {most} 之间的分钟数。" if most else "请找社区核实。",
                asked="确认服务时间",
            )
        )
    service.stage = Stage.CONFIRMED if unpaid else Stage.VOID
    service.minutes, service.confirmed_at = minutes if unpaid else 0, at
    service.save(update_fields=["stage", "minutes", "confirmed_at"])
    figures = (("分钟", str(service.minutes)),)
    _note(need, "confirm_help", "确认服务时间", by=by, at=at, clause=unpaid.clause, figures=figures)
    return service


def _is_whole(told: Asked, *, by_staff: bool, by: Actor, at: datetime) -> None:
    wrong = (
        (not by.is_known, "点单要先登录，或者打电话请社区代写。"),
        (not told.words.strip(), "还没有写要帮什么忙。"),
        (told.starts_at <= at, "开始时间要在现在以后。"),
        (told.ends_at <= told.starts_at, "结束时间要在开始时间以后。"),
        (told.wanted < 1, "至少要一个人。"),
        (by_staff and told.recipient is None and not told.contact_name.strip(), "还没有写帮谁。"),
    )
    refusals = tuple(Refusal(words, remedy="改好再提交。", asked="点单") for is_so, words in wrong if is_so)
    if refusals:
        raise Refused(*refusals)


def _held(number: str) -> Need:
    need = queries.of_number(number, to_act=True)
    if need is None:
        raise Refused(Refusal("没有这个需求。", remedy="请核对编号。"))
    return need


def _open(number: str) -> Need:
    need = _held(number)
    if need.closed_at is not None:
        raise Refused(Refusal("这个需求已经结束。", remedy="请看看别的需求。"))
    return need


def _fits(need: Need, volunteer: int) -> Verdict:
    # Their row is held, so that nobody takes two needs of one hour at once.
    known = Volunteer.objects.select_for_update(of=("self",)).filter(pk=volunteer, ended_at=None)
    offered = queries.offers(known, beside=need)
    if not offered:
        raise Refused(Refusal("还没有报名做志愿者。", remedy="请本人先报名。", asked="接单"))
    return matching.may_serve(queries.wanted(need), offered[0], rules=queries.rules())


def _mine(number: str, stage: Stage, *, by: Actor, volunteer: int | None, asked: str) -> Service:
    need, who = _open(number), volunteer or by.person_id
    if who != by.person_id:
        access.may_send(by, need).require()
    service = queries.service(need, who)
    if service is None or service.stage != stage:
        raise Refused(Refusal(f"现在不能{asked}。", clause=queries.recording(), asked=asked))
    return service


def _note(
    need: Need, act: str, title: str, *, by: Actor, at: datetime, clause: Clause | None = None,
    figures: tuple[tuple[str, str], ...] = (),
) -> None:  # fmt: skip
    record.write(
        chain=need.number, act=act, title=title, by=by.person_id, office=by.words_for(need.place_path),
        at=at, clause=clause, figures=figures,
    )  # fmt: skip
