"""Who may connect outside systems (对接权限)."""

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes
from linli.rulebook import queries as rulebook


def may_connect(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may connect a system to a place (接入): whoever keeps its roll."""
    if access.leads(actor, path):
        return yes()
    return no("这个地点不在您管的范围里。", asked="对接", remedy="请找管那里的书记、调度员或者系统管理员。")


def purpose_rule() -> Verdict:
    """Say under which article personal data is given only for a stated purpose (目的明确)."""
    return no(
        "没有写明目的的，不提供个人信息。",
        rulebook.law().rule("I-1").clause,
        remedy="写清楚用来做什么、依据是什么；用不着的，就不要写。",
    )
