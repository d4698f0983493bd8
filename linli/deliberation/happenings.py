"""What meetings, ballots and notices say of a topic's present step (议事进展)."""

from datetime import datetime

from linli.core.facts import Facts
from linli.deliberation.models import Topic
from linli.disclosure import queries as disclosure
from linli.matters.actions.moving import Figures
from linli.matters.letters import instant


def facts(topic: Topic, *, at: datetime) -> Facts:
    """Gather what has happened since the topic came to its present step (事实)."""
    return _of_notices(topic, at=at)


def figures(topic: Topic) -> Figures:
    """Return what an act puts on record of the present step: its last notice (依据)."""
    hung = [one for one in disclosure.notices(topic.pk) if one.shown_at >= topic.since]
    return tuple(("公示", one.number) for one in hung[:1])


def people(topic: Topic) -> set[int]:
    """Return who took part in the meetings, ballots and notices of a topic."""
    return disclosure.objectors(topic.pk)


def _of_notices(topic: Topic, *, at: datetime) -> Facts:
    """Only a notice that was not taken down counts, and of these the last of this step."""
    hung = [one for one in disclosure.notices(topic.pk) if one.shown_at >= topic.since]
    standing = [one for one in hung if one.taken_down_at is None]
    keys = [one.pk for one in hung]
    waiting = disclosure.unanswered(keys) if keys else 0
    holds = {
        "notice_posted": bool(standing),
        "notice_over": bool(standing) and at >= standing[0].ends_at,
        "objection_standing": waiting > 0,
        "objection_upheld": bool(standing) and disclosure.is_upheld([standing[0].pk]),
    }
    figures = {"notice_until": instant(standing[0].ends_at) if standing else "", "objections": str(waiting)}
    return Facts(frozenset(key for key, held in holds.items() if held), figures)
