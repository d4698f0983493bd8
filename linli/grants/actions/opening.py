"""Opening a round, showing who applied, letting the review begin, ending the round (轮次)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.society import yuan
from linli.core.verdict import Refused, Verdict, all_of, no, yes
from linli.disclosure.actions import noticing
from linli.disclosure.actions.noticing import Posting
from linli.frame.clock import day_of
from linli.grants import access, money, queries, telling
from linli.grants.choices import Stage, State
from linli.grants.models import Round, Showing
from linli.matters.letters import instant
from linli.matters.numbering import next_number
from linli.places import queries as places
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

SERIES = "CT"


@dataclass(frozen=True, slots=True)
class Call:
    """What a round offers, to whom, until when; money in fen (征集).

    Without a purse a new one is opened, and the budget booked into it from ``source``, on ``receipt``.
    """

    name: str
    words: str
    funder: str
    purse: str
    budget: int
    cap: int
    kinds: tuple[str, ...]
    reviewers: int
    closes_at: datetime
    source: str = ""
    receipt: str = ""


@transaction.atomic
def open_round(call: Call, *, place: Spot, by: Actor, at: datetime) -> Round:
    """Call for applications, and set the budget aside in the fund's book (发起征集)."""
    access.may_run(by, path=place.path).require()
    edition = rulebook.current(place.pack)
    if edition.grants is None:
        raise Refused(
            Refusal(
                "这里的方法包没有写公益创投。", remedy="先写进 pack.toml 的 grants，再来发起。", asked="发起"
            )
        )
    _check(call, at=at, least=edition.grants.reviewers_least, kinds=set(edition.grants.kinds)).require()
    purse = call.purse or money.open_fund(
        call.name, call.budget, source=call.source, receipt=call.receipt.strip(), place=place,
        prefix=edition.number_prefix, by=by, at=at,
    )  # fmt: skip
    found = Round.objects.create(
        number=next_number(f"{edition.number_prefix}-{SERIES}", year=day_of(at).year), pack=edition.key,
        edition=edition.year, place_id=place.id, place_path=place.path, name=call.name, words=call.words,
        funder=call.funder, purse=purse, budget=call.budget, cap=call.cap, kinds=" ".join(call.kinds),
        reviewers=call.reviewers, opened_at=at, closes_at=call.closes_at,
    )  # fmt: skip
    money.reserve(found, by=by, at=at)
    figures = (
        ("预算", yuan(call.budget)),
        ("单个上限", yuan(call.cap)),
        ("账本", purse),
        ("截止", instant(call.closes_at)),
    )
    telling.note(
        found, "open_grant_round", "发起征集", by=by, at=at, clause=edition.grants.clause, figures=figures
    )
    return found


@transaction.atomic
def show_list(number: str, *, by: Actor, at: datetime) -> Round:
    """Make known who applied and was taken in, once the call is closed (申报名单公示)."""
    found = held(number, by=by)
    rows = list(queries.applications(found))
    can_show(found, at=at).require()
    taken = [one for one in rows if one.state == State.ACCEPTED]
    words = "\n".join(f"{one.number} {one.name}「{one.title}」申请 {yuan(one.asked)}" for one in taken)
    post(found, Stage.LISTED, title=f"{found.name}申报名单", words=words, by=by, at=at)
    _move(found, Stage.LISTED)
    figures = (("受理", f"{len(taken)} 件"), ("不予受理", f"{len(rows) - len(taken)} 件"))
    _told(found, "show_grant_list", "公示申报名单", figures, by=by, at=at)
    return found


@transaction.atomic
def begin_review(number: str, *, by: Actor, at: datetime) -> Round:
    """Let the reviewers begin, once the list has hung its days and enough of them are named (开始评审)."""
    found = held(number, by=by)
    can_begin(found, at=at).require()
    _move(found, Stage.REVIEWING)
    reviewers = queries.reviewers(found)
    _told(found, "begin_grant_review", "开始评审", (("评审人", f"{len(reviewers)} 人"),), by=by, at=at)
    for one in reviewers:
        telling.write_to(
            one.person_id, f"请评审：{found.name}", "请先逐个申报利害关系，再看材料、打分。", at=at
        )
    return found


@transaction.atomic
def end_round(number: str, *, by: Actor, at: datetime) -> Round:
    """End a round whose grants are all settled, and free what it granted to nobody (结束轮次)."""
    found = held(number, by=by)
    can_end(found).require()
    rest = found.budget - sum(one.granted for one in queries.applications(found) if one.state == State.DONE)
    if rest:
        money.free_rest(found, rest, by=by, at=at)
    _move(found, Stage.FINISHED)
    _told(found, "end_grant_round", "结束", (("没有用完的预算", yuan(rest)),), by=by, at=at)
    return found


