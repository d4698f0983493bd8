"""Holding a meeting under the rules of order: items, motions, speaking in turn, counting hands (开会)."""

from dataclasses import dataclass

from django.db import transaction

from linli.core import rules_of_order as order
from linli.core.clause import Clause
from linli.core.floor import Floor, Kind, Side, Stage
from linli.core.funnel import Count, Funnel, Measure
from linli.core.procedure import ActRule
from linli.core.refusal import Refusal
from linli.core.threshold import Threshold, judge
from linli.core.verdict import Refused, Verdict, all_of
from linli.matters.actions import moving
from linli.matters.actions.moving import Move
from linli.meetings import models, queries
from linli.meetings.access import Hall, quorum
from linli.meetings.actions.keeping import keep
from linli.meetings.actions.noting import noted, stirred, turned
from linli.meetings.models import AgendaItem, Meeting, Progress, Seat
from linli.rulebook import queries as rulebook

DEALT_WITH = "met"


@dataclass(frozen=True, slots=True)
class Hands:
    """How many put their hands up; ``chair`` is the chair's own vote if they cast one (举手)."""

    agreeing: int
    against: int
    abstaining: int = 0
    chair: Side | None = None


@transaction.atomic
def open_meeting(hall: Hall) -> Verdict:
    """Open a meeting for which enough have come, or go on with one that was adjourned (宣布开会、复会).

    Raises ``Refused`` with the sum when too few are there now, however many there were before.
    """
    hall.require_running()
    if not hall.meeting.is_coming:
        hall.require_open()
        return hall.quorum()
    verdict = hall.quorum().require()
    resumes = hall.meeting.is_adjourned
    now = {"resumed_at": hall.at} if resumes else {"opened_at": hall.at}
    Meeting.objects.filter(pk=hall.meeting.pk).update(progress=Progress.OPEN, **now)
    act, title = ("resume", "复会") if resumes else ("open", "宣布开会")
    noted(hall, act, title, figures=verdict.figures, words=verdict.sentence)
    return verdict


@transaction.atomic
def take_up(hall: Hall, item_id: int) -> None:
    """Go on to an item; what was dealt with before is put on its matter's record (进入议程)."""
    hall.require_open()
    item = AgendaItem.objects.filter(meeting=hall.meeting, pk=item_id).first()
    if item is None or item.ended_at is not None:
        raise Refused(Refusal("这一项不在议程里，或者已经议过。", clause=hall.forum.clause))
    order.may_take_up(hall.floor, by=_chair(hall)).require()
    _end_item(hall)
    AgendaItem.objects.filter(pk=item.pk).update(began_at=hall.at)
    Meeting.objects.filter(pk=hall.meeting.pk).update(chair=hall.meeting.presiding)
    noted(hall, "take_up", "进入议程", words=f"第 {item.position} 项：{item.title}")


@transaction.atomic
def move(hall: Hall, kind: Kind, words: str, *, key: str = "") -> None:
    """Move that the meeting decide something (动议)."""
    seat = _voter(hall, key)
    words = words.strip() or kind.title
    keep(hall, order.move(hall.floor, kind, words, by=seat.key))
    noted(hall, "move", f"提出{kind.title}", words=f"{seat.name}：{words}")


@transaction.atomic
def second(hall: Hall, *, key: str = "") -> None:
    """Second what was moved (附议)."""
    seat = _voter(hall, key)
    keep(hall, order.second(hall.floor, by=seat.key))
    noted(hall, "second", "附议", words=seat.name)


@transaction.atomic
def withdraw(hall: Hall, *, key: str = "") -> None:
    """Take one's own motion back (撤回动议)."""
    seat = _voter(hall, key)
    keep(hall, order.withdraw(hall.floor, by=seat.key, at=hall.at))
    noted(hall, "withdraw_motion", "撤回动议", words=seat.name)


@transaction.atomic
def drop(hall: Hall) -> None:
    """Take a motion off the floor that nobody seconds or states (动议不成立)."""
    keep(hall, order.drop(_opened(hall), by=_chair(hall)))
    noted(hall, "drop", "动议不成立")


@transaction.atomic
def ask_to_speak(hall: Hall, side: Side, *, key: str = "") -> None:
    """Put a hand up for one side (申请发言)."""
    seat = _present(hall, key)
    keep(hall, order.ask_to_speak(hall.floor, side, by=seat.key))
    stirred(hall.meeting)


@transaction.atomic
def lower_hand(hall: Hall, *, key: str = "") -> None:
    """Take a hand down again (取消发言)."""
    seat = _present(hall, key)
    keep(hall, order.lower_hand(hall.floor, by=seat.key))
    stirred(hall.meeting)


