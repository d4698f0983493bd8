"""What becomes of a ballot whose time is over: it counts itself, or those who run it are asked to (到期)."""

import logging
from datetime import datetime

from django.db import transaction

from linli.ballots import access, queries
from linli.ballots.actions import closing
from linli.ballots.letters import uncounted
from linli.ballots.models import Ballot
from linli.bodies import queries as bodies
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.outbox import actions as outbox
from linli.places import queries as places
from linli.rulebook import queries as rulebook

_MOST = 200

_LOG = logging.getLogger(__name__)


def end_what_is_over(*, at: datetime) -> None:
    """Count what counts itself, and ask once for every other ballot to be counted (到期计票).

    What goes wrong with one of them does not keep the others.
    """
    for ballot in queries.left_uncounted(at=at, most=_MOST):
        try:
            if not _counted(ballot, at=at):
                ask_to_count(ballot, at=at)
        except Exception:  # noqa: BLE001  (what it was stands in the log; the next run tries again)
            _LOG.exception("%s was neither counted nor asked for", ballot.number)


@transaction.atomic
def ask_to_count(ballot: Ballot, *, at: datetime) -> None:
    """Write to those who run a ballot that it is to be counted, once (提醒计票)."""
    waiting = Ballot.objects.filter(pk=ballot.pk, closed_at=None, cancelled_at=None, reminded_at=None)
    if waiting.update(reminded_at=at):
        outbox.write(uncounted(ballot, _who_run(ballot, at=at)), matter=ballot.matter_id, at=at)


def _counted(ballot: Ballot, *, at: datetime) -> bool:
    if not queries.counts_itself(ballot):
        return False
    try:
        closing.close_by_itself(ballot, at=at)
    except Refused as refused:
        _LOG.warning("%s could not be counted by itself: %s", ballot.number, refused)
        return False
    return True


def _who_run(ballot: Ballot, *, at: datetime) -> list[int]:
    """Return those who hold the offices where it is held, and whoever opened it."""
    spots, offices = places.chain(ballot.place_path), access.offices_that_run(rulebook.current(ballot.pack))
    held = bodies.offices_at([spots[-1].id], on=day_of(at), offices=offices)
    opened_by = () if ballot.opened_by_id is None else (ballot.opened_by_id,)
    return sorted({*held.values_list("person_id", flat=True), *opened_by})
