"""Who may send out needs, and for whom one may speak (权限)."""

from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes
from linli.rulebook import queries as rulebook
from linli.timebank import queries
from linli.timebank.models import Need

_SENDS = "dispatch"


def sends(by: Actor, *, path: str, pack: str) -> bool:
    """Tell whether somebody's office sends orders out at a place (派单职务)."""
    return by.holds(rulebook.current(pack).offices_for(_SENDS), over=path)


def may_send(by: Actor, need: Need) -> Verdict:
    """Tell whether somebody may ask volunteers for a need (能否派单)."""
    if sends(by, path=need.place_path, pack=need.place.pack):
        return yes("在本人任职的范围里派单。")
    return no("这件需求由当地社区派单。", remedy="请联系需求所在的社区。", asked="派单")


def may_confirm(by: Actor, need: Need, *, volunteer: int) -> Verdict:
    """Tell whether somebody may confirm minutes: who was helped, or staff who asked them; never oneself."""
    if by.person_id != volunteer and (
        (by.is_known and by.person_id == need.recipient_id)
        or sends(by, path=need.place_path, pack=need.place.pack)
    ):
        return yes("由服务对象确认。", queries.recording())
    return no(
        "服务时间由服务对象确认，志愿者不能自己确认。",
        queries.recording(),
        remedy="请服务对象在自己的页面上确认，或者由社区打电话问过以后登记。",
        asked="确认服务时间",
    )
