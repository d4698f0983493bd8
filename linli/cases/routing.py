"""Who should take a case, as the pack suggests; a person decides (派单建议)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linli.bodies import queries as bodies
from linli.core.clause import Clause
from linli.core.dispatch import Route, route_for
from linli.core.procedure import Stand
from linli.pack.edition import Edition
from linli.places.queries import Spot

if TYPE_CHECKING:
    from linli.bodies.models import Body


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested lead and joint bodies as numbers, with the rule behind it (建议)."""

    lead: int | None
    joint: tuple[int, ...]
    order: str
    clause: Clause | None


def route(edition: Edition, *, category: str, spots: tuple[Spot, ...]) -> Route | None:
    """Find the route of a category at a place (派单规则)."""
    keys = [spot.key.removeprefix(f"{edition.key}.") for spot in reversed(spots)]
    return route_for(
        edition.routes, category=category, category_chain=edition.category_chain(category), places=keys
    )


def order_for(edition: Edition, *, category: str, spots: tuple[Spot, ...]) -> str:
    """Return the order kind that the pack gives a category, or the slowest one (单别)."""
    found = route(edition, category=category, spots=spots)
    return found.order if found and found.order else tuple(edition.orders)[-1]


def first_level(edition: Edition, *, subject: str, category: str, spots: tuple[Spot, ...]) -> str:
    """Return the level at which a case begins: the route's own where an office answers first (首办层级)."""
    procedure = edition.procedure_for(subject)
    answers_first = any(procedure.roles[key].stands is Stand.RESPONSIBLE for key in procedure.first.waits_for)
    found = route(edition, category=category, spots=spots) if answers_first else None
    return found.level if found and found.level else procedure.starts_at


def suggest(
    edition: Edition, *, category: str, spots: tuple[Spot, ...], among: "Sequence[Body] | None" = None
) -> Suggestion:
    """Turn the route of a category into bodies near the place (派单建议).

    ``among`` spares the query when the bodies at the place and above it are known, the nearest first.
    """
    found = route(edition, category=category, spots=spots)
    if found is None:
        return Suggestion(None, (), tuple(edition.orders)[-1], None)
    names = (found.lead, *found.joint)
    if among is None:
        near = bodies.nearest(spots[-1].path, pack=edition.key, names=names)
    else:
        near = bodies.pick(among, names=names)
    lead = next((near[name] for name in (found.lead, *found.joint) if name in near), None)
    joint = (near[name] for name in found.joint if name in near)
    return Suggestion(
        lead.pk if lead else None,
        tuple(dict.fromkeys(body.pk for body in joint if body != lead)),
        order_for(edition, category=category, spots=spots),
        found.clause,
    )


def guess_category(edition: Edition, *, words: str) -> str:
    """Guess a category from the pack's keywords: most characters found; a person may change it."""
    return matching_words(edition, words=words)[0]


def matching_words(edition: Edition, *, words: str) -> tuple[str, tuple[str, ...]]:
    """Return the category whose keywords cover most of some words, with those keywords (关键词)."""
    found = {
        key: tuple(keyword for keyword in category.words if keyword in words)
        for key, category in edition.categories.items()
    }
    best = max(found, key=lambda key: sum(map(len, found[key])))
    return (best, found[best]) if found[best] else (edition.fallback.key, ())
