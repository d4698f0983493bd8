"""Who may hang a notice, correct it, take it down and answer what is held against it (权限)."""

from linli.bodies.actor import Actor
from linli.core.clause import Clause
from linli.core.verdict import Verdict, no, yes
from linli.pack.edition import Edition

_PUBLISHES = ("post_notice", "publish")


def may_post(actor: Actor, *, edition: Edition, path: str, clause: Clause | None = None) -> Verdict:
    """Answer whether somebody may see to the notices at a place, and if not, why (能否公示)."""
    able = edition.offices_for(*_PUBLISHES)
    if actor.holds(able, over=path):
        return yes("可以公示", clause)
    titles = "、".join(data.title for key, data in edition.offices.items() if key in able)
    return no(f"公示由{titles}办理。", clause, remedy="可以请他们办理。", asked="公示")
