"""Who may do what on the floor of a meeting: motions, speaking in turn, points of order (罗伯特议事规则)."""

from dataclasses import replace
from datetime import datetime

from linli.core.floor import Floor, Kind, Motion, Point, Rule, Side, Speech, Stage
from linli.core.verdict import Verdict, no, yes

# ── items ──────────────────────────────────────────────────────────────────────────────────────────────────


def may_take_up(floor: Floor, *, by: str) -> Verdict:
    """Answer whether the chair may go on to another item (下一项)."""
    if (refused := _for_the_chair(floor, by, "进入议程")) is not None:
        return refused
    if floor.pending:
        return _no(
            Rule.ONE_AT_A_TIME, "还有动议没有处理完：不能换议程。", "先表决、撤回或者搁置它。", "进入议程"
        )
    return yes("可以进入这一项。", Rule.ONE_AT_A_TIME.clause)


def take_up(floor: Floor, item: str, *, by: str) -> Floor:
    """Go on to an item of the agenda (进入议程)."""
    may_take_up(floor, by=by).require()
    return replace(floor, item=item, motions=(), speeches=(), chair=floor.presiding)


# ── motions ────────────────────────────────────────────────────────────────────────────────────────────────


def may_move(floor: Floor, kind: Kind, *, by: str) -> Verdict:
    """Answer whether somebody may move something now (提出动议)."""
    asked = f"提出{kind.title}"
    if (refused := _first(_order_stands(floor, asked), _chair_is_neutral(floor, by, asked))) is not None:
        return refused
    if not floor.item:
        return _no(Rule.ONE_AT_A_TIME, "还没有进入议程：不能提动议。", "请主持人先进入一项议程。", asked)
    if floor.running and floor.running.speaker != by:
        return _no(Rule.UNINTERRUPTED, "别人正在发言：不能打断。", "等这位说完再提。", asked)
    if kind is Kind.MAIN:
        return _may_move_main(floor)
    return _may_move_on_main(floor, kind)


def move(floor: Floor, kind: Kind, words: str, *, by: str) -> Floor:
    """Ask the meeting to decide something (动议); an amendment's ``words`` are the whole new text."""
    may_move(floor, kind, by=by).require()
    if not words.strip():
        _no(
            Rule.MOTION_FIRST, "动议要写明做什么：时间、地点、人员、资源和结果。", "写清楚再提。", "提出动议"
        ).require()
    number = max((one.number for one in floor.motions), default=0) + 1
    return replace(floor, motions=(*floor.motions, Motion(number, kind, words.strip(), by)))


def may_second(floor: Floor, *, by: str) -> Verdict:
    """Answer whether somebody may second what was moved last (附议)."""
    motion = floor.pending
    if (refused := _first(_order_stands(floor, "附议"), _chair_is_neutral(floor, by, "附议"))) is not None:
        return refused
    if motion is None or motion.stage is not Stage.MOVED:
        return _no(Rule.MOTION_FIRST, "现在没有等人附议的动议。", "等有人提出动议。", "附议")
    if motion.mover == by:
        return _no(Rule.MOTION_FIRST, "自己提的动议，要由别人附议。", "请另一位附议。", "附议")
    return yes("可以附议。", Rule.MOTION_FIRST.clause)


def second(floor: Floor, *, by: str) -> Floor:
    """Say that a motion is worth the meeting's time; its mover is then the first to speak (附议)."""
    may_second(floor, by=by).require()
    motion = replace(_pending(floor), seconder=by, stage=Stage.SECONDED)
    floor = _with(floor, motion)
    return _hand_up(floor, motion, Side.FOR, motion.mover) if motion.kind.is_debated else floor


def may_drop(floor: Floor, *, by: str) -> Verdict:
    """Answer whether the chair may drop a motion that nobody seconds or states (动议不成立)."""
    if (
        refused := _first(_order_stands(floor, "动议不成立"), _for_the_chair(floor, by, "动议不成立"))
    ) is not None:
        return refused
    motion = floor.pending
    if motion is None or motion.stage not in (Stage.MOVED, Stage.SECONDED):
        return _no(Rule.FULL_DEBATE, "动议已经进入辩论：要由会议表决。", "讨论充分了，付表决。", "动议不成立")
    return yes("没有人附议或者说明，动议不成立。", Rule.MOTION_FIRST.clause)


def drop(floor: Floor, *, by: str) -> Floor:
    """Take a motion off the floor that nobody seconds or states (动议不成立)."""
    may_drop(floor, by=by).require()
    return _settled(floor, _pending(floor), Stage.LOST)


