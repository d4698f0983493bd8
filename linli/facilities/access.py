"""Who keeps the register of facilities (权限)."""

from linli.bodies import access as bodies
from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes


def may_keep(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may enter the facilities of a place and bring them up to date (登记设施)."""
    if bodies.leads(actor, path):
        return yes()
    return no("服务设施由管这里的书记、调度员登记。", asked="登记设施", remedy="请把情况告诉社区。")
