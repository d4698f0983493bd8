"""A round runs from the call to the last receipt; what the rules forbid is refused and changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from linli.books import queries as books
from linli.core.grant import Decision
from linli.core.verdict import Refused
from linli.disclosure.actions import noticing, objecting
from linli.grants import queries
from linli.grants.actions import applying, carrying_out, determining, opening, reviewing
from linli.grants.actions.carrying_out import Paper
from linli.grants.choices import Stage
from linli.grants.models import Application, Round, Sheet
from linli.outbox import queries as letters
from linli.people import households
from linli.people import queries as people
from linli.record import queries as record
from tests.grants import calls
from tests.grants.calls import CLOSES, SHOWN
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("G9", "L22")]


def refused(act: Callable[[], object], found: Round | Application) -> str:
    """Return why an act was refused; neither the record nor the row may have changed."""
    kind = type(found)
    before = kind.objects.filter(pk=found.pk).values().get()
    written = len(record.timeline(found.number))
    with pytest.raises(Refused) as why, transaction.atomic():
        act()
    assert kind.objects.filter(pk=found.pk).values().get() == before
    assert len(record.timeline(found.number)) == written
    return str(why.value)


def test_a_round_sets_its_whole_budget_aside_and_cannot_spend_what_is_not_there(world: World) -> None:
    found = calls.opened(world.secretary)
    standing = books.balances(found.purse)
    assert (standing["pool"], standing[f"for/{found.number}"]) == (700_000, 300_000)
    poor = calls.purse(world.secretary, fen=299_999)
    with pytest.raises(Refused, match="不能透支"), transaction.atomic():
        opening.open_round(calls.call(poor), place=world.home[2], by=world.secretary, at=TUESDAY)
    assert queries.within(world.home[2].path).count() == 1


def test_only_whoever_leads_a_place_opens_a_round_there(world: World) -> None:
    purse = calls.purse(world.secretary)
    with pytest.raises(Refused, match="书记、调度员"):
        opening.open_round(calls.call(purse), place=world.home[2], by=world.grid_worker, at=TUESDAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"asked": 200_001, "lines": (("饭盒", 200_001),)}, "每个最多 2,000 元"),
        ({"kind": "service"}, "不收这一类单位"),
        ({"name": "铜花舞蹈队"}, "已经申报过"),
    ],
    ids=["超过单个上限一分", "类别不对", "一轮报两次"],
)
def test_an_application_outside_the_terms_is_refused(
    world: World, changes: dict[str, object], said: str
) -> None:
    found = calls.opened(world.secretary)
    applying.apply(found.number, calls.asked(name="铜花舞蹈队"), by=world.neighbour, at=TUESDAY)
    told = calls.asked(**changes)
    assert said in refused(lambda: applying.apply(found.number, told, by=world.resident, at=TUESDAY), found)


def test_the_call_closes_on_the_instant(world: World) -> None:
    found = calls.opened(world.secretary)
    instant = timedelta(microseconds=1)
    applying.apply(found.number, calls.asked(), by=world.resident, at=CLOSES - instant)
    late = calls.asked(name="迟到队")
    assert "截止" in refused(lambda: applying.apply(found.number, late, by=world.resident, at=CLOSES), found)


def test_what_is_missing_is_told_once_in_one_letter_and_completed_once(world: World) -> None:
    found = calls.opened(world.secretary)
    poor = calls.asked(plan="", lines=(), milestones=(), registration="")
    one = applying.apply(found.number, poor, by=world.resident, at=TUESDAY)
    by = world.secretary
    assert "材料不齐" in refused(lambda: applying.accept(one.number, by=by, at=TUESDAY), one)
    assert "先给一次补正的机会" in refused(
        lambda: applying.decline(one.number, words="缺材料", by=by, at=TUESDAY), one
    )
    told = applying.tell_missing(one.number, words="没有盖章", by=by, at=TUESDAY)
    body = letters.inside(to=world.resident.person_id)[0].body
    for words in ("登记证号", "实施方案", "预算明细", "进度安排", "没有盖章"):
        assert words in body
    assert told.complete_by is not None
    assert "还没有到期" in refused(
        lambda: applying.decline(one.number, words="缺", by=by, at=told.complete_by), one
    )
    late = told.complete_by + timedelta(seconds=1)
    assert "补正已于" in refused(
        lambda: applying.complete(one.number, calls.asked(), by=world.resident, at=late), one
    )
    assert "不是您申报的" in refused(
        lambda: applying.complete(one.number, calls.asked(), by=world.neighbour, at=TUESDAY), one
    )
    applying.complete(one.number, calls.asked(), by=world.resident, at=told.complete_by)
    assert "已经告知过一次" in refused(lambda: applying.tell_missing(one.number, by=by, at=late), one)
    assert applying.accept(one.number, by=by, at=late).state == "accepted"


def test_the_review_waits_for_the_list_and_for_every_objection(world: World) -> None:
    found = calls.opened(world.secretary)
    by = world.secretary
    calls.listed(found, (calls.asked(), world.resident), by=by)
    calls.reviewers(found, by=by)
    found = queries.of_number(found.number) or found
    shown = CLOSES + SHOWN
    assert "不能结束公示" in refused(
        lambda: opening.begin_review(found.number, by=by, at=CLOSES + timedelta(days=15)), found
    )
    notice = queries.notices(found)[0][1]
    held = objecting.object_to(notice, words="不是本社区的。", by=world.neighbour, at=CLOSES)
    assert "异议没有答复" in refused(lambda: opening.begin_review(found.number, by=by, at=shown), found)
    objecting.answer(held, words="查过，是本社区的。", is_upheld=False, by=by, at=CLOSES)
    assert opening.begin_review(found.number, by=by, at=shown).stage == "reviewing"


def test_an_upheld_objection_stops_the_step(world: World) -> None:
    found = calls.opened(world.secretary)
    by = world.secretary
    calls.listed(found, (calls.asked(), world.resident), by=by)
    calls.reviewers(found, by=by)
    found = queries.of_number(found.number) or found
    notice = queries.notices(found)[0][1]
    held = objecting.object_to(notice, words="名字错了。", by=world.neighbour, at=CLOSES)
    objecting.answer(held, words="是错了。", is_upheld=True, by=by, at=CLOSES)
    assert "异议成立" in refused(lambda: opening.begin_review(found.number, by=by, at=CLOSES + SHOWN), found)
    noticing.correct(notice, words="改好的名单。", reason="名字错了", by=by, at=CLOSES + SHOWN)
    at = CLOSES + SHOWN + timedelta(days=15)
    assert "不能结束公示" in refused(lambda: opening.begin_review(found.number, by=by, at=at), found)
    at += timedelta(days=1)
    assert opening.begin_review(found.number, by=by, at=at).stage == "reviewing"


TIES = ("申报过关系", "同一单位", "近亲属", "就是联系人")


@pytest.mark.parametrize("tie", TIES)
def test_a_reviewer_with_a_tie_neither_reads_nor_scores(world: World, tie: str) -> None:
    found = calls.opened(world.secretary)
    by = world.secretary
    rows = calls.listed(
        found, (calls.asked(), world.resident), (calls.asked(name="别的队"), world.neighbour), by=by
    )
    seats = calls.reviewers(found, by=by, organisation="铜花帮帮团" if tie == "同一单位" else "")
    seat, at = seats[0], CLOSES + SHOWN
    opening.begin_review(found.number, by=by, at=at)
    one, other = (queries.application(row.number) or row for row in rows)
    if tie == "近亲属":
        pair = [people.of_id(person) for person in (seat.person_id, world.resident.person_id)]
        households.relate(pair[0], pair[1], relation="姐妹")  # type: ignore[arg-type]
    if tie == "就是联系人":
        Application.objects.filter(pk=one.pk).update(contact=seat.person_id)
    score = {"points": calls.POINTS, "words": "好。", "by": seat, "at": at}
    assert "还没有申报利害关系" in refused(lambda: reviewing.score(other.number, **score), other)
    ties = {one.number: "我以前的单位"} if tie == "申报过关系" else {}
    reviewing.declare(found.number, ties=ties, by=seat, at=at)
    assert "您要回避" in refused(lambda: reviewing.score(one.number, **score), one)
    reviewing.score(other.number, **score)
    assert Sheet.objects.count() == 1
    assert determining.standing(found)[one.number] == (0, 2)
    short = "能评的只有 2 人，应有 3 人"
    for rest in seats[1:]:
        reviewing.declare(found.number, ties={}, by=rest, at=at)
    found = queries.of_number(found.number) or found
    assert short in "".join(map(str, determining.can_determine(found).refusals))


def test_a_score_names_every_criterion_says_why_and_stays_within_a_hundred(world: World) -> None:
    found = calls.opened(world.secretary)
    (one,) = calls.listed(found, (calls.asked(), world.resident), by=world.secretary)
    seat, at = calls.reviewers(found, by=world.secretary)[0], CLOSES + SHOWN
    opening.begin_review(found.number, by=world.secretary, at=at)
    reviewing.declare(found.number, ties={}, by=seat, at=at)
    for points, words, said in (
        ({"need": 90}, "好", "还没有给"),
        (calls.POINTS | {"need": 101}, "好", "0 到 100 分"),
        (calls.POINTS, " ", "还没有写评语"),
    ):
        assert said in refused(
            lambda points=points, words=words: reviewing.score(
                one.number, points=points, words=words, by=seat, at=at
            ),
            one,
        )


def test_a_decision_that_leaves_the_ranking_is_published_with_its_reason(world: World) -> None:
    found = calls.opened(world.secretary)
    by = world.secretary
    rows = calls.listed(
        found, (calls.asked(), world.resident), (calls.asked(name="别的队"), world.neighbour), by=by
    )
    at = calls.reviewed(found, rows, by=by)
    first, second = rows[0].number, rows[1].number
    silent = {first: Decision(first, 0), second: Decision(second, 150_000)}
    found = queries.of_number(found.number) or found
    assert "没有写理由" in refused(lambda: determining.determine(found.number, silent, by=by, at=at), found)
    told = {first: Decision(first, 0, "没有场地"), second: Decision(second, 150_000)}
    determining.determine(found.number, told, by=by, at=at)
    notice = queries.notices(found)[-1][1]
    assert "和排名不一致：没有场地" in notice.words
    assert "不资助" in notice.words
    assert "没有场地" in letters.inside(to=world.resident.person_id)[0].body


def test_money_follows_accepted_receipts_and_what_is_not_spent_comes_back(world: World) -> None:
    found = calls.opened(world.secretary)
    by, who = world.secretary, world.resident
    (one,) = calls.listed(found, (calls.asked(), who), by=by)
    at = calls.determined(found, [one], by=by)
    one = queries.application(one.number) or one
    assert "不能结束公示" in refused(
        lambda: carrying_out.sign(one.number, by=by, at=at - timedelta(days=2)), one
    )
    carrying_out.sign(one.number, by=by, at=at)
    one = queries.application(one.number) or one
    mid = {"half": "mid", "words": "送了五百份。", "by": who, "at": at}
    assert "没有票据" in refused(lambda: carrying_out.report(one.number, receipts=(), **mid), one)
    twice = (Paper("A1", "饭盒", 10_000), Paper("A1", "饭盒", 10_000))
    assert "报了两次" in refused(lambda: carrying_out.report(one.number, receipts=twice, **mid), one)
    pay = {"receipt": "回单 1", "by": by}
    assert "中期报告还没有通过" in refused(
        lambda: carrying_out.release(one.number, upon="mid", at=at, **pay), one
    )
    carrying_out.release(one.number, upon="agreement", at=at, **pay)
    assert "已经付了" in refused(
        lambda: carrying_out.release(one.number, upon="agreement", at=at, **pay), one
    )
    carrying_out.report(one.number, receipts=(Paper("A1", "饭盒", 70_000),), **mid)
    carrying_out.answer_report(one.number, half="mid", is_accepted=True, words="", by=by, at=at)
    assert "还没有公示" in refused(lambda: carrying_out.release(one.number, upon="mid", at=at, **pay), one)
    carrying_out.show_reports(found.number, half="mid", by=by, at=at)
    at += SHOWN
    carrying_out.release(one.number, upon="mid", at=at, **pay)
    assert queries.paid(one) == 120_000
    again = (Paper("A1", "饭盒", 10_000),)
    last = {"half": "final", "words": "送完了。", "by": who, "at": at}
    assert "报了两次" in refused(lambda: carrying_out.report(one.number, receipts=again, **last), one)
    carrying_out.report(one.number, receipts=(Paper("B1", "车", 30_000),), **last)
    carrying_out.answer_report(one.number, half="final", is_accepted=True, words="", by=by, at=at)
    carrying_out.show_reports(found.number, half="final", by=by, at=at)
    at += SHOWN
    assert "还有 1 个项目没有结算" in refused(
        lambda: opening.end_round(found.number, by=by, at=at), queries.of_number(found.number) or found
    )
    due = carrying_out.close(one.number, receipt="退款回单", by=by, at=at)
    assert (due.due, due.back, due.freed) == (0, 20_000, 50_000)
    opening.end_round(found.number, by=by, at=at)
    standing = books.balances(found.purse)
    assert standing["pool"] == 900_000
    assert standing[f"paid/{one.number}"] == 100_000
    assert standing[f"for/{one.number}"] == standing[f"for/{found.number}"] == 0
    assert not list(books.audit())


def test_the_rest_is_paid_up_to_the_receipts_and_never_above_the_grant(world: World) -> None:
    found = calls.opened(world.secretary)
    by, who = world.secretary, world.resident
    (one,) = calls.listed(found, (calls.asked(), who), by=by)
    at = calls.determined(found, [one], by=by)
    carrying_out.sign(one.number, by=by, at=at)
    for half, fen in (("mid", 100_000), ("final", 60_000)):
        upon = "agreement" if half == "mid" else "mid"
        carrying_out.release(one.number, upon=upon, receipt="回单", by=by, at=at)
        papers = (Paper(half, "饭盒", fen),)
        carrying_out.report(one.number, half=half, words="做了。", receipts=papers, by=who, at=at)
        carrying_out.answer_report(one.number, half=half, is_accepted=True, words="", by=by, at=at)
        carrying_out.show_reports(found.number, half=half, by=by, at=at)
        at += SHOWN
    due = carrying_out.close(one.number, receipt="回单", by=by, at=at)
    assert (due.due, due.back, due.freed) == (30_000, 0, 0)


def test_an_agreement_that_ends_early_gives_back_what_no_receipt_proves(world: World) -> None:
    found = calls.opened(world.secretary)
    by = world.secretary
    (one,) = calls.listed(found, (calls.asked(), world.resident), by=by)
    at = calls.determined(found, [one], by=by)
    carrying_out.sign(one.number, by=by, at=at)
    carrying_out.release(one.number, upon="agreement", receipt="回单", by=by, at=at)
    one = queries.application(one.number) or one
    end = {"words": "队伍散了", "by": by, "at": at}
    assert "要先退回 750 元" in refused(lambda: carrying_out.terminate(one.number, receipt="", **end), one)
    due = carrying_out.terminate(one.number, receipt="退款回单", **end)
    assert (due.due, due.back, due.freed) == (0, 75_000, 150_000)
    opening.end_round(found.number, by=by, at=at)
    assert books.balance(found.purse, code="pool") == 1_000_000


def test_a_round_without_a_book_opens_one_with_what_its_funder_paid_in(world: World) -> None:
    by, place = world.secretary, world.home[2]
    told = calls.call("", source="donation", receipt="到账 1")
    found = opening.open_round(told, place=place, by=by, at=TUESDAY)
    assert queries.money_of(found) == ({}, {"捐赠": 300_000})
    with pytest.raises(Refused, match="钱从哪里来"):
        opening.open_round(calls.call(""), place=place, by=by, at=TUESDAY)


def test_an_upheld_objection_to_the_result_sends_it_back_to_be_decided_anew(world: World) -> None:
    found = calls.opened(world.secretary)
    by = world.secretary
    (one,) = calls.listed(found, (calls.asked(), world.resident), by=by)
    at = calls.determined(found, [one], by=by) - SHOWN
    found = queries.of_number(found.number) or found
    back = {"words": "得分算错了一人。", "by": by, "at": at}
    assert "没有成立的异议" in refused(lambda: determining.go_back(found.number, **back), found)
    wrong = queries.notices(found)[-1][1]
    held = objecting.object_to(wrong, words="他不是居民。", by=world.neighbour, at=at)
    objecting.answer(held, words="查过，确实不是。", is_upheld=True, by=by, at=at)
    assert determining.go_back(found.number, **back).stage == "reviewing"
    told = {one.number: Decision(one.number, 0, "评审人重评以后不资助")}
    determining.determine(found.number, told, by=by, at=at)
    assert queries.application(one.number).state == "refused"  # type: ignore[union-attr]
    assert queries.notices(found)[-1][1] != wrong
    assert opening.end_round(found.number, by=by, at=at + SHOWN).stage == "finished"
    assert books.balance(found.purse, code="pool") == 1_000_000


def test_an_upheld_objection_to_the_list_lets_an_application_be_declined(world: World) -> None:
    found = calls.opened(world.secretary)
    by = world.secretary
    one, other = calls.listed(
        found, (calls.asked(), world.resident), (calls.asked(name="别的队"), world.neighbour), by=by
    )
    one = queries.application(one.number) or one
    strike = {"words": "不是本社区的。", "by": by, "at": CLOSES}
    assert "不能不予受理" in refused(lambda: applying.decline(one.number, **strike), one)
    notice = queries.notices(found)[0][1]
    held = objecting.object_to(notice, words="不是本社区的。", by=world.neighbour, at=CLOSES)
    objecting.answer(held, words="属实。", is_upheld=True, by=by, at=CLOSES)
    determining.go_back(found.number, words="名单有误。", by=by, at=CLOSES)
    applying.decline(one.number, **strike)
    opening.show_list(found.number, by=by, at=CLOSES)
    fresh = queries.notice_of(found, stage=Stage.LISTED)
    assert fresh is not None
    assert other.name in fresh.words
    assert one.name not in fresh.words
