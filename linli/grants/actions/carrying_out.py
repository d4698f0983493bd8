"""Signing, reporting with receipts, paying in parts, settling (实施)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.grant import AGREEMENT, FINAL, Settlement, parts, settle
from linli.core.refusal import Refusal
from linli.core.society import yuan
from linli.core.verdict import Refused, Verdict, no, yes
from linli.grants import money, queries, telling
from linli.grants.actions.applying import held, speaks_for
from linli.grants.actions.opening import hang
from linli.grants.actions.opening import held as held_round
from linli.grants.choices import Half, Stage, State
from linli.grants.models import Application, Receipt, Report, Round, Tranche


class Paper(NamedTuple):
    """One receipt: its number, what for, how much in fen (票据)."""

    number: str
    title: str
    fen: int


@transaction.atomic
def sign(number: str, *, by: Actor, at: datetime) -> Application:
    """Sign the agreement, once the result has hung its days without objection (签协议)."""
    application = held(number, by=by)
    can_sign(application, at=at).require()
    application.state, application.signed_at = State.SIGNED, at
    application.save(update_fields=["state", "signed_at"])
    shares = queries.terms(application.round).shares
    amounts = parts(application.granted, shares)
    Tranche.objects.bulk_create(
        Tranche(application=application, upon=one.upon, fen=fen)
        for one, fen in zip(shares, amounts, strict=True)
    )
    money.grant(application, by=by, at=at)
    telling.note(
        application, "sign_grant", "签协议", by=by, at=at, clause=queries.terms(application.round).clause,
        figures=(("资助", yuan(application.granted)), ("分期", "、".join(map(yuan, amounts)))),
    )  # fmt: skip
    telling.tell(
        application, "协议已签", f"资助 {yuan(application.granted)}，分 {len(amounts)} 期付。", at=at
    )
    return application


@transaction.atomic
def report(
    number: str, *, half: str, words: str, receipts: Sequence[Paper], by: Actor, at: datetime
) -> Report:
    """Report what was done with the money, with the receipts; without them it is refused (报告)."""
    application = queries.application(number, to_act=True)
    if application is None or not speaks_for(by, application):
        raise Refused(Refusal("没有这个项目，或者不是您的。", remedy="回到「我的申报」再选。"))
    can_report(application, half=half).require()
    _check(application, words, receipts)
    made = Report.objects.create(
        application=application, half=half, words=words.strip(), sent_at=at,
        spent=sum(one.fen for one in receipts),
    )  # fmt: skip
    Receipt.objects.bulk_create(Receipt(report=made, **one._asdict()) for one in receipts)
    figures = (("票据", f"{len(receipts)} 张"), ("合计", yuan(made.spent)))
    telling.note(application, "report_grant", f"提交{Half(half).label}", by=by, at=at, figures=figures)
    return made


@transaction.atomic
def answer_report(
    number: str, *, half: str, is_accepted: bool, words: str, by: Actor, at: datetime
) -> Report:
    """Accept a report, or send it back with what is wrong (审核报告)."""
    application = held(number, by=by)
    found = queries.report(application, half=half)
    title = Half(half).label
    if found is None or found.is_accepted is not None:
        raise Refused(Refusal(f"没有等着审核的{title}。", asked="审核报告"))
    if not is_accepted and not words.strip():
        raise Refused(Refusal("退回要写明哪里不对。", asked="审核报告"))
    found.is_accepted, found.answer = is_accepted, words.strip()
    found.save(update_fields=["is_accepted", "answer"])
    said = "通过" if is_accepted else "退回"
    telling.note(
        application, "answer_grant_report", f"{title}{said}", by=by, at=at, words=words.strip(),
        clause=queries.terms(application.round).scoring,
    )  # fmt: skip
    body = "公示期满后拨付。" if is_accepted else f"请改好再交：{words.strip()}"
    telling.tell(application, f"{title}{said}", body, at=at)
    return found


@transaction.atomic
def show_reports(number: str, *, half: str, by: Actor, at: datetime) -> Round:
    """Make known the accepted reports that were not shown yet, all in one notice (中期、末期公示)."""
    found = held_round(number, by=by)
    waiting = queries.unshown(found, half=half)
    title = Half(half).label
    if not waiting:
        raise Refused(Refusal(f"没有等着公示的{title}。", asked="公示报告", remedy="先审核通过报告。"))
    words = "\n".join(
        f"{one.application.number} {one.application.name}「{one.application.title}」"
        f"资助 {yuan(one.application.granted)}，这次票据合计 {yuan(one.spent)}"
        for one in waiting
    )
    kind = "finance" if half == Half.FINAL else "result"
    notice = hang(found, kind=kind, title=f"{found.name}{title}", words=words, by=by, at=at)
    Report.objects.filter(pk__in=[one.pk for one in waiting]).update(notice=notice)
    telling.note(
        found, "show_grant_reports", f"公示{title}", by=by, at=at, clause=queries.terms(found).shown,
        figures=(("项目", f"{len(waiting)} 个"),),
    )  # fmt: skip
    return found


@transaction.atomic
def release(number: str, *, upon: str, receipt: str, by: Actor, at: datetime) -> Tranche:
    """Pay one part of a grant: upon the agreement, or upon an accepted report that was shown (拨付)."""
    application = held(number, by=by)
    can_release(application, upon=upon, at=at).require()
    if not receipt.strip():
        raise Refused(Refusal("还没有写付款凭证号。", asked="拨付", remedy="照银行回单上写。"))
    tranche = Tranche.objects.get(application=application, upon=upon)
    _pay(tranche, tranche.fen, receipt=receipt.strip(), by=by, at=at)
    figures = (("金额", yuan(tranche.fen)), ("凭证", receipt.strip()))
    clause = queries.terms(application.round).scoring
    telling.note(application, "release_grant", "拨付", by=by, at=at, clause=clause, figures=figures)
    telling.tell(application, "已拨付", f"付出 {yuan(tranche.fen)}。", at=at)
    return tranche


@transaction.atomic
def close(number: str, *, receipt: str, by: Actor, at: datetime) -> Settlement:
    """Settle a grant: pay the rest that receipts prove, or book what came back, and free the rest (结项)."""
    application = held(number, by=by)
    can_close(application, at=at).require()
    if not receipt.strip():
        raise Refused(Refusal("还没有写凭证号。", asked="结项", remedy="照付款或者退款的银行回单上写。"))
    due = settlement(application)
    if due.due:
        last = Tranche.objects.get(application=application, upon=FINAL)
        _pay(last, due.due, receipt=receipt.strip(), by=by, at=at)
    if due.back:
        money.take_back(application, due.back, receipt=receipt.strip(), by=by, at=at)
    _end(application, due, by=by, at=at)
    return due


@transaction.atomic
def terminate(number: str, *, words: str, receipt: str, by: Actor, at: datetime) -> Settlement:
    """End an agreement early: nothing more is paid, what no receipt proves comes back (终止协议)."""
    application = held(number, by=by)
    can_terminate(application).require()
    paid, asked = queries.paid(application), "终止协议"
    due = settle(granted=application.granted, paid=paid, spent=min(queries.spent(application), paid))
    if not words.strip():
        raise Refused(Refusal("还没有写理由。", asked=asked))
    if due.back and not receipt.strip():
        raise Refused(
            Refusal(f"要先退回 {yuan(due.back)}。", asked=asked, remedy="退回以后，照退款回单写凭证号。")
        )
    if due.back:
        money.take_back(application, due.back, receipt=receipt.strip(), by=by, at=at)
    _end(application, due, by=by, at=at, reason=words.strip())
    return due


def settlement(application: Application) -> Settlement:
    """Say what is still due, comes back and is free, by the receipts that were accepted (结算)."""
    return settle(
        granted=application.granted, paid=queries.paid(application), spent=queries.spent(application)
    )


def can_sign(application: Application, *, at: datetime) -> Verdict:
    """Answer whether an agreement may be signed (签协议)."""
    if application.state != State.GRANTED:
        return no(f"现在是「{application.get_state_display()}」，不能签协议。", asked="签协议")
    notice = queries.notice_of(application.round, stage=Stage.DETERMINED)
    return queries.is_shown(notice, of="资助结果", at=at)


def can_report(application: Application, *, half: str) -> Verdict:
    """Answer whether a report is awaited (交报告)."""
    clause = queries.terms(application.round).scoring
    if application.state != State.SIGNED or half not in Half.values:
        return no("签了协议、还没有结项的才交报告。", clause, asked="交报告")
    if queries.report(application, half=half) is not None:
        return no(f"{Half(half).label}已经交了。", clause, asked="交报告", remedy="退回的才能再交。")
    expects_mid = any(one.upon == Half.MID for one in queries.terms(application.round).shares)
    mid = queries.report(application, half=Half.MID)
    if half == Half.FINAL and expects_mid and (mid is None or not mid.is_accepted):
        return no("中期报告还没有通过。", clause, asked="交报告", remedy="先交中期报告。")
    return yes()


def can_release(application: Application, *, upon: str, at: datetime) -> Verdict:
    """Answer whether a part may be paid; the last one is paid at the settlement (拨付)."""
    clause = queries.terms(application.round).scoring
    tranche = Tranche.objects.filter(application=application, upon=upon).first()
    if application.state != State.SIGNED or tranche is None:
        return no("没有这一期。", clause, asked="拨付")
    if tranche.paid_at is not None:
        return no("这一期已经付了。", clause, asked="拨付")
    if upon == FINAL:
        return no("最后一期按票据结算，结项时付。", clause, asked="拨付", remedy="请办结项。")
    return yes() if upon == AGREEMENT else _is_reported(application, upon, at=at)


def can_close(application: Application, *, at: datetime) -> Verdict:
    """Answer whether a grant may be settled: its last report accepted and shown (结项)."""
    if application.state != State.SIGNED:
        return no(f"现在是「{application.get_state_display()}」，不能结项。", asked="结项")
    reported = _is_reported(application, FINAL, at=at)
    early = [one for one in queries.tranches(application) if one.upon != FINAL and one.paid_at is None]
    if reported and early:
        return no(
            "前面还有没付的期。",
            queries.terms(application.round).scoring,
            asked="结项",
            remedy="先逐期拨付。",
        )
    return reported


def can_terminate(application: Application) -> Verdict:
    """Answer whether an agreement may be ended early (终止协议)."""
    if application.state == State.SIGNED:
        return yes()
    return no(f"现在是「{application.get_state_display()}」，不能终止协议。", asked="终止协议")


def _end(application: Application, due: Settlement, *, by: Actor, at: datetime, reason: str = "") -> None:
    if due.freed:
        money.free(application, due.freed, by=by, at=at)
    application.state, application.ended_at = State.DONE, at
    application.reason = reason or application.reason
    application.save(update_fields=["state", "ended_at", "reason"])
    act, title = ("terminate_grant", "终止协议") if reason else ("close_grant", "结项")
    figures = (("补付", yuan(due.due)), ("退回", yuan(due.back)), ("结余", yuan(due.freed)))
    clause = queries.terms(application.round).scoring
    telling.note(application, act, title, by=by, at=at, clause=clause, figures=figures, words=reason)
    told = "，".join(f"{name} {value}" for name, value in figures)
    telling.tell(application, f"已{title}", f"{told}。{reason}", at=at)


def _is_reported(application: Application, half: str, *, at: datetime) -> Verdict:
    found, clause = queries.report(application, half=half), queries.terms(application.round).scoring
    title = str(Half(half).label)
    if found is None or not found.is_accepted:
        return no(
            f"{title}还没有通过。",
            clause,
            asked="拨付",
            remedy=f"先交{title}和票据，审核通过、公示期满再付。",
        )
    return queries.is_shown(found.notice, of=title, at=at)


def _pay(tranche: Tranche, fen: int, *, receipt: str, by: Actor, at: datetime) -> None:
    application = tranche.application
    tranche.paid, tranche.paid_at = fen, at
    tranche.save(update_fields=["paid", "paid_at"])
    money.pay(
        application, fen, upon=tranche.upon, receipt=receipt, title=f"付{application.name}", by=by, at=at
    )


def _check(application: Application, words: str, receipts: Sequence[Paper]) -> None:
    clause = queries.terms(application.round).scoring
    if not words.strip():
        raise Refused(Refusal("还没有写做了什么。", clause, asked="交报告"))
    if not receipts:
        raise Refused(Refusal("没有票据，不能交报告。", clause, "逐张写票据号、用途、金额。", "交报告"))
    if any(one.fen <= 0 or not one.number.strip() for one in receipts):
        raise Refused(Refusal("每张票据都要有号，金额大于 0。", clause, "核对以后再交。", "交报告"))
    told = Receipt.objects.filter(report__application=application).exclude(report__is_accepted=False)
    used = {*told.values_list("number", flat=True)}
    again = [
        one.number
        for n, one in enumerate(receipts)
        if one.number in used or one.number in _before(receipts, n)
    ]
    if again:
        raise Refused(Refusal(f"票据 {'、'.join(again)} 报了两次。", clause, "一张票据只算一次。", "交报告"))


def _before(receipts: Sequence[Paper], place: int) -> set[str]:
    return {one.number for one in receipts[:place]}