@transaction.atomic
def call(hall: Hall, *, speaker: str = "") -> None:
    """Give the floor to whose turn it is (请人发言)."""
    floor = order.call(_opened(hall), by=_chair(hall), speaker=speaker, at=hall.at)
    keep(hall, floor)
    running = floor.running
    who = queries.names(hall.meeting, [running.speaker])[running.speaker] if running else ""
    noted(hall, "call", "发言", words=f"{running.side.title}：{who}" if running else "")


@transaction.atomic
def finish(hall: Hall, *, key: str = "") -> None:
    """Say that a speech is over (说完)."""
    by = _chair(hall) if hall.runs and not key else _present(hall, key).key
    keep(hall, order.finish(_opened(hall), by=by, at=hall.at))
    turned(hall.meeting)


@transaction.atomic
def raise_point(hall: Hall, words: str, *, key: str = "") -> None:
    """Say that a rule is broken (秩序问题)."""
    seat = _present(hall, key)
    keep(hall, order.raise_point(hall.floor, words, by=seat.key))
    noted(hall, "raise_point", "提出秩序问题", words=f"{seat.name}：{words.strip()}")


@transaction.atomic
def rule_on(hall: Hall, *, upheld: bool) -> None:
    """Rule on the point of order that stands (裁定)."""
    keep(hall, order.rule_on(_opened(hall), by=_chair(hall), upheld=upheld))
    noted(hall, "rule_on_point", "裁定秩序问题", words="成立" if upheld else "不成立")


@transaction.atomic
def hand_over(hall: Hall, *, to: str) -> None:
    """Let somebody else preside until the motion is settled (交出主持)."""
    by, seat = _chair(hall), queries.seat(hall.meeting, to)
    if seat is None or not seat.is_present:
        raise Refused(
            Refusal("接手主持的人要在会场。", clause=hall.forum.clause, remedy="请选已经签到的人。")
        )
    keep(hall, order.hand_over(_opened(hall), by=by, to=to))
    noted(hall, "hand_over", "交出主持", words=f"由{seat.name}主持")


@transaction.atomic
def put(hall: Hall) -> None:
    """Put the motion to the vote, if enough are still there (付表决)."""
    floor = order.put(_opened(hall), by=_chair(hall), at=hall.at)
    hall.quorum().require()
    keep(hall, floor)
    noted(hall, "put", "付表决")


@transaction.atomic
def count(hall: Hall, hands: Hands) -> Verdict:
    """Take the show of hands that the recorder counted, and judge it (举手表决)."""
    _chair(hall)
    motion = hall.put
    if motion is None:
        raise Refused(Refusal("现在没有付表决的动议。", clause=hall.forum.clause, remedy="先付表决。"))
    if hall.forum.is_secret and motion.kind == Kind.MAIN.value:
        raise Refused(
            Refusal(
                "这类会议应当无记名投票：不能举手表决。",
                clause=hall.forum.clause,
                remedy="请改用表决票。",
                asked="无记名投票",
            )
        )
    verdict = judge_hands(hall, Kind(motion.kind), hands)
    agreeing, against = _with_chair(hands)
    models.Motion.objects.filter(pk=motion.pk).update(
        agreeing=agreeing, against=against, abstaining=hands.abstaining
    )
    settle(hall, verdict)
    return verdict


def judge_hands(hall: Hall, kind: Kind, hands: Hands) -> Verdict:
    """Judge counted hands under the threshold that this kind of motion needs (判定)."""
    without = _judge(hall, kind, _funnel(hall, hands, with_chair=False))
    if hands.chair is None:
        return without
    with_chair = _judge(hall, kind, _funnel(hall, hands, with_chair=True))
    order.may_chair_vote(
        agrees=hands.chair is Side.FOR,
        agreeing=hands.agreeing,
        against=hands.against,
        carried=without.is_yes,
        would_carry=with_chair.is_yes,
    ).require()
    return with_chair


@transaction.atomic
def settle(hall: Hall, verdict: Verdict) -> None:
    """Take the result of the vote on the motion that was put (报出结果)."""
    before = hall.floor.pending
    keep(hall, order.settle(hall.floor, carried=verdict.is_yes))
    if before and hall.item:
        models.Motion.objects.filter(item=hall.item, number=before.number).update(
            said=verdict.sentence, clause=str(verdict.clause or "")
        )
    noted(hall, "settle", "报出结果", figures=verdict.figures, words=verdict.sentence)


@transaction.atomic
def voted_by(hall: Hall, motion: models.Motion, *, ballot: str) -> None:
    """Note that a motion is decided by a ballot of those who are there (会上表决)."""
    models.Motion.objects.filter(pk=motion.pk).update(ballot=ballot)
    noted(hall, "open_vote", "发起会上表决", figures=(("表决编号", ballot),))


