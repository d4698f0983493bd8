"""Residents and places as spreadsheets that come back in with nothing new (导出名单)."""

from collections.abc import Iterator, Sequence

from linli.bodies.housing import plain_metres
from linli.frame.excel import Cell, Column, sheet
from linli.handoffs.intake.kinds import DWELLINGS, PLACES, RESIDENTS
from linli.handoffs.intake.residents import OWN_NUMBER
from linli.people import households
from linli.people import queries as people
from linli.places import dwellings as flats
from linli.places import queries as places
from linli.places.path import WIDTH
from linli.places.queries import Spot

MOST = 50_000
# Telephones and identity numbers are looked at one by one, for a purpose that is put on record.
_RESIDENTS = ("ref", "name", "gender", "born", "place", "about")
_PLACES = ("ref", "name", "kind", "parent", "households", "people")
_DWELLINGS = ("place", "label", "area", "area_source", "owners", "developer", "members", "delegate")
_WIDTHS = {
    "place": 40, "parent": 40, "about": 30, "members": 30,
    "ref": 24, "owners": 24, "developer": 24, "name": 18,
}  # fmt: skip


def residents(spot: Spot) -> bytes:
    """Write who lives within a place; the columns are those that the import reads (导出居民)."""
    rows = people.listed(spot.path, most=MOST)
    chains = places.chains([path for *_, path in rows])
    lines = (
        (_number(key, number, pack=spot.pack), name, gender, str(born or ""), _names(chains[path]), about)
        for number, key, name, gender, born, about, path in rows
    )
    titles = {fact.key: fact.title for fact in RESIDENTS.facts}
    notes = (f"共 {len(rows):,} 人。电话和身份证号不在里面；要看时在名册里查看，并写明用途。",)
    return sheet(f"{spot.name}居民", columns=_columns(_RESIDENTS, titles), rows=lines, notes=notes)


def spots(spot: Spot) -> bytes:
    """Write the places below a place; the columns are those that the import reads (导出地点)."""
    found = [one for one in places.within(spot.path)[: MOST + 1] if one.path != spot.path]
    chains = places.chains([one.path[:-WIDTH] for one in found])
    lines: Iterator[tuple[Cell, ...]] = (
        (
            one.key.removeprefix(f"{one.pack}."), one.name, places.kinds()[one.kind],
            _names(chains[one.path[:-WIDTH]]), one.households, one.people,
        )
        for one in found
    )  # fmt: skip
    titles = {fact.key: fact.title for fact in PLACES.facts}
    return sheet(
        f"{spot.name}地点", columns=_columns(_PLACES, titles), rows=lines, notes=(f"共 {len(found):,} 处。",)
    )


def dwellings(spot: Spot) -> bytes:
    """Write the flats within a place with owners and households; the columns are those the import reads."""
    rows = list(flats.within(spot.path)[:MOST])
    who = households.occupants([one.pk for one in rows])
    chains = places.chains([one.place_path for one in rows])
    lines = (
        (
            _names(chains[one.place_path]), one.label,
            plain_metres(one.area) if one.area else "", one.get_area_source_display(),
            "、".join(who[one.pk].owners), one.developer,
            "、".join(who[one.pk].members), who[one.pk].delegate,
        )
        for one in rows
    )  # fmt: skip
    titles = {fact.key: fact.title for fact in DWELLINGS.facts}
    notes = (f"共 {len(rows):,} 套。业主电话不在里面。",)
    return sheet(f"{spot.name}房屋和业主", columns=_columns(_DWELLINGS, titles), rows=lines, notes=notes)


def _number(key: str, number: int, *, pack: str) -> str:
    own = f"{pack}:"
    return key.removeprefix(own) if key.startswith(own) else f"{OWN_NUMBER}{number}"


def _names(chain: Sequence[Spot]) -> str:
    return " › ".join(spot.name for spot in chain)


def _columns(keys: Sequence[str], titles: dict[str, str]) -> list[Column]:
    numbers = {"households", "people"}
    return [Column(titles[key], "number" if key in numbers else "text", _WIDTHS.get(key, 12)) for key in keys]