def may_withdraw(floor: Floor, *, by: str) -> Verdict:
    """Answer whether the mover may take the pending motion back (撤回)."""
    motion = floor.pending
    if (refused := _order_stands(floor, "撤回动议")) is not None:
        return refused
    if motion is None or motion.mover != by:
        return _no(Rule.MOTION_FIRST, "只有提出动议的人可以撤回它。", "不赞成的，可以发言反对。", "撤回动议")
    if motion.stage is Stage.PUT:
        return _no(Rule.FULL_DEBATE, "已经开始表决：不能撤回。", "等表决结果。", "撤回动议")
    if any(one.motion == motion.number and one.began_at and one.speaker != by for one in floor.speeches):
        return _no(
            Rule.FULL_DEBATE,
            "别人已经就它发言，动议属于全体会议：不能撤回。",
            "可以动议搁置。",
            "撤回动议",
        )
    return yes("可以撤回。", Rule.MOTION_FIRST.clause)


def withdraw(floor: Floor, *, by: str, at: datetime) -> Floor:
    """Take the pending motion back, and all hands with it (撤回)."""
    may_withdraw(floor, by=by).require()
    return _settled(_silent(floor, at), _pending(floor), Stage.WITHDRAWN)


# ── speaking ───────────────────────────────────────────────────────────────────────────────────────────────


def may_ask_to_speak(floor: Floor, *, by: str) -> Verdict:
    """Answer whether somebody may put a hand up on the pending motion (申请发言)."""
    motion = floor.pending
    if (refused := _chair_is_neutral(floor, by, "发言")) is not None:
        return refused
    if motion is None or not motion.kind.is_debated or motion.stage not in (Stage.SECONDED, Stage.DEBATED):
        return _no(Rule.MOTION_FIRST, "现在没有可以辩论的动议：先动议、附议，再发言。", "", "发言")
    if motion.is_closed:
        return _no(Rule.FULL_DEBATE, "会议已经决定结束辩论。", "请等表决。", "发言")
    if any(one.speaker == by and not one.ended_at and one.motion == motion.number for one in floor.speeches):
        return _no(Rule.EQUAL_CHANCE, "您已经在等候发言或者正在发言。", "请等主持人叫到您。", "发言")
    spoken = floor.times(by, motion=motion.number)
    if floor.debate and spoken >= floor.debate.times:
        return no(
            f"每人就一件动议最多发言 {floor.debate.times} 次，您已经发言 {spoken} 次：不能再发言。",
            floor.debate.clause,
            remedy="请把意见交给还没有发言的人。",
            asked=Rule.LIMITS.value,
            可发言=f"{floor.debate.times} 次",
            已发言=f"{spoken} 次",
        )
    return yes("可以申请发言。", Rule.EQUAL_CHANCE.clause)


def ask_to_speak(floor: Floor, side: Side, *, by: str) -> Floor:
    """Put a hand up for one side (申请发言): the mover of a motion speaks for it."""
    may_ask_to_speak(floor, by=by).require()
    motion = _pending(floor)
    if by == motion.mover and side is Side.AGAINST:
        _no(Rule.CLEAR_POSITION, "提出动议的人要为它说话。", "改变了主意，可以撤回动议。", "发言").require()
    return _hand_up(floor, motion, side, by)


def lower_hand(floor: Floor, *, by: str) -> Floor:
    """Take one's hand down again (取消发言)."""
    return replace(
        floor, speeches=tuple(one for one in floor.speeches if not (one.speaker == by and one.is_waiting))
    )


def next_speaker(floor: Floor) -> Speech | None:
    """Say whose turn it is: the mover first, then the side that did not speak last, the un-heard first."""
    motion = floor.pending
    return next(iter(floor.waiting(motion.number)), None) if motion else None


def may_call(floor: Floor, *, by: str, speaker: str = "", at: datetime) -> Verdict:
    """Answer whether the chair may give the floor to the next, or to the one who is named (请人发言)."""
    if (
        refused := _first(_order_stands(floor, "请人发言"), _for_the_chair(floor, by, "请人发言"))
    ) is not None:
        return refused
    motion, turn = floor.pending, next_speaker(floor)
    if motion is None or motion.stage not in (Stage.SECONDED, Stage.DEBATED) or turn is None:
        return _no(Rule.MOTION_FIRST, "现在没有人等候发言。", "讨论充分了，可以付表决。", "请人发言")
    if floor.running and not _is_over(floor, floor.running, at):
        return _no(Rule.UNINTERRUPTED, "正在发言的人时间还没有用完：不能打断。", "等这位说完。", "请人发言")
    if motion.stage is Stage.SECONDED and turn.speaker != motion.mover:
        return _no(Rule.CLEAR_POSITION, "由提出动议的人先说明理由。", "请动议人先发言。", "请人发言")
    if speaker not in ("", turn.speaker):
        return _no(
            Rule.EQUAL_CHANCE,
            f"轮到{turn.side.title}：正反轮流，没有发过言的优先。",
            "请按名单上的次序叫。",
            "请人发言",
        )
    return yes("可以请这位发言。", Rule.EQUAL_CHANCE.clause)


