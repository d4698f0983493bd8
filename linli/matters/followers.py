"""Questions about those who met the same trouble and joined a matter (同遇人)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from linli.matters.models import Follower, Hearer, Matter
from linli.places.path import inside


def standing(matter: Matter) -> list[Follower]:
    """Return who follows a matter now, in the order they joined."""
    found = Follower.objects.filter(matter=matter, left_at=None)
    return list(found.select_related("merged_from").order_by("joined_at", "pk"))


def of_token(token: str) -> Follower | None:
    """Find somebody who joined by the secret of their own link, whether they left or not (查询码)."""
    rows = Follower.objects.select_related("matter__lead", "matter__merged_into")
    return rows.filter(token=token.strip().lower()).first()


def of_person(matter: Matter, person: int | None) -> Follower | None:
    """Find what a person left when they joined a matter."""
    if person is None:
        return None
    return Follower.objects.filter(matter=matter, person_id=person, left_at=None).first()


def standing_of(person: int) -> QuerySet[Follower]:
    """Return everything that a person follows now, by their own joining or by merging."""
    return Follower.objects.filter(person_id=person, left_at=None)


def followed_by(person: int) -> QuerySet[Follower]:
    """Return what a person joined themselves and did not leave, newest first."""
    rows = standing_of(person).filter(merged_from=None)
    return rows.select_related("matter__place", "matter__lead").order_by("-pk")


def addressed(matter: Matter) -> list[tuple[int, str]]:
    """Return the people to write to about a matter, with their addresses."""
    rows = Follower.objects.filter(matter=matter, left_at=None, person__isnull=False)
    return list(rows.order_by("pk").values_list("person_id", "person__email"))


def hearers(matter: Matter) -> list[tuple[int, str]]:
    """Return the deputies who received a matter or one merged into it, with their addresses (接待人)."""
    rows = Hearer.objects.filter(Q(matter=matter) | Q(matter__merged_into=matter))
    return list(rows.distinct().order_by("person_id").values_list("person_id", "person__email"))


def readers_of(matter_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Return who follows several matters and which one, in one query."""
    rows = Follower.objects.filter(matter_id__in=matter_ids, left_at=None, person__isnull=False)
    return list(rows.order_by("-pk").values_list("person_id", "matter_id"))


def open_words(matter: Matter) -> list[str]:
    """Return what those who joined said and let everybody read, as they wrote it."""
    rows = Follower.objects.filter(matter=matter, left_at=None, is_open=True).exclude(words="")
    return list(rows.order_by("joined_at", "pk").values_list("words", flat=True))


def duplicates(matter: Matter) -> list[Matter]:
    """Return the matters that were merged into one, the oldest first (并来的事项)."""
    return list(matter.duplicates.select_related("place").order_by("opened_at", "pk"))


def main_of(matter: Matter) -> Matter:
    """Return the matter that is worked on: itself, or the one it was merged into, however often (主件)."""
    while matter.merged_into is not None:
        matter = matter.merged_into
    return matter


def joins(path: str, *, since: datetime, until: datetime) -> QuerySet[Follower]:
    """Return who joined within a place between two instants, without those who came by merging."""
    rows = Follower.objects.filter(inside(path, column="matter__place_path"), merged_from=None)
    return rows.filter(joined_at__gte=since, joined_at__lt=until)
