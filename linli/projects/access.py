"""Who raises and supports needs, and who selects among them (权限)."""

from linli.bodies import access as bodies
from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes
from linli.people import households
from linli.projects import queries
from linli.projects.models import Wish


def may_keep(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may enter, merge and select the needs of a place (管需求)."""
    if bodies.leads(actor, path):
        return yes()
    return no("需求由管这里的书记、调度员登记、合并和初选。", asked="办理", remedy="请把情况告诉社区。")


def may_raise(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may say what a place needs: who lives or owns there, or keeps it (提需求)."""
    if bodies.leads(actor, path):
        return yes()
    return _of_the_place(actor, path, asked="提需求")


def may_support(actor: Actor, need: Wish) -> Verdict:
    """Answer whether somebody may support a need: who lives or owns there, once (支持)."""
    if not need.is_open:
        return no(f"这条需求{need.get_stage_display()}，不再征集支持。", asked="支持")
    found = _of_the_place(actor, need.place_path, asked="支持")
    if found and queries.supports(need, actor.person_id):
        return no("您已经支持过了，一人一次。", asked="支持")
    return found


def _of_the_place(actor: Actor, path: str, *, asked: str) -> Verdict:
    if actor.person_id is None:
        return no("要先登录。", asked=asked, remedy="登录以后再来；没有账号的，请社区代为登记。")
    if households.is_of(actor.person_id, path=path):
        return yes()
    return no(
        "住在这里、或者在这里有房的人才能提、才能支持。", asked=asked,
        remedy="登记的住处不对的，请社区更正。",
    )  # fmt: skip
