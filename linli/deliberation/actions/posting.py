"""Hanging what was decided on the board (公示)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation.access import Desk, clause_of
from linli.disclosure.actions import noticing
from linli.disclosure.actions.noticing import Posting
from linli.matters import queries as matters
from linli.matters.actions import remarks

if TYPE_CHECKING:
    from linli.disclosure.models import Notice


@transaction.atomic
def post_notice(desk: Desk, *, title: str, words: str, seen: int | None = None) -> "Notice":
    """Hang a notice for as long as the present step asks (公示)."""
    rule = desk.require("post_notice")
    clause, term = rule.clause or clause_of(desk), desk.step.shown_for
    if term is None or clause is None:
        raise Refused(Refusal("这一步没有公示。", clause=clause, asked=rule.name))
    notice = noticing.post(
        Posting(
            kind=_kind(desk),
            title=title,
            words=words,
            spot=desk.seat.chain[-1],
            term=term,
            clause=clause,
            office=desk.office_for(rule),
            matter=desk.matter.pk,
        ),
        by=desk.actor,
        edition=matters.edition_of(desk.matter),
        at=desk.at,
    )
    figures = (("公示", notice.number), ("公示期", term.words))
    remarks.remark(desk.matter, desk.move(rule, words, seen=seen, figures=figures))
    return notice


def _kind(desk: Desk) -> str:
    """Before it is carried out a decision is shown, afterwards its result (两公开)."""
    if desk.topic.result:
        return "result"
    return "covenant" if any(step.signs for step in desk.procedure.steps) else "decision"
