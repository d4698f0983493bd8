"""Who is told of a topic: those it grew out of, those who take part, everybody who did (告知)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from linli.bodies import queries as bodies
from linli.core.masking import mask_text
from linli.deliberation import happenings, queries
from linli.deliberation.models import Participant, Topic
from linli.frame.clock import day_of
from linli.matters import followers
from linli.matters import queries as matters
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft


def tell_origins(topic: Topic, sentence: str, *, at: datetime) -> set[int]:
    """Write to all who raised or joined a matter out of which a topic grew; return to whom (告知缘起的人)."""
    own = matters.of_ids(queries.origins(topic))
    numbers = {one.pk: one.number for one in own}
    readers: dict[int, int] = dict(followers.readers_of(list(numbers)))
    readers |= {one.raised_by_id: one.pk for one in own if one.raised_by_id is not None}
    said = mask_text(sentence)
    drafts = [
        Draft(reader, f"议题：{topic.matter.title}", f"您反映的 {numbers[matter]}，{said}")
        for reader, matter in sorted(readers.items())
    ]
    outbox.write(drafts, matter=topic.pk, at=at)
    return set(readers)


def tell_participants(
    topic: Topic, participants: Sequence[Participant], sentence: str, *, at: datetime
) -> None:
    """Write to those who were named to take part, and to the members of the bodies among them."""
    tell(topic, _people(participants, at=at), sentence, at=at)


def tell_everybody(topic: Topic, sentence: str, *, at: datetime) -> None:
    """Write to everybody who took part in any way: once to each (向参与者反馈)."""
    readers = {
        *_people(queries.participants(topic), at=at),
        *queries.supporters(topic),
        *happenings.people(topic),
    }
    told = tell_origins(topic, sentence, at=at)
    tell(topic, readers - told, sentence, at=at)


def _people(participants: Sequence[Participant], *, at: datetime) -> set[int]:
    of_bodies = [one.body_id for one in participants if one.body_id is not None]
    people = {one.person_id for one in participants if one.person_id is not None}
    return people | set(bodies.members(*of_bodies, on=day_of(at)) if of_bodies else ())


def tell(topic: Topic, readers: Iterable[int], sentence: str, *, at: datetime) -> None:
    """Write to some people about a topic (告知)."""
    body = f"编号 {topic.matter.number}。{mask_text(sentence)}"
    drafts = [Draft(reader, f"议题：{topic.matter.title}", body) for reader in sorted(readers)]
    outbox.write(drafts, matter=topic.pk, at=at)
