"""Remembering which deputies received whoever raised a matter, so that they are told of it (接待)."""

from collections.abc import Iterable

from linli.matters.models import Hearer, Matter


def hear(matter: Matter, people: Iterable[int]) -> None:
    """Let those who received it be told of each step, beside whoever raised it (接待人)."""
    Hearer.objects.bulk_create(
        (Hearer(matter=matter, person_id=person) for person in sorted(set(people))), ignore_conflicts=True
    )
