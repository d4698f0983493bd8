"""Working on two reports of one trouble as one, and taking them apart again (并案)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases import access
from linli.cases.access import Desk
from linli.cases.actions.stepping import Said, as_move, settle_orders
from linli.cases.kinds import NEVER_PUBLIC
from linli.core.procedure import ActRule
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.matters import queries as matters
from linli.matters.actions import following, moving
from linli.matters.actions.following import Voice
from linli.matters.letters import instant

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def merge(desk: Desk, *, into: str, said: Said) -> "Matter":
    """Close a duplicate and let everybody who raised or joined it follow the other one (并入另一件).

    The other one must answer no later than anybody was promised, and words that nobody may read stay alone.
    """
    rule = desk.require("merge")
    main = _other(desk, into, rule=rule)
    _may_stand_together(desk, main, rule=rule)
    _keeps_the_promise(desk.matter, main.matter, rule=rule)
    figures = (("并入", main.matter.number),)
    move = as_move(desk, rule, said, figures=figures, into=main.matter)
    settle_orders(desk, rule)
    matter = moving.move(desk.matter, move)
    following.bring(matter, into=main.matter, raiser=_voice(desk), by=desk.actor, at=desk.at)
    return matter


@transaction.atomic(savepoint=False)
def unmerge(desk: Desk, *, said: Said) -> "Matter":
    """Take a matter out again that was merged by mistake; its clock runs on as it was promised (撤销并入)."""
    rule = desk.require("unmerge")
    main = desk.matter.merged_into
    if main is None:
        raise Refused(Refusal("这件事没有并入别的事项。", clause=rule.clause, asked=rule.name))
    held = _held(desk, main.number, rule=rule)
    matter = moving.move(desk.matter, as_move(desk, rule, said, figures=(("撤出", main.number),)))
    following.take_back(matter, out_of=held, by=desk.actor, at=desk.at)
    return matter


def _other(desk: Desk, number: str, *, rule: ActRule) -> Desk:
    """Lay the other case before the same person, and hold its row."""
    number = number.strip().upper()
    if number == desk.matter.number:
        raise _refused("不能并入它自己。", rule, remedy="写上另一件的编号。")
    _hold_beside(desk, number, rule=rule)
    found = access.sit(number, by=desk.actor, at=desk.at, to_act=True)
    if found is None or not found.sees_all or found.matter.pack != desk.matter.pack:
        raise _refused("没有这个编号，或者不在您的范围里。", rule, remedy="从相似的事项里选，或者核对编号。")
    return found


def _hold_beside(desk: Desk, number: str, *, rule: ActRule) -> None:
    if not matters.hold_beside(number, held=desk.matter.number):
        raise _refused(f"刚刚有人正在办 {number}。", rule, remedy="请过几秒再试一次。")


def _held(desk: Desk, number: str, *, rule: ActRule) -> "Matter":
    _hold_beside(desk, number, rule=rule)
    matter = matters.to_act_on(number)
    if matter is None:
        raise _refused("并入的那一件已经不在了。", rule)
    return matter


def _may_stand_together(desk: Desk, main: Desk, *, rule: ActRule) -> None:
    categories = matters.edition_of(desk.matter).categories
    for one in (desk, main):
        is_alone = one.case.is_secret or one.case.concern_kind in NEVER_PUBLIC
        if is_alone or categories[one.matter.category].is_private:
            raise _refused(
                f"{one.matter.number} 是举报、要求保密或涉及隐私，要单独办理、单独答复。",
                rule,
                remedy="不并案，分别办理。",
            )
    if main.matter.closed_at is not None or main.matter.answered_at is not None:
        raise _refused(
            f"{main.matter.number} 已经答复，并进去就没有人再答复这一位了。",
            rule,
            remedy="请单独办理、单独答复。",
        )


def _keeps_the_promise(matter: "Matter", main: "Matter", *, rule: ActRule) -> None:
    """Refuse what would let somebody wait longer than they were told."""
    if matter.due_at is None or (main.due_at is not None and main.due_at <= matter.due_at):
        return
    late = instant(main.due_at) if main.due_at else "还没有定（计时已暂停）"
    raise _refused(
        f"这一件答应在 {instant(matter.due_at)} 前答复，{main.number} 的期限是 {late}，并进去就晚了。",
        rule,
        remedy=f"反过来：把 {main.number} 并入 {matter.number}。",
    )


def _voice(desk: Desk) -> Voice:
    case = desk.case
    return Voice(desk.matter.raised_by_id, case.contact_name, case.contact_phone, case.words[:_MOST_WORDS])


_MOST_WORDS = 400


def _refused(sentence: str, rule: ActRule, *, remedy: str = "") -> Refused:
    return Refused(Refusal(sentence, clause=rule.clause, remedy=remedy, asked=rule.name))
