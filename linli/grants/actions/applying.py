"""Applying, hearing once what is missing, completing it once, being taken in or not (申报)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.grant import Filed, missing
from linli.core.refusal import Refusal
from linli.core.society import yuan
from linli.core.term import due
from linli.core.verdict import Refused, Verdict, all_of, no, yes
from linli.grants import access, queries, telling
from linli.grants.choices import Stage, State
from linli.grants.models import Application, BudgetLine, Milestone, Round
from linli.matters.letters import instant
from linli.people import actions as people
from linli.people import queries as register
from linli.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True)
class Asked:
    """What an organisation hands in; money in fen (申报书)."""

    name: str
    kind: str
    registration: str
    title: str
    plan: str
    asked: int
    lines: tuple[tuple[str, int], ...] = ()
    milestones: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Who speaks for an applicant that has no account (联系人)."""

    name: str
    phone: str


@transaction.atomic
def apply(
    number: str, told: Asked, *, by: Actor, at: datetime, contact: Contact | None = None
) -> Application:
    """Hand in an application, oneself or through the office that runs the round (申报)."""
    found = queries.of_number(number, to_act=True)
    if found is None:
        raise Refused(Refusal("没有这个轮次。", remedy="回到公益创投再选。"))
    person = _speaker(found, contact, by=by)
    all_of(can_apply(found, at=at), _fits(found, told)).require()
    serial = Application.objects.filter(round=found).count() + 1
    application = Application.objects.create(
        round=found, number=f"{found.number}-{serial:03}", contact_id=person, lodged_at=at,
        name=told.name.strip(), kind=told.kind, **_said(told),
    )  # fmt: skip
    _write_parts(application, told)
    figures = (("轮次", found.number), ("申请", yuan(told.asked)))
    telling.note(application, "apply_for_grant", "申报", by=by, at=at, figures=figures)
    telling.tell(application, "申报已收到", "材料齐不齐，会一次告诉您。", at=at)
    return application


@transaction.atomic
def tell_missing(number: str, *, words: str = "", by: Actor, at: datetime) -> Application:
    """Tell an applicant once everything that is missing, and until when it may be completed (一次告知)."""
    application = held(number, by=by)
    can_tell(application).require()
    lacks = [*lacking(application), *filter(None, [words.strip()])]
    if not lacks:
        raise Refused(Refusal("没有发现缺什么。", remedy="材料齐了，请直接受理。", asked="告知补正"))
    rule = queries.terms(application.round)
    application.told_at, application.state = at, State.TO_COMPLETE
    application.complete_by = due(rule.completes, at=at, calendar=rulebook.calendar())
    application.lacks = "\n".join(lacks)
    application.save(update_fields=["told_at", "state", "complete_by", "lacks"])
    until = (("补正到", instant(application.complete_by)),)
    telling.note(
        application, "tell_missing", "告知补正", by=by, at=at, clause=rule.scoring, figures=until,
        words=application.lacks,
    )  # fmt: skip
    body = f"还缺：{'；'.join(lacks)}。请在 {instant(application.complete_by)} 以前一次补齐，只补一次。"
    telling.tell(application, "请补正", body, at=at)
    return application


@transaction.atomic
def complete(number: str, told: Asked, *, by: Actor, at: datetime) -> Application:
    """Hand in what was missing, once and in time (补正)."""
    application = queries.application(number, to_act=True)
    if application is None or not speaks_for(by, application):
        raise Refused(Refusal("没有这件申报，或者不是您申报的。", remedy="回到「我的申报」再选。"))
    all_of(can_complete(application, at=at), _fits(application.round, told, but=application.pk)).require()
    for name, value in _said(told).items():
        setattr(application, name, value)
    application.state = State.LODGED
    application.save()
    application.lines.all().delete()
    application.milestones.all().delete()
    _write_parts(application, told)
    telling.note(application, "complete_application", "补正", by=by, at=at)
    return application


@transaction.atomic
def accept(number: str, *, by: Actor, at: datetime) -> Application:
    """Take an application in for review; nothing may be missing (受理)."""
    application = held(number, by=by)
    can_accept(application).require()
    _decide(application, State.ACCEPTED, "")
    telling.note(application, "accept_application", "受理", by=by, at=at)
    telling.tell(application, "已受理", "申报名单公示期满以后，请专家和居民评审。", at=at)
    return application


