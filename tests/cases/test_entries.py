"""Every act leaves exactly one entry on an unbroken record (留痕)."""

from typing import Any

import pytest

from linli.bodies.actor import Actor
from linli.cases.actions.dispatching import JointTask
from linli.core.term import Term
from linli.record import queries as record
from linli.rulebook import queries as rulebook
from tests import make
from tests.world import World, instant

AT = instant("2026-11-25 11:00")

# The act, who does it, where the case then stands, what more the act needs.
Case = tuple[str, str, str, dict[str, Any]]
EVERY_ACT: tuple[Case, ...] = (
    ("call_up", "grid_worker", "incident", {}),
    ("solve", "dispatcher", "report", {}),
    ("take_in", "dispatcher", "report", {}),
    ("decline", "dispatcher", "report", {}),
    ("withdraw", "resident", "report", {}),
    ("dispatch", "dispatcher", "report", {"lead": "enforcement"}),
    ("take_on", "enforcer", "dispatched", {}),
    ("return_order", "enforcer", "dispatched", {"evidence": "职责清单。"}),
    ("uphold_return", "secretary", "returned", {}),
    ("reject_return", "secretary", "returned", {}),
    ("send_up", "enforcer", "taken_on", {}),
    ("hand_back", "street_dispatcher", "sent_up", {}),
    ("finish", "enforcer", "taken_on", {}),
    ("verify", "dispatcher", "handled", {}),
    ("send_back", "dispatcher", "handled", {}),
    ("confirm", "resident", "verified", {}),
    ("reopen", "resident", "closed", {}),
    ("add_words", "resident", "report", {}),
    ("answer", "fireman", "joined", {}),
    ("pause", "enforcer", "taken_on", {"reason": "weather"}),
    ("resume", "enforcer", "paused", {}),
    ("ask_extension", "enforcer", "taken_on", {"term": Term.parse("3 working_days")}),
    ("grant_extension", "secretary", "asked", {}),
    ("refuse_extension", "secretary", "asked", {}),
    ("regrade", "dispatcher", "taken_on", {"order": "urgent"}),
    ("reclassify", "dispatcher", "taken_on", {"category": "noise"}),
    ("summon", "dispatcher", "taken_on", {"departments": ["fire"]}),
    ("report_in", "fireman", "summoned", {}),
    ("rate_department", "dispatcher", "arrived", {"department": "fire", "score": 5}),
    ("rate_summoner", "fireman", "arrived", {"score": 4}),
    ("expedite", "secretary", "taken_on", {}),
    ("rate", "resident", "verified", {"score": 5}),
    ("publish", "dispatcher", "report", {"title": "盖板", "words": "盖板破损。"}),
    ("unpublish", "dispatcher", "published", {}),
    ("merge", "dispatcher", "repeated", {}),
    ("unmerge", "dispatcher", "merged", {}),
)


def _opened(subject: str) -> set[str]:
    """Return every act that the procedure of some place opens for a subject."""
    procedures = [edition.procedure_for(subject) for edition in rulebook.packs()]
    return {rule.act for one in procedures for step in one.steps for rule in one.rules_at(step)}


def test_every_act_is_tried_here_except_the_systems_own() -> None:
    assert {act for act, *_ in EVERY_ACT} == (_opened("concern") | _opened("incident")) - {"lapse"}


@pytest.mark.req("A2")
@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda act: act[0])
def test_an_act_leaves_one_entry_with_its_clause_and_office(world: World, act: Case) -> None:
    name, who, where, more = act
    actor: Actor = getattr(world, who)
    matter = _stand(world, where)
    before = record.timeline(matter.number)
    if name == "merge":
        more = {"into": make.report(world).number}
    make.act(matter, name, by=actor, at=AT, **_numbers(world, more))
    *old, entry = record.timeline(matter.number)
    assert tuple(old) == before
    assert (entry.act, entry.by, entry.at) == (name, actor.person_id, AT)
    assert entry.clause
    assert entry.office == actor.words_for(matter.place_path)


def test_the_record_of_a_whole_case_holds_together(world: World) -> None:
    matter = make.closed(world)
    acts = [line.act for line in record.timeline(matter.number)]
    assert acts == ["open", "dispatch", "take_on", "finish", "verify", "confirm"]


def _numbers(world: World, more: dict[str, Any]) -> dict[str, Any]:
    if "departments" in more:
        return more | {"departments": [getattr(world, key) for key in more["departments"]]}
    return more | {key: getattr(world, more[key]) for key in ("lead", "department") if key in more}


def _stand(world: World, where: str) -> Any:  # noqa: C901  (one line a place to stand)
    if hasattr(make, where):
        return getattr(make, where)(world)
    at = instant("2026-11-24 15:00")
    if where == "joined":
        return make.taken_on(world, joint=[JointTask(world.fire)])
    if where == "sent_up":
        return make.act(make.report(world), "send_up", by=world.dispatcher, at=at)
    if where == "repeated":
        return make.report(world, at=at)
    if where == "merged":
        matter = make.report(world, at=at)
        return make.act(matter, "merge", by=world.dispatcher, at=at, into=make.report(world).number)
    if where == "published":
        return make.report(world, is_public=True)
    matter = make.taken_on(world)
    if where == "paused":
        return make.act(matter, "pause", by=world.enforcer, at=at, reason="weather")
    if where == "asked":
        return make.act(matter, "ask_extension", by=world.enforcer, at=at, term=Term.parse("3 working_days"))
    matter = make.act(matter, "summon", by=world.dispatcher, at=at, departments=[world.fire])
    return matter if where == "summoned" else make.act(matter, "report_in", by=world.fireman, at=at)
