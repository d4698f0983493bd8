"""Reading the letters that an act left (信件)."""

from typing import TYPE_CHECKING

from linli.bodies.actor import Actor
from linli.outbox import queries as outbox

if TYPE_CHECKING:
    from linli.matters.models import Matter
    from linli.outbox.models import Letter


def letters_to(reader: Actor, *, about: "Matter") -> "list[Letter]":
    """Return somebody's letters inside the product about a matter, oldest first."""
    return list(outbox.about(about.pk).filter(to_id=reader.person_id, channel="inside"))
