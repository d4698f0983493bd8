"""A random walk through any shipped procedure skips no gate, and can always end."""

from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.core.facts import FACTS, Facts
from linli.core.procedure import ActRule, Procedure, Step, ask, openings
from linli.pack.shelf import read_shelf

PACKS = Path(__file__).parents[2] / "packs"
SHIPPED = {
    f"{edition.key} {procedure.title}": procedure
    for edition in read_shelf(PACKS)
    for procedure in edition.procedures.values()
}
# What every place shares is walked once.
PROCEDURES = {
    name: procedure
    for number, (name, procedure) in enumerate(SHIPPED.items())
    if procedure.steps not in [one.steps for one in tuple(SHIPPED.values())[:number]]
}
EVERY = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)
CHANCES = st.integers(0, 2**32).map(Random)
LONGEST = 30
WALKS = 10_000
SAID = {"ballot_said": "还没有表决。", "support_said": "附议的 2 人，还不够（须有 5 人）。"}


def _passes(rule: ActRule, standing: frozenset[str], holding: frozenset[str]) -> bool:
    """Weigh the gates of a rule once more, in the plainest way."""
    barred = holding.intersection((*rule.bars, *rule.kind.bars))
    return bool(standing & set(rule.by)) and set(rule.needs) <= holding and not barred


def _some(chance: Random, keys: Iterable[str]) -> frozenset[str]:
    """Pick each name with a likelihood that is itself picked at random."""
    share = chance.random()
    return frozenset(key for key in sorted(keys) if chance.random() < share)


def _walk(procedure: Procedure, chance: Random) -> Step:
    """Walk from the first step with random people and facts; return where the walk stands."""
    step = procedure.first
    for _ in range(chance.randrange(LONGEST)):
        standing, holding = _some(chance, procedure.roles), _some(chance, FACTS)
        listed = openings(procedure, step.key, standing=standing, facts=Facts(holding, SAID))
        opened = [one.rule for one in listed if one.is_open]
        passing = [rule for rule in procedure.rules_at(step) if _passes(rule, standing, holding)]
        assert {rule.act for rule in opened} == {rule.act for rule in passing}
        onward = [rule.to for rule in opened if rule.to]
        step = procedure.step(chance.choice(onward)) if onward else step
    return step


@EVERY
@settings(max_examples=25)
@given(chance=CHANCES)
def test_no_gate_is_skipped_on_any_walk(procedure: Procedure, chance: Random) -> None:
    _walk(procedure, chance)


@EVERY
@settings(max_examples=25)
@given(chance=CHANCES)
def test_an_act_answers_alike_whether_asked_for_or_listed(procedure: Procedure, chance: Random) -> None:
    step = _walk(procedure, chance)
    standing, facts = _some(chance, procedure.roles), Facts(_some(chance, FACTS), SAID)
    for opening in openings(procedure, step.key, standing=standing, facts=facts):
        verdict = ask(procedure, step.key, opening.act, standing=standing, facts=facts)
        assert verdict.is_yes == opening.is_open
        assert all(one.sentence.endswith("。") and one.clause for one in verdict.refusals)


@EVERY
@settings(max_examples=25)
@given(chance=CHANCES)
def test_from_wherever_a_walk_stands_it_can_end(procedure: Procedure, chance: Random) -> None:
    fresh, seen = {_walk(procedure, chance).key}, set[str]()
    while fresh and not any(procedure.step(key).ends for key in fresh):
        seen |= fresh
        fresh = {to for key in fresh for to in _ways_out(procedure, procedure.step(key))} - seen
    assert fresh


def _ways_out(procedure: Procedure, step: Step) -> set[str]:
    """Return where some people under some facts can take a matter from here."""
    return {
        rule.to
        for rule in procedure.rules_at(step)
        if rule.to
        and ask(
            procedure, step.key, rule.act, standing=frozenset(rule.by), facts=Facts(frozenset(rule.needs))
        )
    }


def test_in_ten_thousand_walks_no_gate_is_skipped_and_each_ends_once_its_facts_are_true() -> None:
    chance = Random(20260101)
    every = tuple(PROCEDURES.values())
    for number in range(WALKS):
        procedure = every[number % len(every)]
        step = _stroll(procedure, chance)
        for _ in procedure.steps:
            step = _nearer_to_the_end(procedure, step)
        assert step.ends, (procedure.key, step.key)


def _stroll(procedure: Procedure, chance: Random) -> Step:
    """Walk a few steps, each through a gate whose facts hold and by somebody whom it is open to."""
    step = procedure.first
    for _ in range(chance.randrange(len(procedure.steps))):
        rule = chance.choice([one for one in procedure.rules_at(step) if one.to] or [None])
        if rule is None:
            return step
        standing, holding = frozenset(chance.sample(rule.by, 1)), _some(chance, rule.needs + rule.bars)
        verdict = ask(procedure, step.key, rule.act, standing=standing, facts=Facts(holding, SAID))
        assert verdict.is_yes == _passes(rule, standing, holding)
        step = procedure.step(rule.to) if verdict else step
    return step


def _nearer_to_the_end(procedure: Procedure, step: Step) -> Step:
    """Take the way on which fewest steps are left, once what it needs is true."""
    ways = {to: _left(procedure, to) for to in _ways_out(procedure, step)}
    return step if step.ends else procedure.step(min(ways, key=lambda to: ways[to]))


def _left(procedure: Procedure, key: str) -> int:
    """Count the steps from here to the nearest end."""
    far, reached = 0, {key}
    while not any(procedure.step(one).ends for one in reached):
        far += 1
        reached |= {rule.to for one in reached for rule in procedure.step(one).acts if rule.to}
        assert far <= len(procedure.steps)
    return far
