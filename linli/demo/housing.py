"""The flats of a demo's neighbourhood: who owns them, who lives there, who speaks for whom (演示房屋)."""

from decimal import Decimal

from linli.bodies.housing import SQUARE_METRE
from linli.demo.cast import Cast
from linli.demo.script import BuildingPart, FlatPart, HouseholdsPart
from linli.people import actions as people
from linli.people import households
from linli.people import queries as register
from linli.places import dwellings
from linli.places import queries as places
from linli.places.dwellings import Described


class Housing:
    """Writes a neighbourhood down; somebody named twice in a file is one person (登记演示房屋)."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._numbers: dict[str, int] = {}

    def settle(self, told: HouseholdsPart) -> None:
        """Write down flats, owners, households, near kin and further offices."""
        for building in told.building:
            self._fill(building)
        for pair in told.kin:
            one, other = (register.of_id(self._number(name)) for name in (pair.one, pair.other))
            if one and other:
                households.relate(one, other, relation=pair.relation)
        for part in told.seat:
            for name in part.people:
                self._cast.seat(self._number(name), part.office, place=part.place, body=part.body)

    def _fill(self, building: BuildingPart) -> None:
        spot = self._cast.spots(building.place)[-1]
        place = places.of_key(spot.key)
        if place is None:
            raise LookupError(building.place)
        found = dwellings.enter(place, [_described(flat) for flat in building.flats])
        numbers = {one.label: one.pk for one in found}
        for flat in building.flats:
            households.own(numbers[flat.label], [self._number(name) for name in flat.owners])
            if flat.lives:
                living = [self._number(name, lives_at=spot.id) for name in flat.lives]
                speaks = self._number(flat.speaks) if flat.speaks else None
                households.house(numbers[flat.label], living, delegate=speaks)

    def _number(self, name: str, *, lives_at: int | None = None) -> int:
        """Return the number of somebody: of the cast by key, else by name and year of birth."""
        if name in self._cast.numbers:
            return self._cast.numbers[name]
        if name not in self._numbers:
            called, born = name.split()
            self._numbers[name] = people.enrol(name=called, born_in=int(born), lives_at=lives_at).pk
        return self._numbers[name]


def _described(flat: FlatPart) -> Described:
    return Described(flat.label, int(Decimal(flat.area) * SQUARE_METRE), flat.source, flat.developer)
