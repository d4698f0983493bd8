"""What is done to bodies and offices (动作)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from linli.bodies.models import Body, Office
from linli.pack.edition import BodyData


@transaction.atomic
def install(bodies: Sequence[BodyData], *, pack: str, places: Mapping[str, tuple[int, str]]) -> None:
    """Enter the bodies of a pack (安装组织); ``places`` maps a place key to its number and path."""
    known: dict[str, Body] = {}
    for data in bodies:
        place_id, path = places[data.place]
        known[data.key], _ = Body.objects.update_or_create(
            key=f"{pack}.{data.key}",
            defaults={
                "kind": data.kind,
                "kind_title": data.kind_title,
                "name": data.name,
                "place_id": place_id,
                "place_path": path,
                "pack": pack,
                "parent": known.get(data.parent),
                "telephone": data.telephone,
            },
        )


@transaction.atomic
def seat(
    person_id: int, *, office: str, title: str, place_id: int, since: date, body_id: int | None = None
) -> Office:
    """Put a person into an office (任职); one already held stays as it is."""
    held = Office.objects.filter(person_id=person_id, office=office, place_id=place_id, until=None)
    known = held.filter(body_id=body_id).first() if body_id else held.filter(body=None).first()
    return known or Office.objects.create(
        person_id=person_id, office=office, title=title, place_id=place_id, body_id=body_id, since=since
    )


@transaction.atomic
def unseat(office_id: int, *, until: date) -> None:
    """End an office on a day (离任)."""
    Office.objects.filter(pk=office_id).update(until=until)
