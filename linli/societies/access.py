"""Who keeps the register of social organisations, and who files one (权限)."""

from linli.bodies import access as bodies
from linli.bodies.actor import Actor
from linli.core.law import LawRule
from linli.core.verdict import Verdict, no, yes

# Filing is done by the street or the township, or by whoever stands above it.
FILING = ("subdistrict", "township", "county", "district", "city")


def may_keep(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may enter organisations of a place and bring them up to date (组织库)."""
    if bodies.leads(actor, path):
        return yes()
    return no(
        "社会组织由管这里的书记、调度员登记。",
        asked="登记社会组织",
        remedy="请把情况告诉本级的书记或调度员。",
    )


def may_file(actor: Actor, *, path: str, rule: LawRule) -> Verdict:
    """Answer whether somebody may file an organisation: the street does, not the community (备案)."""
    leading = (held for held in actor.territorial if held.office in bodies.LEADING and held.covers(path))
    if actor.runs_site or any(held.place_kind in FILING for held in leading):
        return yes()
    return no(
        "备案由街道、乡镇办理。", rule.clause, asked="备案", remedy="请街道的书记或调度员在这一页上办备案。"
    )
