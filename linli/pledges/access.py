"""Who keeps the lists and pledges, and who says whether a need was met (权限)."""

from linli.bodies import access as bodies
from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes
from linli.people import queries as people
from linli.pledges.models import Pledge, Stage


def may_keep(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may keep the lists and pledges of a place (管清单)."""
    if bodies.leads(actor, path):
        return yes()
    return no("驻区单位和清单由管这里的书记、调度员登记。", asked="登记", remedy="请把情况告诉社区。")


def may_rate(actor: Actor, pledge: Pledge) -> Verdict:
    """Answer whether somebody may say if a need was met: whoever needed it (反馈).

    Only for one without an account, staff write down what they were told.
    """
    if pledge.stage != Stage.DONE:
        return no("做完以后才能反馈。", asked="反馈")
    if pledge.score:
        return no("已经反馈过了。", asked="反馈")
    asker = pledge.need.asked_by
    if asker is not None and asker.pk == actor.person_id:
        return yes()
    if asker is not None and people.account_of(asker) is not None:
        return no("由提出需求的人自己反馈，别人不能代填。", asked="反馈", remedy="已经写信请他反馈。")
    return may_keep(actor, path=pledge.place_path)
