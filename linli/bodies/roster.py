"""Who holds which office where, and which posts stand empty (花名册)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linli.bodies.models import Body, Office
from linli.places.path import inside


def held_within(path: str, *, on: date) -> QuerySet[Office]:
    """Return the offices held within a place on a day or later, with people, places and bodies (在任职务)."""
    held = Office.objects.filter(_not_over(on), inside(path, column="place__path"))
    known = held.select_related("person", "place", "body")
    return known.order_by("place__path", "body__name", "office", "pk")


def held_by(person_id: int, *, on: date) -> list[Office]:
    """Return the offices somebody holds on a day or later."""
    rows = Office.objects.filter(_not_over(on), person_id=person_id)
    return list(rows.select_related("place", "body").order_by("place__path", "pk"))


def first_held(people: Sequence[int], *, on: date) -> dict[int, Office]:
    """Return the first office that each of several people holds on a day or later, in one query."""
    rows = Office.objects.filter(_not_over(on), person_id__in=people).select_related("place", "body")
    return {one.person_id: one for one in rows.order_by("-place__path", "-pk")}


def serving_by_trade(path: str, *, on: date) -> dict[str, int]:
    """Count by trade the people who hold an office within a place and said their trade (在任的新就业群体)."""
    held = Office.objects.filter(in_office(on), inside(path, column="place__path"))
    rows = held.exclude(person__trade="").values_list("person__trade").order_by("person__trade")
    return dict(rows.annotate(people=Count("person", distinct=True)))


def of_id(number: int) -> Office | None:
    """Find an office with its person, place and body."""
    return Office.objects.select_related("person", "place", "body").filter(pk=number).first()


def to_act_on(number: int) -> Office | None:
    """Load an office for an act and hold its row until the act is done; call it inside a transaction."""
    rows = Office.objects.select_for_update(of=("self",)).select_related("person", "place", "body")
    return rows.filter(pk=number).first()


def people_within(paths: Sequence[str]) -> QuerySet[Office, int]:
    """Return the numbers of those who hold or held an office within some places."""
    return Office.objects.filter(inside(*paths, column="place__path")).values_list("person_id", flat=True)


def bodies_at(place_id: int) -> QuerySet[Body]:
    """Return the bodies that stand at a place."""
    return Body.objects.filter(place_id=place_id).order_by("pk")


def sizes_at(place_id: int, *, on: date) -> list[tuple[str, int]]:
    """Return the bodies that stand at a place with how many people hold an office in each (组织人数)."""
    serving = Office.objects.filter(in_office(on), body=OuterRef("pk")).order_by()
    counted = serving.values("body").annotate(people=Count("person", distinct=True)).values("people")
    rows = Body.objects.filter(place_id=place_id).annotate(people=Coalesce(Subquery(counted), 0))
    return list(rows.order_by("-people", "pk").values_list("name", "people"))


def in_office(on: date) -> Q:
    """Build the condition that an office is held on a day (在任)."""
    return Q(_not_over(on), since__lte=on)


def _not_over(on: date) -> Q:
    return Q(until=None) | Q(until__gte=on)
