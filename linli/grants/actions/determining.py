"""Deciding who is granted what, beside the ranking, and making it known (审定)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.grant import Decision, Ranked, deviates, may_determine
from linli.core.refusal import Refusal
from linli.core.society import yuan
from linli.core.verdict import Refused, Verdict, all_of, no, yes
from linli.disclosure import queries as disclosure
from linli.disclosure.actions import noticing
from linli.grants import access, queries, telling
from linli.grants.actions.opening import held, post
from linli.grants.choices import Stage, State
from linli.grants.models import Application, Round


@transaction.atomic
def determine(number: str, decisions: Mapping[str, Decision], *, by: Actor, at: datetime) -> Round:
    """Decide on every application and show the result, with the reason for what leaves the ranking (审定)."""
    found = held(number, by=by)
    can_determine(found).require()
    ranked, rule = queries.ranking(found), queries.terms(found)
    may_determine(ranked, decisions, budget=found.budget, cap=found.cap, clause=rule.scoring).require()
    rows = {one.number: one for one in queries.applications(found)}
    for one in ranked:
        _write(rows[one.entry.number], one, decisions[one.entry.number])
    found.stage = Stage.DETERMINED
    found.save(update_fields=["stage"])
    words = "\n".join(_told(rows[one.entry.number]) for one in ranked)
    post(found, Stage.DETERMINED, title=f"{found.name}资助结果", words=words, by=by, at=at)
    total = sum(one.fen for one in decisions.values())
    off = sum(rows[one.entry.number].is_off_rank for one in ranked)
    figures = (("资助", yuan(total)), ("和排名不一致", f"{off} 件"))
    telling.note(
        found, "determine_grants", "审定", by=by, at=at, clause=rule.scoring, figures=figures, words=words
    )
    telling.tell_all(_letters([rows[one.entry.number] for one in ranked]), at=at)
    return found


@transaction.atomic
def go_back(number: str, *, words: str, by: Actor, at: datetime) -> Round:
    """Go back to what an upheld objection struck: examine the list, or decide, anew (退回重办)."""
    found = held(number, by=by)
    can_go_back(found).require()
    if not words.strip():
        raise Refused(Refusal("还没有写理由。", asked="退回重办", remedy="写明异议说的是什么、要改什么。"))
    notice = queries.notice_of(found, stage=Stage(found.stage))
    if notice is not None and notice.taken_down_at is None:
        noticing.take_down(notice, reason=words, by=by, at=at)
    if found.stage == Stage.DETERMINED:
        again = queries.applications(found).exclude(rank=None)
        again.filter(state__in=(State.GRANTED, State.REFUSED)).update(state=State.ACCEPTED, reason="")
        again.update(rank=None, score="", granted=0, is_off_rank=False)
    found.stage = Stage.APPLYING if found.stage == Stage.LISTED else Stage.REVIEWING
    found.save(update_fields=["stage"])
    clause = queries.terms(found).shown
    telling.note(found, "go_back", "退回重办", by=by, at=at, clause=clause, words=words.strip())
    return found


def can_go_back(found: Round) -> Verdict:
    """Answer whether an objection to what hangs was upheld, before any agreement was signed (退回重办)."""
    clause, asked = queries.terms(found).shown, "退回重办"
    notice = queries.notice_of(found, stage=Stage(found.stage))
    if notice is None or not disclosure.is_upheld([notice.pk]):
        return no("没有成立的异议。", clause, asked=asked, remedy="公示里提的异议，先在公示页上答复。")
    signed = queries.applications(found).filter(state__in=(State.SIGNED, State.DONE)).count()
    if signed:
        return no(f"已经签了 {signed} 份协议，不能退回。", clause, asked=asked, remedy="逐个终止协议。")
    return yes()


def can_determine(found: Round) -> Verdict:
    """Answer whether everybody who may has scored, and enough have (能否审定)."""
    if found.stage != Stage.REVIEWING:
        return no(f"这一轮现在是「{found.get_stage_display()}」，不能审定。", asked="审定")
    clause, reviewers = queries.terms(found).scoring, queries.reviewers(found)
    silent = [one.person.name for one in reviewers if one.declared_at is None]
    if silent:
        return no(f"{'、'.join(silent)}还没有申报利害关系。", clause, asked="审定", remedy="请评审人先申报。")
    return all_of(yes(), *_waiting(found))


def standing(found: Round) -> dict[str, tuple[int, int]]:
    """Say of each application how many have scored it, of how many who may (评审进度)."""
    reviewers = queries.reviewers(found)
    kin = queries.kin_of(reviewers)
    done: dict[int, int] = {}
    for sheet in queries.sheets(found):
        done[sheet.application_id] = done.get(sheet.application_id, 0) + 1
    return {
        one.number: (
            done.get(one.pk, 0),
            sum(not access.tie_between(seat, one, kin=kin) for seat in reviewers),
        )
        for one in queries.applications(found).filter(state=State.ACCEPTED)
    }


def _waiting(found: Round) -> Sequence[Verdict]:
    clause = queries.terms(found).scoring
    short = []
    for number, (done, able) in standing(found).items():
        if able < found.reviewers:
            sentence = f"{number} 有人回避，能评的只有 {able} 人，应有 {found.reviewers} 人。"
            short.append(no(sentence, clause, asked="审定", remedy="再请评审人。"))
        elif done < able:
            sentence = f"{number} 还有 {able - done} 人没有打分。"
            short.append(no(sentence, clause, asked="审定", remedy="请评审人打分。"))
    return short


def _write(application: Application, ranked: Ranked, decision: Decision) -> None:
    application.rank, application.score = ranked.place, ranked.shown
    application.granted, application.reason = decision.fen, decision.reason.strip()
    application.is_off_rank = deviates(ranked, decision)
    application.state = State.GRANTED if decision.fen else State.REFUSED
    application.save(update_fields=["rank", "score", "granted", "reason", "is_off_rank", "state"])


def _told(one: Application) -> str:
    granted = f"资助 {yuan(one.granted)}" if one.granted else "不资助"
    off = f"（和排名不一致：{one.reason}）" if one.is_off_rank else ""
    return f"第 {one.rank} 名 {one.score} 分 {one.name}「{one.title}」{granted}{off}"


def _letters(rows: Sequence[Application]) -> list[tuple[Application, str, str]]:
    def body(one: Application) -> str:
        reason = f"理由：{one.reason}。" if one.reason else ""
        said = f"资助 {yuan(one.granted)}，公示期满后签协议。" if one.granted else "这次没有资助。"
        return f"得 {one.score} 分，排第 {one.rank}。{said}{reason}"

    return [(one, "资助结果" if one.granted else "没有资助", body(one)) for one in rows]
