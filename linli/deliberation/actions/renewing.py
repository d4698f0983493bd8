"""A covenant is affirmed anew: its households sign again, in time before the day it asks for (重申公约)."""

import logging
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import NOBODY
from linli.core.procedure import Procedure
from linli.core.term import due
from linli.deliberation import access, covenants, telling
from linli.deliberation.actions import raising, signing
from linli.deliberation.actions.raising import Proposal
from linli.deliberation.models import Covenant, Topic
from linli.frame import wording
from linli.frame.clock import day_of, now
from linli.places import queries as places
from linli.rulebook import queries as rulebook

_LOG = logging.getLogger(__name__)


def begin_rounds(*, at: datetime) -> list[Topic]:
    """Begin a round of signing for every covenant whose day comes within the term of a round (开始重申).

    A covenant of a place that has no procedure for it waits; one that fails does not keep the others.
    """
    begun = []
    for covenant in covenants.not_affirmed():
        procedure = access.renewal(rulebook.current(covenant.topic.matter.pack))
        if procedure is None or not _is_time(covenant, procedure, at=at):
            continue
        try:
            begun.append(_begin(covenant, procedure, at=at))
        except Exception:  # noqa: BLE001  (whatever is wrong with one of them, the others do not wait for it)
            _LOG.exception("%s was left out of the affirming", covenant.topic)
    return begun


def every_day() -> None:
    """Begin the rounds that are due: what the worker does each day."""
    begin_rounds(at=now())


def _is_time(covenant: Covenant, procedure: Procedure, *, at: datetime) -> bool:
    if covenant.affirm_by is None or procedure.lasts is None:
        return False
    return day_of(due(procedure.lasts, at=at, calendar=rulebook.calendar())) >= covenant.affirm_by


@transaction.atomic
def _begin(covenant: Covenant, procedure: Procedure, *, at: datetime) -> Topic:
    first = covenants.rounds(covenant)[-1]
    told = Proposal(
        title=f"重申：{first.topic.matter.title}"[:80],
        words=covenant.text,
        procedure=procedure.key,
        spots=places.chain(covenant.topic.place_path),
        channel="system",
    )
    topic = raising.open_topic(told, procedure=procedure, by=NOBODY, at=at, is_open=True, office="系统")
    signing.lay_before(access.lay(topic, actor=NOBODY, at=at), text=covenant.text, renews=covenant)
    until = wording.written(covenant.affirm_by) if covenant.affirm_by else ""
    sentence = f"您家签过的公约要在{until}前重申，请重新签约；以前的签名留作历史。"
    telling.tell(topic, covenants.signers(covenant), sentence, at=at)
    return topic
