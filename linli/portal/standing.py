"""What one person can do in a meeting at this moment: one thing first, the rest folded away (现在要做的)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from linli.core import rules_of_order as order
from linli.core.floor import Kind, Stage
from linli.matters.letters import instant
from linli.meetings import queries
from linli.meetings.access import Hall
from linli.meetings.actions import minuting
from linli.meetings.scene import Scene

OWN_ACTS = frozenset(
    {
        "answer", "sign_in", "move", "second", "withdraw", "speak", "lower", "finish", "point", "cast",
        "leave", "sign",
    }
)  # fmt: skip
_SAID: Mapping[str, str] = MappingProxyType(
    {
        "answer": "已经回复。",
        "sign_in": "已经签到。",
        "move": "动议已经提出，等人附议。",
        "second": "已经附议。",
        "withdraw": "动议已经撤回。",
        "speak": "已经排上，请等主持人叫您。",
        "lower": "已经取消。",
        "finish": "好的，发言结束。",
        "point": "已经向主持人提出。",
        "leave": "已经登记离会。",
        "sign": "已经签名。",
    }
)


@dataclass(frozen=True, slots=True)
class Todo:
    """The one thing to do now, and the sentence above it (要做的一件事)."""

    key: str
    sentence: str


def todo(scene: Scene, *, code: str, is_polled: bool, may_vote: bool) -> Todo:
    """Say the one thing that this person can do now."""
    hall, own = scene.hall, scene.hall.own
    if hall.meeting.is_cancelled:
        return Todo("", f"会议不开了：{hall.meeting.reason}")
    if hall.meeting.is_held:
        return _after(hall)
    if own is None and hall.meeting.is_adjourned:
        return Todo("", _goes_on(hall))
    if own is None:
        return Todo("", "您在旁听，可以在这里跟着看。")
    if not own.is_present:
        return _before(hall, code=code)
    if not hall.meeting.is_open:
        return Todo("", f"已经签到，等主持人宣布{'复会' if hall.meeting.is_adjourned else '开会'}。")
    if scene.is_voting:
        return _vote(scene, is_polled=is_polled, may_vote=may_vote)
    return _on_the_floor(scene)


def more(hall: Hall) -> bool:
    """Tell whether the acts that are folded away are open to this person: there, and with a vote."""
    own = hall.own
    return hall.meeting.is_open and own is not None and own.is_entitled and own.is_present


def said(act: str, done: object) -> str:
    """Say that something was done; of a vote, its receipt."""
    if act == "cast" and isinstance(done, tuple):
        return f"已投。回执号 {'、'.join(map(str, done))}，只证明计入，不显示怎么投的。"
    return _SAID[act]


def _before(hall: Hall, *, code: str) -> Todo:
    own = hall.own
    if code:
        return Todo("sign_in", "欢迎到会，请签到。")
    if own and own.held_by:
        return Todo("", f"您已书面委托{own.held_by.name}。本人到会的，扫会场的二维码签到，委托随即终止。")
    if hall.meeting.is_open:
        return Todo("", "会议开始了：请扫会场的二维码签到，或者找会务人员。")
    if hall.meeting.is_adjourned and not (own and own.answer):
        return Todo("answer", f"{_goes_on(hall)}请回复是否参加。")
    if own and own.answer and own.confirmed_at is None:
        heard = "参加" if own.answer == "yes" else "请假"
        return Todo("answer", f"工作人员替您登记了「{heard}」，请确认，或者改一下。")
    if own and own.answer == "yes":
        return Todo("changed", "您已回复参加。到会时扫会场的二维码签到。")
    return Todo("answer", "您已回复请假，要改也可以。" if own and own.answer else "请回复是否参加。")


def _goes_on(hall: Hall) -> str:
    """Say when and where an adjourned meeting goes on (休会)."""
    return f"已经休会，{instant(hall.meeting.meets_at)} 在{hall.meeting.venue}继续。"


def _after(hall: Hall) -> Todo:
    reason = hall.meeting.reason
    ended = f"已经散会，不再继续：{reason}。" if reason else "已经散会。"
    role = minuting.role_of(hall)
    signed = {one.role for one in queries.signatures(hall.meeting)}
    if role and not hall.meeting.minutes_signed and role not in signed:
        return Todo("sign", f"{ended}请看过纪要再签名。")
    return Todo("minutes", ended)


def _vote(scene: Scene, *, is_polled: bool, may_vote: bool) -> Todo:
    if scene.is_recused:
        return Todo("", "您对这一项回避，不参加表决。")
    if may_vote:
        return Todo("cast", "请投票。")
    if is_polled:
        return Todo("", "您已经投过，或者不在这次表决的名册上。等主持人报出结果。")
    return Todo("", "请举手表决，等主持人报出结果。")


def _on_the_floor(scene: Scene) -> Todo:
    floor, own, pending = scene.hall.floor, scene.hall.own, scene.pending
    key = own.key if own else ""
    if scene.running and scene.running.is_mine:
        return Todo("finish", "轮到您发言。说完请按一下。")
    if any(one.is_mine for one in scene.waiting):
        place = next(n for n, one in enumerate(scene.waiting, start=1) if one.is_mine)
        return Todo("lower", f"您排在第 {place} 位，请等主持人叫您。")
    if pending is None:
        if scene.hall.item and order.may_move(floor, Kind.MAIN, by=key):
            return Todo("move", "可以提动议：写明做什么、谁来做、什么时候完成、花多少钱。")
        return Todo("", "等主持人进入议程。")
    if pending.motion.stage is Stage.MOVED:
        if own and own.is_entitled and order.may_second(floor, by=key):
            return Todo("second", "同意讨论的，请附议。附议不等于赞成。")
        return Todo("", "等人附议。")
    if order.may_ask_to_speak(floor, by=key):
        return Todo("speak", "要发言吗？先说明支持还是反对。")
    return Todo("", "正在讨论，请听发言。")
