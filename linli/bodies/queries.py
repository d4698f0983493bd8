"""Questions about bodies and offices (查询)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.bodies import roster
from linli.bodies.actor import Actor, OfficeHeld
from linli.bodies.models import Body, Office
from linli.frame.compiled import Question
from linli.places.path import end_of, inside, paths_above


def actor(*, person_id: int, name: str, on: date, runs_site: bool = False) -> Actor:
    """Load a person with the offices they hold on a day (行为人)."""
    held = _HELD.ask(on=on, person=person_id)
    offices = tuple(OfficeHeld(*row[:8], body_name=row[8] or "") for row in held)
    return Actor(person_id=person_id, name=name, offices=offices, runs_site=runs_site)


def holders(*, on: date, office: str, place_id: int) -> list[int]:
    """Return the people who hold an office at a place on a day."""
    return _HOLDERS.ask(on=on, office=office, place=place_id)


def nearest_post(path: str, *, on: date, office: str) -> int | None:
    """Return the place nearest above, or at, a path where somebody holds an office (就近职务)."""
    return _NEAREST_POST.first(on=on, office=office, paths=paths_above(path))


def members(*bodies: int, on: date) -> list[int]:
    """Return the people who hold an office in any of some bodies on a day."""
    return _MEMBERS.ask(on=on, bodies=bodies)


def addressed(*bodies: int, on: date) -> dict[int, str]:
    """Return the same people with their e-mail addresses, empty for who gave none."""
    return dict(_ADDRESSED.ask(on=on, bodies=bodies))


def of_id(number: int) -> Body | None:
    """Find a body by number."""
    return Body.objects.filter(pk=number).first()


def of_key(key: str) -> Body | None:
    """Find a body by its key."""
    return Body.objects.filter(key=key).first()


def nearest(path: str, *, pack: str, names: Sequence[str]) -> dict[str, Body]:
    """Find bodies by key or kind in one query: of each the one nearest above or at a place (就近单位)."""
    keys = [f"{pack}.{name}" for name in names]
    above = Body.objects.filter(Q(kind__in=names) | Q(key__in=keys), pack=pack)
    rows = above.filter(place_path__in=paths_above(path)).order_by("-place_path", "pk")
    return pick(list(rows), names=names)


def pick(rows: Sequence[Body], *, names: Sequence[str]) -> dict[str, Body]:
    """Pick bodies by key or kind out of several, of each the first one."""
    found = {name: _named(rows, name) for name in names}
    return {name: body for name, body in found.items() if body}


def serving(path: str, *, pack: str) -> QuerySet[Body]:
    """Return the bodies at a place, above it or within it that could be given an order (可派单位)."""
    around = Q(place_path__in=paths_above(path)) | inside(path, column="place_path")
    return Body.objects.filter(around, pack=pack).order_by("place_path", "pk")


def to_choose_from(path: str, *, pack: str) -> list[Body]:
    """Return the same bodies, the nearest first, from a question compiled once."""
    return _SERVING.ask(above=paths_above(path), first=path, end=end_of(path), pack=pack)


def choices(path: str, *, pack: str) -> list[tuple[int, str]]:
    """Return the numbers and names of the same bodies, the nearest first."""
    return _CHOICES.ask(above=paths_above(path), first=path, end=end_of(path), pack=pack)


def among(numbers: Sequence[int], path: str, *, pack: str) -> list[int]:
    """Return which of several bodies could be given an order at a place."""
    return _AMONG.ask(above=paths_above(path), first=path, end=end_of(path), pack=pack, numbers=numbers)


def of_pack(pack: str) -> QuerySet[Body]:
    """Return every body of a pack."""
    return Body.objects.filter(pack=pack).order_by("pk")


def to_call(paths: Sequence[str]) -> list[tuple[str, str]]:
    """Return the names and telephones of the bodies at some places, the lowest place first."""
    return _TO_CALL.ask(paths=paths)


def of_kinds(kinds: Sequence[str], *, within: str) -> QuerySet[Body]:
    """Return the bodies of some kinds within a place."""
    return Body.objects.filter(inside(within, column="place_path"), kind__in=kinds)


def names(numbers: Sequence[int], *, pack: str = "") -> dict[int, str]:
    """Return the names of several bodies in one query; with a pack, only of those that belong to it."""
    if pack:
        return dict(_NAMES_IN.ask(numbers=tuple(set(numbers)), pack=pack))
    return dict(_NAMES.ask(numbers=tuple(set(numbers))))


def offices_at(place_ids: Sequence[int], *, on: date, offices: Sequence[str]) -> QuerySet[Office]:
    """Return who holds some offices at some places, with the people."""
    return (
        _in_office(on)
        .filter(place_id__in=place_ids, office__in=offices)
        .select_related("person", "place")
        .order_by("place__path", "pk")
    )


def offices_within(path: str, *, on: date, offices: Sequence[str]) -> QuerySet[Office]:
    """Return who holds some offices at a place or within it, with the people."""
    held = _in_office(on).filter(inside(path, column="place__path"), office__in=offices)
    return held.select_related("person", "place").order_by("place__path", "pk")


def names_of_members(body: int, *, on: date) -> dict[int, str]:
    """Return who holds an office in a body on a day, by number, with their names (组成人员)."""
    held = _in_office(on).filter(body_id=body).select_related("person").order_by("pk")
    return {one.person_id: one.person.name for one in held}


def everybody_within(path: str, *, on: date) -> list[tuple[int, str]]:
    """Return the people, by number and name, who hold any office at a place or within it, once each."""
    held = _in_office(on).filter(inside(path, column="place__path")).order_by("place__path", "pk")
    return list(dict(held.values_list("person_id", "person__name")).items())


def titles_of_everybody(*, on: date) -> dict[int, tuple[str, ...]]:
    """Return in words the offices that each person holds on a day, one line for each title."""
    places: dict[int, dict[str, list[str]]] = {}
    for office in _in_office(on).select_related("place", "body").order_by("place__path", "pk"):
        where = office.body.name if office.body else office.place.name
        places.setdefault(office.person_id, {}).setdefault(office.title, []).append(where)
    return {person: tuple(map(_held, held.items())) for person, held in places.items()}


def _in_office(on: date) -> QuerySet[Office]:
    return Office.objects.filter(roster.in_office(on))


_HELD = Question(
    lambda on, person: (
        _in_office(on)
        .filter(person=person)
        .order_by("place__path", "pk")
        .values_list(
            "office", "title", "place_id", "place__path", "place__kind", "place__name", "place__pack",
            "body_id", "body__name",
        )
    )
)  # fmt: skip
_TO_CALL = Question(
    lambda paths: (
        Body.objects.filter(place_path__in=paths)
        .exclude(telephone="")
        .order_by("-place_path", "pk")
        .values_list("name", "telephone")
    )
)
_NAMES = Question(lambda numbers: Body.objects.filter(pk__in=numbers).values_list("pk", "name"))
_NAMES_IN = Question(
    lambda numbers, pack: Body.objects.filter(pk__in=numbers, pack=pack).values_list("pk", "name")
)


def _serving(above: Any, first: Any, end: Any, pack: Any) -> QuerySet[Body]:
    around = Q(place_path__in=above) | Q(place_path__gte=first, place_path__lt=end)
    return Body.objects.filter(around, pack=pack).order_by("-place_path", "pk")


_SERVING = Question(_serving)
_CHOICES = Question(
    lambda above, first, end, pack: _serving(above, first, end, pack).values_list("pk", "name")
)
_AMONG = Question(
    lambda above, first, end, pack, numbers: (
        _serving(above, first, end, pack).filter(pk__in=numbers).values_list("pk", flat=True)
    )
)
_HOLDERS = Question(
    lambda on, office, place: (
        _in_office(on).filter(office=office, place=place).order_by("pk").values_list("person_id", flat=True)
    )
)
_NEAREST_POST = Question(
    lambda on, office, paths: (
        _in_office(on)
        .filter(office=office, place__path__in=paths)
        .order_by("-place__path")
        .values_list("place_id", flat=True)[:1]
    )
)
_ADDRESSED = Question(
    lambda on, bodies: (
        _in_office(on)
        .filter(body__pk__in=bodies)
        .order_by("person_id")
        .values_list("person_id", "person__email")
        .distinct()
    )
)
_MEMBERS = Question(
    lambda on, bodies: (
        _in_office(on)
        .filter(body__pk__in=bodies)
        .order_by("person_id")
        .values_list("person_id", flat=True)
        .distinct()
    )
)


def _named(rows: Sequence[Body], name: str) -> Body | None:
    return next((body for body in rows if name == body.kind or body.key == f"{body.pack}.{name}"), None)


def _held(title_and_places: tuple[str, list[str]]) -> str:
    title, places = title_and_places
    more = f"等 {len(places)} 处" if len(places) > 1 else ""
    return f"{places[0]}{more} {title}"
