"""What somebody filled in without a network, when somebody else was faster: kept, but not done (未生效)."""

from django.db import transaction

from linli.cases.access import Desk
from linli.cases.basis import SET_ASIDE
from linli.core.acts import ACTS
from linli.frame.phone import Kept
from linli.matters import queries as matters
from linli.record import actions as record

TITLE = "离线填写，未生效"


@transaction.atomic(savepoint=False)
def set_aside(desk: Desk, act: str, *, words: str, kept: Kept) -> None:
    """Put on record what was not done because somebody else had done something else first (未生效)."""
    matter = desk.matter
    procedure = matters.procedure_of(matter)
    rule = next((procedure.rule(step, act) for step in procedure.steps_opening(act)), None)
    record.write(
        chain=matter.number,
        act=SET_ASIDE,
        title=TITLE,
        by=desk.actor.person_id,
        office=desk.actor.words_for(matter.place_path),
        at=desk.at,
        clause=(rule.clause if rule else None) or procedure.clause,
        figures=(("原想办", rule.name if rule else ACTS[act].title), *kept.figures),
        words=words,
    )
