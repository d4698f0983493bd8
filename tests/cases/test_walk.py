"""Random people try random acts in every shipped pack: nothing but refusals, and all that must hold holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.cases import access
from linli.cases import queries as cases
from linli.cases.actions import reporting
from linli.cases.actions.dispatching import JointTask
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import Said
from linli.cases.kinds import Part
from linli.core.acts import ACTS
from linli.core.procedure import Stand
from linli.core.term import Term
from linli.core.verdict import Refused
from linli.handoffs.sweep import sweep
from linli.matters import queries as matters
from linli.matters import tally
from linli.pack.edition import Edition, PlaceData
from linli.people import actions as people
from linli.record.examination import examine
from linli.record.export import export
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules
from tests import make
from tests.world import TUESDAY, spots

if TYPE_CHECKING:
    from linli.matters.models import Matter, Waiting

PACKS = ("chaoyang", "gusu", "lianyungang", "xinxialu", "yunlong")
TRIES = 100
FINAL = frozenset({"withdraw", "decline", "merge"})


@dataclass(slots=True)
class Crowd:
    """Everybody who may try something with one matter, and what they may choose (人群)."""

    edition: Edition
    people: list[Actor]
    bodies: list[int]
    chance: Random
    at: datetime = TUESDAY
    other: str = ""

    def wait(self) -> datetime:
        """Let a random while pass: mostly minutes, sometimes days."""
        self.at += timedelta(minutes=self.chance.choice((1, 7, 45, 300, 3000)))
        return self.at

    def extras(self, act: str) -> dict[str, Any]:
        """Choose what else an act needs, not always sensibly."""
        pick, edition = self.chance.choice, self.edition
        helper = JointTask(pick(self.bodies), term=pick((None, Term.parse("4 hours"))))
        wanted: dict[str, dict[str, Any]] = {
            "dispatch": {"lead": pick(self.bodies), "joint": pick(((), (), (helper,)))},
            "return_order": {"evidence": pick(("", "职责清单。"))},
            "summon": {"departments": self.chance.sample(self.bodies, k=2)},
            "rate_department": {"department": pick(self.bodies), "score": pick((1, 5))},
            "rate_summoner": {"score": pick((0, 3))},
            "rate": {"score": pick((5, 6))},
            "pause": {"reason": pick((*edition.pauses, "none"))},
            "ask_extension": {"term": pick((edition.extension.at_most, Term.parse("900 days")))},
            "regrade": {"order": pick(tuple(edition.orders))},
            "reclassify": {"category": pick(tuple(edition.categories))},
            "publish": {"title": "公开", "words": "盖板破损。"},
            "merge": {"into": pick((self.other, "XXL-1900-1"))},
        }
        return wanted.get(act, {})

    def somebody(self, matter: "Matter") -> Actor:
        """Pick one whom the matter waits for, and now and then anybody."""
        lines = matters.waitings(matter)
        awaited = [one for one in self.people if any(_is_awaited(one, line) for line in lines)]
        return self.chance.choice(awaited if awaited and self.chance.random() < 0.7 else self.people)

    def choose(self, opened: list[str]) -> str:
        """Choose an act: mostly an open one that does not end the matter, sometimes any at all."""
        lasting = [act for act in opened if act not in FINAL]
        if self.chance.random() < 0.2:
            return self.chance.choice(list(ACTS))
        return self.chance.choice(lasting or opened or list(ACTS))

    def report(self, subject: str) -> "Matter":
        """Let the resident, or the first in office, report something."""
        raiser = self.people[-1] if subject == "concern" else self.people[0]
        told = Report(
            subject=subject,
            spots=spots(_branch(self.edition)[-1].key, pack=self.edition.key),
            words="盖板破损。",
            channel="web",
            raised_by=raiser.person_id,
        )
        return reporting.report(told, by=raiser, at=self.at)


@pytest.fixture(params=PACKS)
def crowd(request: pytest.FixtureRequest, db: None) -> Crowd:
    """Install one branch of a place's tree, and seat somebody in every office of it."""
    edition = rules.current(request.param)
    branch = _branch(edition)
    keys = {place.key for place in branch}
    small = replace(
        edition, places=branch, bodies=tuple(b for b in edition.bodies if b.place in keys and not b.parent)
    )
    rulebook.install(small, at=TUESDAY - timedelta(days=30))
    held = [
        make.office(make.person(role.office), office=role.office, at=place.key, pack=edition.key)
        for role in _roles(edition)
        for place in branch
    ]
    numbers = [body.pk for b in small.bodies if (body := bodies.of_key(f"{edition.key}.{b.key}"))]
    handlers = [
        make.office(make.person("经办人"), office="handler", at=branch[0].key, body=number, pack=edition.key)
        for number in numbers
    ]
    resident = people.enrol(name="居民")
    return Crowd(edition, [*held, *handlers, make.actor(resident)], numbers, Random(request.param))