def call(floor: Floor, *, by: str, speaker: str = "", at: datetime) -> Floor:
    """Give the floor to whose turn it is; a speaker whose time is over yields it (请人发言)."""
    may_call(floor, by=by, speaker=speaker, at=at).require()
    turn, motion = next_speaker(floor), _pending(floor)
    floor = _silent(floor, at)
    speeches = tuple(replace(one, began_at=at) if one == turn else one for one in floor.speeches)
    return _with(replace(floor, speeches=speeches), replace(motion, stage=Stage.DEBATED))


def may_finish(floor: Floor, *, by: str) -> Verdict:
    """Answer whether somebody may say that a speech is over: the speaker, or the chair for them (说完)."""
    if floor.running is None:
        return _no(Rule.UNINTERRUPTED, "现在没有人在发言。", "", "结束发言")
    if by not in (floor.running.speaker, floor.chair):
        return _no(Rule.UNINTERRUPTED, "别人的发言不能打断。", "违反规则的，可以提秩序问题。", "结束发言")
    return yes("可以结束发言。", Rule.UNINTERRUPTED.clause)


def finish(floor: Floor, *, by: str, at: datetime) -> Floor:
    """End the speech being held (说完)."""
    may_finish(floor, by=by).require()
    return _silent(floor, at)


# ── points of order ────────────────────────────────────────────────────────────────────────────────────────


def raise_point(floor: Floor, words: str, *, by: str) -> Floor:
    """Say that a rule is broken; this may interrupt anything (秩序问题)."""
    if by == floor.chair:
        _no(Rule.RULINGS, "主持人自己裁定秩序，不向自己提秩序问题。", "直接提醒大家。", "秩序问题").require()
    if floor.open_point:
        _no(Rule.RULINGS, "前一个秩序问题还没有裁定。", "等主持人裁定。", "秩序问题").require()
    number = max((one.number for one in floor.points), default=0) + 1
    return replace(floor, points=(*floor.points, Point(number, by, words.strip())))


def rule_on(floor: Floor, *, by: str, upheld: bool) -> Floor:
    """Rule on the point of order that stands (裁定)."""
    if (refused := _for_the_chair(floor, by, "裁定")) is not None:
        refused.require()
    if floor.open_point is None:
        _no(Rule.RULINGS, "现在没有要裁定的秩序问题。", "", "裁定").require()
    return replace(
        floor,
        points=tuple(replace(one, upheld=upheld) if one.upheld is None else one for one in floor.points),
    )


# ── the vote ───────────────────────────────────────────────────────────────────────────────────────────────


def may_put(floor: Floor, *, by: str, at: datetime) -> Verdict:
    """Answer whether the chair may put the pending motion to the vote (付表决)."""
    if (refused := _first(_order_stands(floor, "付表决"), _for_the_chair(floor, by, "付表决"))) is not None:
        return refused
    motion = floor.pending
    if motion is None:
        return _no(Rule.MOTION_FIRST, "没有动议：不能表决。", "先动议、附议、说明，再表决。", "付表决")
    if motion.stage is Stage.MOVED:
        return _no(Rule.MOTION_FIRST, "还没有人附议：不能表决。", "没有人附议的，动议不成立。", "付表决")
    if motion.stage is Stage.PUT:
        return _no(Rule.ONE_AT_A_TIME, "这件动议正在表决。", "先报出结果。", "付表决")
    if not motion.kind.is_debated:
        return yes("不辩论，直接表决。", Rule.FULL_DEBATE.clause)
    return _is_debated_enough(floor, motion, at)


def put(floor: Floor, *, by: str, at: datetime) -> Floor:
    """Put the pending motion to the vote (付表决)."""
    may_put(floor, by=by, at=at).require()
    return _with(_silent(floor, at), replace(_pending(floor), stage=Stage.PUT))


