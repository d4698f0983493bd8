"""The letters and the record of a round (信和留痕)."""

from collections.abc import Iterable
from datetime import datetime

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.core.clause import Clause
from linli.grants.models import Application, Round
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.record import actions as record

Figures = tuple[tuple[str, str], ...]


def note(
    found: Round | Application, act: str, title: str, *, by: Actor, at: datetime,
    clause: Clause | None = None, figures: Figures = (), words: str = "",
) -> None:  # fmt: skip
    """Put an act on the record of a round or of an application (留痕)."""
    path = found.place_path if isinstance(found, Round) else found.round.place_path
    record.write(
        chain=found.number, act=act, title=title, by=by.person_id, office=speaks_as(by, path=path), at=at,
        clause=clause, figures=figures, words=words,
    )  # fmt: skip


def tell(application: Application, subject: str, body: str, *, at: datetime) -> None:
    """Write to whoever speaks for an applicant (通知联系人)."""
    tell_all([(application, subject, body)], at=at)


def tell_all(letters: Iterable[tuple[Application, str, str]], *, at: datetime) -> None:
    """Write to those who speak for several applicants, in one go (批量通知)."""
    drafts = [
        Draft(one.contact_id, f"{subject}：{one.title}", f"{one.number}「{one.title}」：{body}")
        for one, subject, body in letters
        if one.contact_id is not None
    ]
    outbox.write(drafts, matter=None, at=at)


def write_to(person: int, subject: str, body: str, *, at: datetime) -> None:
    """Write one letter to a person."""
    outbox.write([Draft(person, subject, body)], matter=None, at=at)
