"""Flats with owners and households, for tests of who counts (房屋与住户)."""

from linli.people import actions as people
from linli.people import households
from linli.places import dwellings
from linli.places import queries as places
from linli.places.dwellings import Described
from tests.world import PACK, spots

SQUARE_METRE = 10_000


def flat(
    label: str,
    *,
    at: str = "tonghua_e1_b1",
    area: int | None = 80,
    developer: str = "",
    pack: str = PACK,
) -> int:
    """Write down a flat of so many square metres, and return its number."""
    place = places.of_key(spots(at, pack=pack)[-1].key)
    assert place is not None
    told = Described(label, area and area * SQUARE_METRE, "register" if area else "", developer)
    return dwellings.enter(place, (told,))[0].pk


def dweller(name: str, *, born: int | None = 1980, **facts: str) -> int:
    """Enter somebody, and return their number."""
    return people.enrol(name=name, born_in=born, **facts).pk


def owned(label: str, *owners: int, **facts: int | str | None) -> int:
    """Write down a flat and who owns it."""
    number = flat(label, **facts)  # type: ignore[arg-type]
    households.own(number, owners)
    return number


def lived_in(
    label: str,
    *members: int,
    delegate: int | None = None,
    at: str = "tonghua_e1_b1",
    pack: str = PACK,
) -> int:
    """Write down a flat and who lives in it."""
    number = flat(label, at=at, pack=pack)
    households.house(number, members, delegate=delegate)
    return number


def neighbourhood(count: int) -> None:
    """Write down many flats of one building, each with an owner, a couple, and whoever speaks for it."""
    from linli.people.models import Household, Member, Ownership, Person
    from linli.places.models import Dwelling

    spot = spots("tonghua_e1_b1")[-1]
    flats = Dwelling.objects.bulk_create(
        Dwelling(
            place_id=spot.id,
            place_path=spot.path,
            label=f"{number:05}",
            area=80 * SQUARE_METRE,
            area_source="register",
        )
        for number in range(count)
    )
    homes = Household.objects.bulk_create(Household(dwelling=one, place_path=spot.path) for one in flats)
    couples = Person.objects.bulk_create(
        Person(name=f"户{number:05}", born_in=1970) for number in range(2 * count)
    )
    Member.objects.bulk_create(
        Member(household=homes[place // 2], person=one, is_delegate=place % 2 == 0)
        for place, one in enumerate(couples)
    )
    Ownership.objects.bulk_create(
        Ownership(dwelling=flats[place // 2], person=one)
        for place, one in enumerate(couples)
        if place % 2 == 0
    )
