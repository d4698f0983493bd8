"""Questions about social organisations (查询)."""

from django.db.models import QuerySet

from linli.places.path import inside
from linli.societies.models import Rung, Society


def of_id(number: int, *, to_act: bool = False) -> Society | None:
    """Find an organisation by its number; ``to_act`` holds it until the act is done."""
    found = Society.objects.select_for_update(of=("self",)) if to_act else Society.objects
    return found.select_related("place", "leader").filter(pk=number).first()


def within(path: str) -> QuerySet[Society]:
    """Return the organisations of a place and of all places within it that still exist (组织库)."""
    found = Society.objects.filter(inside(path, column="place_path"), closed_at=None)
    return found.select_related("place", "leader").order_by("place_path", "name", "pk")


def led_by(person: int) -> QuerySet[Society]:
    """Return the organisations that somebody leads or led to their end."""
    return Society.objects.filter(leader_id=person).select_related("place").order_by("pk")


def rung(society: Society) -> Rung:
    """Say how far an organisation has come (培育阶梯)."""
    return Rung(society.rung)
