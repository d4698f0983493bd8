"""Questions about carriers and who is reached by which (查询)."""

from collections.abc import Sequence

from django.db.models import QuerySet

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.gateways.choices import Carried
from linli.gateways.models import Carrier, Message, Reaching
from linli.places.path import inside, paths_above

MOST_ATTEMPTS = 6


def led_by(actor: Actor) -> QuerySet[Carrier]:
    """Return the carriers somebody keeps (所管的通道)."""
    every = Carrier.objects.filter(ended_at=None).select_related("place").order_by("place_path", "kind")
    return every if actor.runs_site else every.filter(inside(*access.led_by(actor), column="place_path"))


def serving(path: str) -> dict[Carried, Carrier]:
    """Return of each kind the carrier nearest above a place, or at it (就近通道)."""
    rows = Carrier.objects.filter(place_path__in=paths_above(path), ended_at=None)
    return {Carried(one.kind): one for one in rows.order_by("place_path")}


def chosen_by(person: int) -> str:
    """Return how somebody wants to be reached; empty when only in the product."""
    return Reaching.objects.filter(person_id=person).values_list("kind", flat=True).first() or ""


def reached() -> dict[int, Carried]:
    """Return everybody who wants to be reached besides the product, and how."""
    return {person: Carried(kind) for person, kind in Reaching.objects.values_list("person", "kind")}


def copied(letters: Sequence[int]) -> set[int]:
    """Return which of some letters are on their way already."""
    return set(Message.objects.filter(letter__in=letters).values_list("letter", flat=True))


def given_up() -> int:
    """Count the messages that could not be sent and are tried no more."""
    return Message.objects.filter(sent_at=None, claimed_at=None, attempts__gte=MOST_ATTEMPTS).count()