def settle(floor: Floor, *, carried: bool) -> Floor:
    """Take the result of a vote, with what follows from it for the motion it was about (表决结果)."""
    motion = _pending(floor)
    if motion.stage is not Stage.PUT:
        _no(Rule.MOTION_FIRST, "还没有付表决：没有结果。", "先付表决。", "报出结果").require()
    floor = _settled(floor, motion, Stage.CARRIED if carried else Stage.LOST)
    main = floor.main
    if not carried or main is None:
        return floor
    if motion.kind is Kind.AMEND:
        return _with(floor, replace(main, words=motion.words))
    if motion.kind is Kind.CLOSE:
        hands = tuple(one for one in floor.speeches if not one.is_waiting)
        closed = tuple(replace(one, is_closed=one.stage.is_pending) for one in floor.motions)
        return replace(floor, motions=closed, speeches=hands)
    return _tabled(floor)


def may_chair_vote(*, agrees: bool, agreeing: int, against: int, carried: bool, would_carry: bool) -> Verdict:
    """Answer whether the chair may vote in the open, after all others (主持人表决).

    Only a vote without which the motion would fail: never one that makes a tie, or that changes nothing.
    """
    clause, votes = Rule.NEUTRAL_CHAIR.clause, f"赞成 {agreeing} 票、反对 {against} 票"
    figures = {"赞成": f"{agreeing} 票", "反对": f"{against} 票"}
    if agrees and would_carry and not carried:
        return yes(f"{votes}：主持人可以投决定的一票。", clause, **figures)
    ties = not agrees and agreeing == against + 1
    sentence = "不能用自己的一票造成平局" if ties else "的一票改变不了结果，应当保持中立"
    return no(
        f"{votes}：主持人{sentence}。",
        clause,
        remedy="要参加表决的，先把主持交给别人。",
        asked=Rule.NEUTRAL_CHAIR.value,
        **figures,
    )


def may_adjourn(floor: Floor, *, by: str) -> Verdict:
    """Answer whether the chair may break the meeting off, to go on another day (休会).

    A motion and the hands that are up stay as they are; a speech, a vote and a point of order come first.
    """
    if (refused := _first(_order_stands(floor, "休会"), _for_the_chair(floor, by, "休会"))) is not None:
        return refused
    if floor.pending and floor.pending.stage is Stage.PUT:
        return _no(Rule.ONE_AT_A_TIME, "这件动议正在表决：不能休会。", "先报出结果。", "休会")
    if floor.running:
        return _no(Rule.UNINTERRUPTED, "还有人正在发言：不能休会。", "等这位说完。", "休会")
    return yes("可以休会。", Rule.ONE_AT_A_TIME.clause)


# ── the chair ──────────────────────────────────────────────────────────────────────────────────────────────


def may_hand_over(floor: Floor, *, by: str, to: str) -> Verdict:
    """Answer whether the chair may let somebody else preside (交出主持)."""
    if (refused := _for_the_chair(floor, by, "交出主持")) is not None:
        return refused
    if to == by:
        return _no(Rule.NEUTRAL_CHAIR, "要交给另一位。", "请选一位还没有就此发言的人。", "交出主持")
    main = floor.main
    has_argued = main and (
        to in (main.mover, main.seconder)
        or any(one.speaker == to for one in floor.speeches if one.motion == main.number)
    )
    if has_argued:
        return _no(
            Rule.NEUTRAL_CHAIR,
            "这位已经就当前动议表过态：不能主持。",
            "请选一位还没有表态的人。",
            "交出主持",
        )
    return yes("可以交出主持。", Rule.NEUTRAL_CHAIR.clause)


def hand_over(floor: Floor, *, by: str, to: str) -> Floor:
    """Let somebody else preside until the main motion is settled, so as to argue oneself (交出主持)."""
    may_hand_over(floor, by=by, to=to).require()
    return replace(floor, chair=to)


# ── inside ─────────────────────────────────────────────────────────────────────────────────────────────────


def _may_move_main(floor: Floor) -> Verdict:
    if floor.main:
        return _no(
            Rule.ONE_AT_A_TIME,
            "已经有一件动议还没有处理完：不能再提一件。",
            "可以对它提修正动议，或者等它表决以后。",
            "提出动议",
        )
    return yes("可以提出动议。", Rule.MOTION_FIRST.clause)


