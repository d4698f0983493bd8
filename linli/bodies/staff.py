"""Who holds office at many places and in many bodies, read at once (在任名册)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from linli.bodies.models import Office


class _Term(NamedTuple):
    person: int
    since: date
    until: date | None

    def covers(self, on: date) -> bool:
        return self.since <= on and (self.until is None or self.until >= on)


class Staff:
    """Answer who held office on a day as ``queries.holders`` and ``queries.members`` do, from one query."""

    def __init__(self, *, places: Collection[int], bodies: Collection[int]) -> None:
        self._at: defaultdict[tuple[str, int], list[_Term]] = defaultdict(list)
        self._in: defaultdict[int | None, list[_Term]] = defaultdict(list)
        rows: QuerySet[Any, Any] = Office.objects.filter(
            Q(place_id__in=set(places)) | Q(body_id__in=set(bodies))
        )
        rows = rows.values_list("office", "place_id", "body_id", "person_id", "since", "until")
        for office, place, body, *term in rows:
            self._at[office, place].append(_Term(*term))
            self._in[body].append(_Term(*term))

    def holders(self, *, on: date, office: str, place_id: int) -> set[int]:
        """Return the people who held an office at a place on a day."""
        return {term.person for term in self._at[office, place_id] if term.covers(on)}

    def members(self, body: int, *, on: date) -> set[int]:
        """Return the people who held an office in a body on a day."""
        return {term.person for term in self._in[body] if term.covers(on)}
