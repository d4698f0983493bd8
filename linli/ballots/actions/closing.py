"""Ending a ballot: sealing the boxes, counting, judging, telling everybody (结束表决)."""

from datetime import datetime

from django.db import transaction

from linli.ballots import access, boxes, letters, queries
from linli.ballots.models import Ballot, Elector, Hand
from linli.bodies.actor import Actor
from linli.core.ballot import may_close
from linli.core.count import Outcome, Sum, add_up, decide
from linli.core.recount import root_of, written_sums
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.outbox import actions as outbox
from linli.record import actions as record


@transaction.atomic
def close(ballot: Ballot, *, by: Actor, at: datetime) -> Outcome:
    """Seal the boxes, judge by the frozen thresholds, and tell everybody what was decided (结束表决).

    Raises ``Refused`` before the time while anybody is waited for, and when the votes are not as many as
    those who cast them: then nothing is changed.
    """
    access.may_end(by, ballot).require()
    return _end(_held(ballot), by=by.person_id, office=by.words_for(ballot.place_path), at=at)


@transaction.atomic
def close_by_itself(ballot: Ballot, *, at: datetime) -> Outcome:
    """End a ballot in which nothing is left to count by hand once its time is over (到期自动计票).

    Raises ``Refused`` as ``close`` does, and for a ballot that people have to count.
    """
    held = _held(ballot)
    if not queries.counts_itself(held):
        raise Refused(
            Refusal(
                "这次表决要由工作人员计票。",
                clause=held.clause,
                remedy="请计票以后结束并公布结果。",
                asked="到期自动计票",
            )
        )
    return _end(held, by=None, office="系统", at=at)


@transaction.atomic
def cancel(ballot: Ballot, *, reason: str, by: Actor, at: datetime) -> None:
    """Call a ballot off with a reason; the votes cast are void, those of a secret one are gone (取消表决)."""
    access.may_end(by, ballot).require()
    held = _held(ballot)
    if not reason.strip():
        raise Refused(
            Refusal(
                "取消表决要写理由。", clause=held.clause, remedy="理由会告诉名册上所有人。", asked="取消表决"
            )
        )
    _sealed(held)
    _call_off(held, reason=reason.strip(), by=by, at=at)


@transaction.atomic
def cancel_without_matter(ballot: Ballot, *, reason: str, by: Actor, at: datetime) -> None:
    """Call a ballot off because the matter it was to decide has ended; by whoever ended that (随事项取消).

    Nothing happens to one that has just ended by itself.
    """
    held = _held(ballot)
    if boxes.seal(held):
        _call_off(held, reason=reason, by=by, at=at)


def _end(held: Ballot, *, by: int | None, office: str, at: datetime) -> Outcome:
    totals = _sealed(held)
    _require_time(held, totals, at=at)
    sums = _counted(held, totals)
    outcome = decide(held.slip, held.frozen, entitled=held.counts, sums=sums)
    receipts = queries.receipts(held)
    _require_as_many(held, len(receipts), sums[0])
    held.closed_at, held.passed, held.said = at, outcome.passed, outcome.said
    held.sums, held.root = written_sums(sums), root_of(receipts)
    held.save(update_fields=["closed_at", "passed", "said", "sums", "root"])
    _note(held, outcome, by=by, office=office, at=at)
    outbox.write(letters.results(held, _people(held)), matter=held.matter_id, at=at)
    return outcome


def _call_off(held: Ballot, *, reason: str, by: Actor, at: datetime) -> None:
    held.boxes.all().delete()
    held.cancelled_at, held.reason = at, reason
    held.save(update_fields=["cancelled_at", "reason"])
    record.write(
        chain=held.chain,
        act="cancel_ballot",
        title="取消表决",
        by=by.person_id,
        office=by.words_for(held.place_path),
        at=at,
        clause=held.clause,
        figures=(("表决编号", held.number),),
        words=held.reason,
    )
    outbox.write(letters.cancellations(held, _people(held)), matter=held.matter_id, at=at)


def _held(ballot: Ballot) -> Ballot:
    return Ballot.objects.select_for_update(of=("self",)).select_related("matter").get(pk=ballot.pk)


def _sealed(ballot: Ballot) -> dict[str, tuple[int, int]]:
    totals = boxes.seal(ballot)
    if not totals:
        raise Refused(
            Refusal("这次表决已经结束。", clause=ballot.clause, remedy="请看公布的结果。", asked="结束表决")
        )
    return totals


def _require_time(ballot: Ballot, totals: dict[str, tuple[int, int]], *, at: datetime) -> None:
    heads, _ = boxes.cast(totals)
    may_close(
        closes_at=ballot.closes_at,
        at=at,
        waiting=Elector.objects.filter(ballot=ballot).count() - heads,
        in_meeting=ballot.in_meeting,
        clause=ballot.clause,
    ).require()
    if waiting := queries.half_typed(ballot):
        raise Refused(
            Refusal(
                f"还有 {waiting} 张纸质票只录了一遍。",
                clause=ballot.clause,
                remedy="请另一位工作人员复核以后再结束。",
                asked="结束表决",
            )
        )


def _counted(ballot: Ballot, totals: dict[str, tuple[int, int]]) -> tuple[Sum, ...]:
    """Count the votes; those of an open ballot one by one, and compare them with what the boxes hold."""
    if ballot.is_secret:
        return boxes.sums(totals, [count.measure for count in ballot.counts])
    roll = queries.roll(ballot)
    sums = add_up(roll, queries.votes(ballot))
    known = {one.measure: one for one in boxes.sums(totals, roll.measures)}
    if written_sums(sums[:1]) != written_sums((known[sums[0].measure],)):
        _refuse_unequal(ballot, sums[0].cast, known[sums[0].measure].cast)
    return sums


def _require_as_many(ballot: Ballot, receipts: int, heads: Sum) -> None:
    if receipts != heads.cast:
        _refuse_unequal(ballot, receipts, heads.cast)


def _refuse_unequal(ballot: Ballot, found: int, boxed: int) -> None:
    raise Refused(
        Refusal(
            f"票箱里有 {boxed} 张票，逐一清点是 {found} 张：不相符，不能公布结果。",
            clause=ballot.clause,
            remedy="请保留现状，告诉系统管理员核对数据库。",
            asked="结束表决",
        )
    )


def _note(ballot: Ballot, outcome: Outcome, *, by: int | None, office: str, at: datetime) -> None:
    last = outcome.verdicts[-1]
    figures = [("表决编号", ballot.number), ("结果", "通过" if outcome.passed else "未通过"), *last.figures]
    record.write(
        chain=ballot.chain,
        act="close_ballot",
        title="公布表决结果",
        by=by,
        office=office,
        at=at,
        clause=last.clause,
        figures=(*figures, ("结论", ballot.said), ("回执清单根值", ballot.root)),
    )


def _people(ballot: Ballot) -> list[int]:
    rows = Hand.objects.filter(elector__ballot=ballot).values_list("person_id", flat=True)
    return sorted(set(rows))
