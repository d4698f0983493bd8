"""Who runs a grant round, and who may read and score an application (权限)."""

from linli.bodies import access as bodies
from linli.bodies.actor import Actor
from linli.core.clause import Clause
from linli.core.eligibility import Kinship
from linli.core.verdict import Verdict, no, yes
from linli.grants.models import Application, Reviewer


def may_run(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may open rounds at a place and decide in them (办创投)."""
    if bodies.leads(actor, path):
        return yes()
    return no(
        "公益创投由管这里的书记、调度员办理。", asked="办理公益创投", remedy="请告诉本级的书记或调度员。"
    )


def may_review(reviewer: Reviewer, application: Application, *, kin: Kinship, clause: Clause) -> Verdict:
    """Answer whether a reviewer may read and score an application: ties declared, and none to it (回避)."""
    if reviewer.declared_at is None:
        return no(
            "还没有申报利害关系。", clause, asked="评审",
            remedy="先逐个看申报单位的名称，说明有没有关系，再看材料。",
        )  # fmt: skip
    tie = tie_between(reviewer, application, kin=kin)
    if tie:
        return no(f"您要回避：{tie}。材料不能看，也不能打分。", clause, asked="评审", remedy="请评别的申报。")
    return yes()


def tie_between(reviewer: Reviewer, application: Application, *, kin: Kinship) -> str:
    """Say which tie a reviewer has to an applicant, nothing if there is none (利害关系)."""
    declared = next((one.words for one in reviewer.ties.all() if one.application_id == application.pk), "")
    if declared:
        return f"您申报过和{application.name}的关系"
    if reviewer.organisation and reviewer.organisation == application.name:
        return f"您就在{application.name}"
    if application.contact_id == reviewer.person_id:
        return "您就是联系人"
    if application.contact_id and kin.are_kin(reviewer.person_id, application.contact_id):
        return f"您和{application.name}的联系人是近亲属"
    return ""
