"""Who may fill an office, and who may put rules in force (任免权限)."""

from linli.bodies.actor import Actor, OfficeHeld
from linli.core.verdict import Verdict, no, yes
from linli.places.path import WIDTH

# Whoever holds one of these fills the offices below; the first stands above the second.
LEADING = ("secretary", "dispatcher")


def may_lead(actor: Actor) -> Verdict:
    """Answer whether somebody keeps the roll of any place (管人员)."""
    if actor.runs_site or _leading(actor):
        return yes()
    return no(
        "人员由各级书记、调度员和系统管理员管理。", remedy="需要任职或者开账号，请找本级的书记或调度员。"
    )


def may_seat(actor: Actor, *, office: str, path: str) -> Verdict:
    """Answer whether somebody may fill and end an office at a place (任免).

    Below one's own place every office; at it only those that stand below one's own.
    """
    if actor.runs_site:
        return yes()
    covering = [held for held in _leading(actor) if held.covers(path)]
    if not covering:
        return no("这个地点不在您管的范围里。", asked="任免", remedy="请找管那里的书记或调度员。")
    if any(held.place_path != path or rank(office) > rank(held.office) for held in covering):
        return yes()
    return no(
        "和自己平级、比自己高的职务，要由上一级任免。", asked="任免", remedy="请找上一级的书记或调度员。"
    )


def rank(office: str) -> int:
    """Place an office in the order of those who lead; all others stand behind (位次)."""
    return LEADING.index(office) if office in LEADING else len(LEADING)


def led_by(actor: Actor) -> tuple[str, ...]:
    """Return the paths of the places whose roll somebody keeps (管辖范围)."""
    return tuple(sorted({held.place_path for held in _leading(actor)}))


def leads(actor: Actor, path: str) -> bool:
    """Tell whether somebody may read the roll of a place (看名册)."""
    return actor.runs_site or any(held.covers(path) for held in _leading(actor))


def speaks_as(actor: Actor, *, path: str = "") -> str:
    """Say on record for which office somebody acts here (以何职务)."""
    return "系统管理员" if actor.runs_site and not actor.reaches(path) else actor.words_for(path)


def may_keep_rules(actor: Actor, *, pack: str = "") -> Verdict:
    """Answer whether somebody may put a pack or an official calendar in force (启用规则)."""
    on_top = (held for held in _leading(actor) if len(held.place_path) == WIDTH)
    if actor.runs_site or any(not pack or held.pack == pack for held in on_top):
        return yes()
    return no(
        "这会改动整个地方的规则和期限，要由系统管理员或者最高一级的书记、调度员办理。",
        remedy="请把官方通知转给他们。",
    )


def _leading(actor: Actor) -> list[OfficeHeld]:
    return [held for held in actor.territorial if held.office in LEADING]
