"""Whose names a paper list may hold, and what came of each of its lines (纸质联名)."""

from collections import defaultdict
from datetime import date, datetime

from linli.core.paper_names import Found, Known, find, read
from linli.deliberation import queries
from linli.deliberation.access import Desk
from linli.frame.clock import day_of
from linli.people import households
from linli.people import queries as register
from linli.places import queries as places

ON_PHONE, ON_PAPER = "已经在手机上联名", "已经在另一张纸上联名"
DISOWNED = "本人撤回了，或者声明过不是自己签的"


def look_over(desk: Desk, text: str, *, day: date, at: datetime) -> tuple[Found, ...]:
    """Find every line of a paper list among those on the rolls of a demand (核对纸质名单).

    ``day`` is the one of the lines that name none.
    """
    signed = queries.signed_for(desk.topic)
    counted = {person: ON_PAPER if is_on_paper else ON_PHONE for person, is_on_paper in signed.items()}
    counted |= dict.fromkeys(queries.disowned(desk.topic), DISOWNED)
    return find(read(text, day=day), _known(desk), counted=counted, today=day_of(at))


def _known(desk: Desk) -> tuple[Known, ...]:
    """Return everybody on any roll of a demand, each with the flats they live in or own (名册上的人)."""
    rolls = desk.demand.rolls if desk.demand else ()
    on_roll = {person for roll in rolls for voter in roll.voters for person in voter.person_ids}
    homes = _homes(desk.topic.place_path)
    names = register.names(on_roll)
    return tuple(
        Known(person, name, tuple(sorted(homes.get(person, ())))) for person, name in sorted(names.items())
    )


def _homes(path: str) -> dict[int, set[str]]:
    names = {spot.id: spot.name for spot in places.spots_within(path)}
    homes = defaultdict[int, set[str]](set)
    for one in households.residents(path):
        homes[one.person].add(f"{names.get(one.place, '')}{one.label}")
    for flat in households.flats(path):
        for owner in flat.owners:
            if owner.person_id is not None:
                homes[owner.person_id].add(flat.address)
    return homes