def can_show(found: Round, *, at: datetime) -> Verdict:
    """Answer whether the list of applications may be made known (公示名单)."""
    states = [one.state for one in queries.applications(found)]
    return all_of(_stands(found, Stage.APPLYING, "公示名单"), _is_ready(found, states, at))


def can_begin(found: Round, *, at: datetime) -> Verdict:
    """Answer whether the review may begin (开始评审)."""
    rule = queries.terms(found)
    seated = len(queries.reviewers(found))
    stands = _stands(found, Stage.LISTED, "开始评审")
    if not stands:
        return stands
    enough = yes() if seated >= found.reviewers else no(
        f"评审人 {seated} 人，还差 {found.reviewers - seated} 人。", rule.scoring,
        asked="开始评审", remedy="先请评审人。",
    )  # fmt: skip
    shown = queries.is_shown(queries.notice_of(found, stage=Stage.LISTED), of="申报名单", at=at)
    return all_of(enough, shown)


def can_end(found: Round) -> Verdict:
    """Answer whether every grant of a round is settled (结束轮次)."""
    stands = _stands(found, Stage.DETERMINED, "结束")
    running = [
        one.number for one in queries.applications(found) if one.state in (State.GRANTED, State.SIGNED)
    ]
    if stands and running:
        return no(
            f"还有 {len(running)} 个项目没有结算：{'、'.join(running[:5])}。",
            queries.terms(found).clause, asked="结束", remedy="逐个结算，或者写明放弃。",
        )  # fmt: skip
    return stands


def held(number: str, *, by: Actor) -> Round:
    """Hold a round for an act of whoever runs it, or refuse (取轮次)."""
    found = queries.of_number(number, to_act=True)
    if found is None:
        raise Refused(Refusal("没有这个轮次。", remedy="回到公益创投再选。"))
    access.may_run(by, path=found.place_path).require()
    return found


def post(found: Round, stage: Stage, *, title: str, words: str, by: Actor, at: datetime) -> None:
    """Hang the notice of a step and remember it; one that came down is hung anew (公示)."""
    notice = hang(
        found, kind="list" if stage == Stage.LISTED else "result", title=title, words=words, by=by, at=at
    )
    Showing.objects.update_or_create(round=found, stage=stage, defaults={"notice_id": notice})


def hang(found: Round, *, kind: str, title: str, words: str, by: Actor, at: datetime) -> int:
    """Hang a notice for the days the law asks for what public money does; return its row (公示)."""
    rule = queries.terms(found)
    posting = Posting(
        kind=kind, title=title[:80], words=words, spot=places.chain(found.place_path)[-1],
        term=rule.shown_for, clause=rule.shown, office=speaks_as(by, path=found.place_path),
    )  # fmt: skip
    return noticing.post(posting, by=by, edition=queries.edition_of(found), at=at).pk


def _check(call: Call, *, at: datetime, least: int, kinds: set[str]) -> Verdict:
    asked = "发起"
    faults = (
        (not call.name.strip() or not call.funder.strip(), "名称和出资方都要写。"),
        (call.budget <= 0, "预算要大于 0。"),
        (not 0 < call.cap <= call.budget, "单个上限要大于 0，不超过预算。"),
        (not call.kinds or not set(call.kinds) <= kinds, "至少选一类可以申报的单位，从列出的里面选。"),
        (call.reviewers < least, f"每件至少 {least} 人评审。"),
        (
            not call.purse and not (call.source and call.receipt.strip()),
            "新建账本的，写明钱从哪里来、到账凭证号。",
        ),
        (call.closes_at <= at, "截止时间要在现在以后。"),
    )
    return all_of(yes(), *(no(words, asked=asked, remedy="改好再发起。") for wrong, words in faults if wrong))


def _is_ready(found: Round, states: list[str], at: datetime) -> Verdict:
    asked, clause = "公示名单", queries.terms(found).clause
    if at < found.closes_at:
        return no(
            f"申报到 {instant(found.closes_at)} 才截止。", clause, asked=asked, remedy="截止以后再公示。"
        )
    open_ones = sum(state in queries.UNDECIDED for state in states)
    if open_ones:
        return no(f"还有 {open_ones} 件没有审查完。", clause, asked=asked, remedy="逐件受理或者不予受理。")
    if State.ACCEPTED not in states:
        return no("没有一件受理的申报。", clause, asked=asked, remedy="可以另开一轮。")
    return yes()


def _stands(found: Round, stage: Stage, asked: str) -> Verdict:
    if found.stage == stage:
        return yes()
    return no(f"这一轮现在是「{found.get_stage_display()}」，不能{asked}。", asked=asked)


def _move(found: Round, stage: Stage) -> None:
    found.stage = stage
    found.save(update_fields=["stage"])


def _told(found: Round, act: str, title: str, figures: telling.Figures, *, by: Actor, at: datetime) -> None:
    telling.note(found, act, title, by=by, at=at, clause=queries.terms(found).clause, figures=figures)