@transaction.atomic
def decline(number: str, *, words: str, by: Actor, at: datetime) -> Application:
    """Decline an application with the reason; an incomplete one after its chance to complete (不予受理)."""
    application = held(number, by=by)
    can_decline(application, at=at).require()
    if not words.strip():
        raise Refused(Refusal("还没有写理由。", asked="不予受理", remedy="写明哪里不符合。"))
    _decide(application, State.DECLINED, words.strip())
    telling.note(application, "decline_application", "不予受理", by=by, at=at, words=words.strip())
    telling.tell(application, "不予受理", f"理由：{words.strip()}", at=at)
    return application


@transaction.atomic
def withdraw(number: str, *, words: str, by: Actor, at: datetime) -> Application:
    """Give an application or an unsigned grant up (放弃)."""
    application = queries.application(number, to_act=True)
    if application is None or not (speaks_for(by, application) or _runs(by, application)):
        raise Refused(Refusal("没有这件申报，或者不是您申报的。", remedy="回到「我的申报」再选。"))
    can_withdraw(application).require()
    if not words.strip():
        raise Refused(Refusal("还没有写原因。", asked="放弃", remedy="写一句为什么。"))
    _decide(application, State.WITHDRAWN, words.strip())
    telling.note(application, "withdraw_application", "放弃", by=by, at=at, words=words.strip())
    return application


def forget_contact(person: int) -> None:
    """Take somebody off the applications they speak for, because they asked for it (删除)."""
    Application.objects.filter(contact=person).update(contact=None)


def lacking(application: Application) -> tuple[str, ...]:
    """List what an application lacks by itself (材料缺什么)."""
    filed = Filed(
        application.plan, application.asked, tuple(one.fen for one in application.lines.all()),
        application.milestones.count(), application.registration,
    )  # fmt: skip
    return missing(filed)


def can_apply(found: Round, *, at: datetime) -> Verdict:
    """Answer whether a round still takes applications (能否申报)."""
    if found.stage == Stage.APPLYING and at < found.closes_at:
        return yes()
    return no(
        f"申报已于 {instant(found.closes_at)} 截止。", queries.terms(found).clause, asked="申报",
        remedy="请等下一轮。",
    )  # fmt: skip


def can_tell(application: Application) -> Verdict:
    """Answer whether somebody may still be told what is missing: it is told once (一次告知)."""
    if application.told_at is not None:
        return no(
            "已经告知过一次，不能再要求补正。", queries.terms(application.round).scoring, asked="告知补正",
            remedy="补正以后，受理或者写明理由不予受理。",
        )  # fmt: skip
    return _is(application, State.LODGED, asked="告知补正")


def can_complete(application: Application, *, at: datetime) -> Verdict:
    """Answer whether what is missing may still be handed in (补正)."""
    standing = _is(application, State.TO_COMPLETE, asked="补正")
    if standing and application.complete_by is not None and at > application.complete_by:
        return no(
            f"补正已于 {instant(application.complete_by)} 截止。", queries.terms(application.round).scoring,
            asked="补正", remedy="请等下一轮。",
        )  # fmt: skip
    return standing


def can_accept(application: Application) -> Verdict:
    """Answer whether an application is complete (受理)."""
    standing, lacks = _is(application, State.LODGED, asked="受理"), lacking(application)
    if standing and lacks:
        return no(
            f"材料不齐：{'；'.join(lacks)}。", queries.terms(application.round).scoring, asked="受理",
            remedy="没有告知过的，先一次告知补正；补正过仍不齐的，写明理由不予受理。",
        )  # fmt: skip
    return standing