@transaction.atomic
def close(hall: Hall) -> None:
    """Close the meeting once nothing is left on the floor (散会)."""
    hall.require_open()
    order.may_take_up(hall.floor, by=_chair(hall)).require()
    _end_item(hall)
    Meeting.objects.filter(pk=hall.meeting.pk).update(progress=Progress.CLOSED, closed_at=hall.at)
    noted(hall, "close", "散会", figures=hall.quorum().figures)


def _end_item(hall: Hall) -> None:
    """Close the item that was dealt with, and put the result on its matter's record."""
    item = hall.item
    if item is None:
        return
    AgendaItem.objects.filter(pk=item.pk).update(ended_at=hall.at)
    if item.matter is None:
        return
    decided = [one for one in hall.motions if one.kind == Kind.MAIN.value and one.settled_at]
    moving.note(
        item.matter,
        Move(
            rule=ActRule(act=DEALT_WITH, by=(), title="会议审议", clause=hall.forum.clause),
            by=hall.actor,
            at=hall.at,
            calendar=rulebook.calendar(),
            figures=(
                ("会议", hall.meeting.number),
                ("会议形式", hall.meeting.forum_title),
                ("结果", "；".join(Stage(one.stage).title for one in decided) or "没有表决"),
            ),
            words="\n".join(f"{one.words}：{one.said or Stage(one.stage).title}" for one in decided),
        ),
    )


def _opened(hall: Hall) -> Floor:
    hall.require_open()
    return hall.floor


def _chair(hall: Hall) -> str:
    """Return the chair's key to whoever runs the meeting, who acts for them."""
    hall.require_open()
    hall.require_running()
    return hall.meeting.chair


def _present(hall: Hall, key: str) -> Seat:
    hall.require_open()
    return hall.seat_for(key)


def _voter(hall: Hall, key: str) -> Seat:
    seat = _present(hall, key)
    if not seat.is_entitled:
        raise Refused(
            Refusal(
                f"{seat.name}是列席的：可以发言，不能动议、附议和表决。",
                clause=hall.forum.clause,
                asked="表决权",
            )
        )
    if hall.item and seat.key in queries.recused(hall.item):
        raise Refused(Refusal(f"{seat.name}对这一项应当回避。", clause=hall.forum.clause, asked="回避"))
    return seat


def _bar(hall: Hall, kind: Kind) -> tuple[Threshold, Clause]:
    """Return what a motion needs: the forum's own threshold, or what the debate says for the rest."""
    forum = hall.forum
    if kind is Kind.MAIN and forum.passes:
        return forum.passes.threshold, forum.passes.clause
    debate = forum.debate
    threshold = None
    if debate:
        threshold = debate.closes if kind is Kind.CLOSE else debate.passes
    if debate is None or threshold is None:
        raise Refused(
            Refusal(f"{forum.title}没有规定「{kind.title}」要多少票。", clause=forum.clause, asked="门槛")
        )
    return threshold, debate.clause


def _judge(hall: Hall, kind: Kind, funnel: Funnel) -> Verdict:
    threshold, clause = _bar(hall, kind)
    return all_of(judge(threshold, funnel, clause=clause), quorum(hall.forum, funnel))


def _with_chair(hands: Hands) -> tuple[int, int]:
    return (
        hands.agreeing + (hands.chair is Side.FOR),
        hands.against + (hands.chair is Side.AGAINST),
    )


def _funnel(hall: Hall, hands: Hands, *, with_chair: bool) -> Funnel:
    """Count hands beside the attendance; a household counts as a head where each sends one."""
    agreeing, against = _with_chair(hands) if with_chair else (hands.agreeing, hands.against)
    voting = agreeing + against + hands.abstaining
    _are_there_so_many(hall, voting, with_chair=with_chair)
    attendance = hall.attendance
    heads = next(one for one in attendance.counts if one.measure is Measure.HEADCOUNT)
    return Funnel(
        tuple(
            Count(one.measure, one.entitled, one.attending, voting, agreeing)
            if one.measure is not Measure.FLOOR_AREA and one.entitled == heads.entitled
            else Count(one.measure, one.entitled, one.attending)
            for one in attendance.counts
        )
    )


def _are_there_so_many(hall: Hall, voting: int, *, with_chair: bool) -> None:
    """Refuse more hands than there are people who may vote; the chair does not put a hand up."""
    present = queries.voters_present(hall.meeting, hall.item)
    chair = queries.seat(hall.meeting, hall.meeting.chair)
    presides = bool(chair and chair.is_entitled and chair.is_present and hall.forum.debate)
    most = present - (presides and not with_chair)
    if voting > most:
        raise Refused(
            Refusal(
                f"到会可表决 {most} 人，却数出 {voting} 票：清点有误。",
                clause=hall.forum.clause,
                remedy="请重新清点；主持人不参加举手，回避的人不计。",
                asked="举手清点",
            )
        )