def _may_move_on_main(floor: Floor, kind: Kind) -> Verdict:
    asked, main, pending = f"提出{kind.title}", floor.main, floor.pending
    if main is None:
        return _no(Rule.MOTION_FIRST, f"没有动议：不能提出{kind.title}。", "先提出动议。", asked)
    if pending is None or pending.stage in (Stage.MOVED, Stage.PUT) or not pending.kind.is_debated:
        return _no(Rule.ONE_AT_A_TIME, "前一件动议还没有处理完。", "等它有了结果再提。", asked)
    if main.stage is not Stage.DEBATED:
        return _no(Rule.CLEAR_POSITION, "动议人还没有说明理由。", "等动议人说完再提。", asked)
    if kind is Kind.AMEND and (pending is not main or main.is_closed):
        return _no(Rule.ONE_AT_A_TIME, "修正动议要一件一件来，结束辩论以后不再修正。", "", asked)
    if kind is Kind.CLOSE and pending.is_closed:
        return _no(Rule.FULL_DEBATE, "辩论已经结束。", "请主持人付表决。", asked)
    return yes(f"可以提出{kind.title}。", Rule.ONE_AT_A_TIME.clause)


def _is_debated_enough(floor: Floor, motion: Motion, at: datetime) -> Verdict:
    if motion.stage is not Stage.DEBATED:
        return _no(Rule.CLEAR_POSITION, "动议人还没有说明理由：不能表决。", "请动议人先说明理由。", "付表决")
    if floor.running and not _is_over(floor, floor.running, at):
        return _no(Rule.UNINTERRUPTED, "还有人正在发言：不能表决。", "等这位说完。", "付表决")
    hands = floor.waiting(motion.number)
    if hands and not motion.is_closed:
        return no(
            f"还有 {len(hands)} 人等候发言：不能表决。",
            Rule.FULL_DEBATE.clause,
            remedy="请他们发言，或者动议结束辩论。",
            asked=Rule.FULL_DEBATE.value,
            等候发言=f"{len(hands)} 人",
        )
    return yes("讨论已经充分，可以表决。", Rule.FULL_DEBATE.clause)


def _hand_up(floor: Floor, motion: Motion, side: Side, by: str) -> Floor:
    number = max((one.number for one in floor.speeches), default=0) + 1
    return replace(floor, speeches=(*floor.speeches, Speech(number, motion.number, by, side)))


def _silent(floor: Floor, at: datetime) -> Floor:
    """End the speech being held, at the latest when its time was over."""
    ended = (
        replace(one, ended_at=min(at, floor.ends_at(one) or at)) if one.is_running else one
        for one in floor.speeches
    )
    return replace(floor, speeches=tuple(ended))


def _is_over(floor: Floor, speech: Speech, at: datetime) -> bool:
    ends_at = floor.ends_at(speech)
    return ends_at is not None and at >= ends_at


def _pending(floor: Floor) -> Motion:
    motion = floor.pending
    if motion is None:
        raise ValueError("there is no motion on the floor")
    return motion


def _with(floor: Floor, motion: Motion) -> Floor:
    return replace(
        floor, motions=tuple(motion if one.number == motion.number else one for one in floor.motions)
    )


def _settled(floor: Floor, motion: Motion, stage: Stage) -> Floor:
    """Take a motion off the floor with its hands; the chair goes back once nothing is pending."""
    hands = tuple(one for one in floor.speeches if one.motion != motion.number or not one.is_waiting)
    floor = _with(replace(floor, speeches=hands), replace(motion, stage=stage))
    return floor if floor.main else replace(floor, chair=floor.presiding)


def _tabled(floor: Floor) -> Floor:
    while motion := floor.pending:
        floor = _settled(floor, motion, Stage.TABLED)
    return floor


def _first(*verdicts: Verdict | None) -> Verdict | None:
    return next((one for one in verdicts if one is not None), None)


def _order_stands(floor: Floor, asked: str) -> Verdict | None:
    if floor.open_point is None:
        return None
    return _no(Rule.RULINGS, "有人提出秩序问题，要先裁定。", "请主持人裁定。", asked)


def _for_the_chair(floor: Floor, by: str, asked: str) -> Verdict | None:
    if by == floor.chair:
        return None
    return _no(Rule.TO_THE_CHAIR, f"「{asked}」由主持人来做。", "请向主持人提出。", asked)


def _chair_is_neutral(floor: Floor, by: str, asked: str) -> Verdict | None:
    if by != floor.chair:
        return None
    return _no(
        Rule.NEUTRAL_CHAIR,
        f"主持人要保持中立，不能{asked}。",
        "要表达意见的，先把主持交给别人。",
        asked,
    )


def _no(rule: Rule, sentence: str, remedy: str, asked: str) -> Verdict:
    return no(sentence, rule.clause, remedy=remedy, asked=asked)