@pytest.mark.parametrize("subject", ["concern", "incident"])
def test_nothing_but_refusals_and_all_that_must_hold_holds(crowd: Crowd, subject: str) -> None:
    crowd.other = crowd.report(subject).number
    matter, done, numbers = crowd.report(subject), set(), [crowd.other]
    for _ in range(TRIES):
        done.add(_try_something(crowd, matter))
        if make.fresh(matter).closed_at and crowd.chance.random() < 0.2:
            numbers.append(matter.number)
            matter = crowd.report(subject)
    assert len(done) > 10, sorted(done)
    assert tally.standing() == tally.recount()
    assert not examine(export(chains=[*numbers, matter.number])).faults


def _is_awaited(actor: Actor, line: "Waiting") -> bool:
    posts = {(held.office, held.place_id) for held in actor.offices}
    return (
        line.person_id == actor.person_id
        or line.body_id in actor.body_ids
        or (line.office, line.place_id) in posts
    )


def _try_something(crowd: Crowd, matter: "Matter") -> str:
    """Let somebody try something; return the act if it was done."""
    at = crowd.wait()
    if crowd.chance.random() < 0.1:
        sweep(at=at)
    who = crowd.somebody(matter)
    try:
        with transaction.atomic():
            desk = access.sit(matter.number, by=who, at=at, to_act=True)
            if desk is None:
                return ""
            opened = [one.act for one in desk.openings() if one.is_open]
            act = crowd.choose(opened)
            make.perform(desk, act, Said(crowd.chance.choice(("", "理由。", "理由。"))), crowd.extras(act))
    except Refused:
        return ""
    finally:
        _check(make.fresh(matter))
    return act


def _check(matter: "Matter") -> None:
    """Assert what must hold of a matter at any time."""
    orders = cases.orders(matter.pk)
    leads = [one for one in orders if one.part == Part.LEAD and one.ended_at is None]
    step = matters.step_of(matter)
    assert len(leads) <= 1
    assert step.step_kind.key == matter.step_kind
    assert (matter.closed_at is not None) == step.ends
    assert step.ends or matter.due_at or matter.is_paused or matter.answered_at
    assert matter.is_paused == (matter.paused_at is not None)
    if matter.lead_id and not step.ends:
        assert [one.body_id for one in leads] == [matter.lead_id]
    lines = matters.waitings(matter)
    assert bool(lines) != step.ends
    late = [one for one in lines if one.due_at and matter.due_at and not matter.answered_at]
    assert all(one.due_at <= matter.due_at for one in late)


def _branch(edition: Edition) -> tuple[PlaceData, ...]:
    """Return the chain of places that leads to the deepest building or grid, from the root down."""
    known = {place.key: place for place in edition.places}

    def chain(place: PlaceData) -> Iterator[PlaceData]:
        if place.parent:
            yield from chain(known[place.parent])
        yield place

    return max((tuple(chain(place)) for place in edition.places), key=len)


def _roles(edition: Edition) -> list[Any]:
    held = (Stand.COVERS, Stand.RESPONSIBLE, Stand.ABOVE)
    every = edition.procedures["concern"].roles.values()
    return list({role.office: role for role in every if role.stands in held}.values())
