"""A written proxy in a meeting goes to nobody who stands as a candidate in what is on its agenda (委托)."""

from typing import TYPE_CHECKING

from linli.ballots import queries as ballots
from linli.meetings import queries as meetings
from linli.meetings.access import Hall
from linli.meetings.actions import proxies

if TYPE_CHECKING:
    from linli.meetings.models import SeatProxy


def register(hall: Hall, key: str, *, holder: str, paper: str) -> "SeatProxy":
    """Register a written proxy, with the candidates known from the ballots on the agenda (登记委托)."""
    return proxies.register(hall, key, holder=holder, paper=paper, candidates=_candidates(hall))


def _candidates(hall: Hall) -> frozenset[int]:
    matters = {item.matter_id for item in meetings.items(hall.meeting)} - {None}
    return frozenset(
        person
        for matter in matters
        if matter is not None
        for ballot in ballots.of_matter(matter)
        for person in ballot.slip.candidates
    )