def can_decline(application: Application, *, at: datetime) -> Verdict:
    """Answer whether an application may be declined: not while it may still be completed (不予受理)."""
    if application.state == State.TO_COMPLETE and application.complete_by and at <= application.complete_by:
        return no(
            f"补正期到 {instant(application.complete_by)}，还没有到期。",
            queries.terms(application.round).scoring, asked="不予受理", remedy="等补正，或者到期以后再办。",
        )  # fmt: skip
    struck = application.state == State.ACCEPTED and application.round.stage == Stage.APPLYING
    if application.state == State.TO_COMPLETE or struck:
        return yes()
    if application.state == State.LODGED and application.told_at is None and lacking(application):
        return no(
            "材料不齐的，先给一次补正的机会。", queries.terms(application.round).scoring, asked="不予受理",
            remedy="先告知补正。",
        )  # fmt: skip
    return _is(application, State.LODGED, asked="不予受理")


def can_withdraw(application: Application) -> Verdict:
    """Answer whether something may still be given up: not under review, not once it is signed (放弃)."""
    may = application.state in (*queries.UNDECIDED, State.GRANTED)
    if may:
        return yes()
    return no(f"现在是「{application.get_state_display()}」，不能放弃。", asked="放弃")


def held(number: str, *, by: Actor) -> Application:
    """Hold an application for an act of whoever runs its round, or refuse (取申报)."""
    application = queries.application(number, to_act=True)
    if application is None:
        raise Refused(Refusal("没有这件申报。", remedy="回到轮次再选。"))
    access.may_run(by, path=application.round.place_path).require()
    return application


def speaks_for(actor: Actor, application: Application) -> bool:
    """Tell whether somebody is the one who speaks for an applicant (联系人)."""
    return actor.person_id is not None and actor.person_id == application.contact_id


def _runs(actor: Actor, application: Application) -> bool:
    return bool(access.may_run(actor, path=application.round.place_path))


def _speaker(found: Round, contact: Contact | None, *, by: Actor) -> int:
    if contact is None:
        if by.person_id is None:
            raise Refused(Refusal("申报要先登录。", asked="申报", remedy="登录以后再申报，或者请社区代办。"))
        return by.person_id
    access.may_run(by, path=found.place_path).require()
    return someone(contact.name, contact.phone)


def someone(name: str, phone: str) -> int:
    """Find whoever has this name and telephone, or enter them into the register (找人)."""
    known = register.of_phone(phone) if phone else []
    match = next((one for one in known if one.name == name), None)
    return (match or people.enrol(name=name, phone=phone)).pk


def _fits(found: Round, told: Asked, *, but: int = 0) -> Verdict:
    clause, asked = queries.terms(found).clause, "申报"
    faults = []
    if not told.name.strip() or not told.title.strip():
        faults.append(no("申报单位和项目名称都要写。", clause, asked=asked))
    if told.kind not in found.kinds.split():
        faults.append(no("这一轮不收这一类单位的申报。", clause, asked=asked, remedy="看轮次写明的类别。"))
    if not 0 < told.asked <= found.cap:
        faults.append(
            no(
                f"申请 {yuan(told.asked)}，每个最多 {yuan(found.cap)}。",
                clause,
                asked=asked,
                remedy="减少金额。",
            )
        )
    if any(fen <= 0 for _, fen in told.lines):
        faults.append(no("预算明细的每一笔都要大于 0。", clause, asked=asked))
    rivals = Application.objects.filter(round=found, name=told.name.strip()).exclude(state=State.WITHDRAWN)
    if rivals.exclude(pk=but).exists():
        faults.append(
            no(f"{told.name}在这一轮已经申报过。", clause, asked=asked, remedy="一轮只报一个项目。")
        )
    return all_of(yes(), *faults)


def _said(told: Asked) -> dict[str, str | int]:
    return {
        "registration": told.registration.strip(), "title": told.title.strip(), "plan": told.plan.strip(),
        "asked": told.asked,
    }  # fmt: skip


def _write_parts(application: Application, told: Asked) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(application=application, title=title, fen=fen) for title, fen in told.lines
    )
    Milestone.objects.bulk_create(
        Milestone(application=application, title=title, due_on=on) for title, on in told.milestones
    )


def _decide(application: Application, state: State, reason: str) -> None:
    application.state, application.reason = state, reason
    application.save(update_fields=["state", "reason"])


def _is(application: Application, state: State, *, asked: str) -> Verdict:
    if application.state == state:
        return yes()
    return no(f"现在是「{application.get_state_display()}」，不能{asked}。", asked=asked)
