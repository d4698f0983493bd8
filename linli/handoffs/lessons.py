"""Decided cases become lessons: what people settled on is what is suggested from then on (办结→建议)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django_q.tasks import async_task

from linli.cases import queries as cases
from linli.cases.queries import Decided
from linli.frame.clock import now
from linli.learning import actions as learning
from linli.learning.choices import Question
from linli.learning.seeing import facts_about, keywords_of, words_of
from linli.methods.lesson import Lesson
from linli.methods.traits import Traits
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.rulebook import queries as rulebook

MOST_LESSONS = 20_000


def every_night() -> None:
    """Let every place learn, each by a job of its own: letters leave between one and the next (每夜学习)."""
    for edition in rulebook.packs():
        async_task("linli.handoffs.lessons.learn_in", edition.key)


def learn_in(pack: str) -> None:
    """Learn anew in one place (学习)."""
    learn(rulebook.current(pack), at=now())


def learn(edition: Edition, *, at: datetime) -> None:
    """Learn category, order and lead from a place's decided cases (学习)."""
    decided = [
        one for one in cases.decided(edition.key, most=MOST_LESSONS) if one.category in edition.categories
    ]
    told = [words_of(one.title, one.words) for one in decided]
    named = _lessons(told, [one.category for one in decided])
    learning.learn(edition.key, Question.CATEGORY, lessons=named, known=keywords_of(edition), at=at)
    full = [{**seen, **facts} for seen, facts in zip(told, _facts(decided, edition), strict=True)]
    for question, labels in (
        (Question.ORDER, [one.order for one in decided]),
        (Question.LEAD, [str(one.lead or "") for one in decided]),
    ):
        learning.learn(edition.key, question, lessons=_lessons(full, labels), at=at)


def _lessons(seen: Sequence[Traits], labels: Sequence[str]) -> list[Lesson]:
    return [Lesson(one, label) for one, label in zip(seen, labels, strict=True) if label]


def _facts(decided: Sequence[Decided], edition: Edition) -> Iterator[Traits]:
    chains = places.chains([one.place_path for one in decided])
    for one in decided:
        yield facts_about(
            edition, category=one.category, spots=chains[one.place_path], channel=one.channel, kind=one.kind
        )
