"""Which of somebody's offices walk the grid, and which take concerns in, as their pack says (岗位)."""

from linli.bodies.actor import Actor, OfficeHeld
from linli.core.procedure import ActRule, Procedure
from linli.pack.edition import Edition
from linli.rulebook import queries as rulebook

ON_THE_SPOT = ("solve", "call_up")


def walking(actor: Actor) -> tuple[OfficeHeld, ...]:
    """Return the offices with which somebody may act on what they find themselves (网格员)."""
    return tuple(
        held for held in actor.territorial if acts_on_the_spot(rulebook.current(held.pack), held.office)
    )


def taking_in(actor: Actor) -> tuple[OfficeHeld, ...]:
    """Return the offices that wait for concerns to come in (调度员、全科社工)."""
    return tuple(held for held in actor.territorial if held.office in _receiving(rulebook.current(held.pack)))


def acts_on_the_spot(edition: Edition, office: str) -> tuple[ActRule, ...]:
    """List the acts that an office may do on what it has just found (就地解决、呼叫社区)."""
    if "incident" not in edition.serves:
        return ()
    procedure = edition.procedure_for("incident")
    return tuple(
        rule
        for rule in procedure.first.acts
        if rule.act in ON_THE_SPOT and office in _offices(procedure, rule.by)
    )


def _receiving(edition: Edition) -> frozenset[str]:
    if "concern" not in edition.serves:
        return frozenset()
    procedure = edition.procedure_for("concern")
    return _offices(procedure, procedure.first.waits_for)


def _offices(procedure: Procedure, roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(procedure.roles[key].office for key in roles) - {""}
