"""Who may see a matter and who may act on it, always with a reason (权限)."""

from datetime import datetime

from linli.bodies.actor import Actor
from linli.core import procedure as rules
from linli.core.facts import Facts
from linli.core.procedure import Opening
from linli.core.verdict import Verdict
from linli.matters import queries
from linli.matters.choices import Visibility
from linli.matters.letters import instant
from linli.matters.models import Matter
from linli.matters.responsible import Parties, Seat, standing


def may_see(matter: Matter, actor: Actor, *, parties: Parties) -> bool:
    """Tell whether a matter may be shown to somebody at all; the page is a 404 otherwise."""
    return matter.visibility == Visibility.PUBLIC or sees_all(matter, actor, parties=parties)


def sees_all(matter: Matter, actor: Actor, *, parties: Parties) -> bool:
    """Tell whether somebody may read the words and names, not only the published part."""
    involved = {parties.lead, *parties.joint, *parties.summoned, *parties.past} - {None}
    return parties.is_raiser or actor.reaches(matter.place_path) or bool(actor.body_ids & involved)


def standing_of(matter: Matter, actor: Actor, *, parties: Parties, seat: Seat) -> frozenset[str]:
    """Return the roles that somebody has for a matter."""
    roles = tuple(queries.procedure_of(matter).roles.values())
    return standing(actor, seat=seat, roles=roles, parties=parties)


def openings(matter: Matter, *, standing: frozenset[str], facts: Facts) -> tuple[Opening, ...]:
    """List the acts that concern somebody, open and closed with the reason (可办动作)."""
    return rules.openings(queries.procedure_of(matter), matter.step, standing=standing, facts=facts)


def ask(matter: Matter, act: str, *, standing: frozenset[str], facts: Facts) -> Verdict:
    """Answer whether somebody may do an act now (能否办理)."""
    return rules.ask(queries.procedure_of(matter), matter.step, act, standing=standing, facts=facts)


def facts_of(matter: Matter, *, seat: Seat, at: datetime, was_extended: bool = True) -> Facts:
    """Gather what the thread itself knows of a matter (事实); ``was_extended`` spares a query."""
    edition = queries.edition_of(matter)
    extensions = queries.extensions(matter) if was_extended else []
    reason = edition.pauses.get(matter.pause_reason)
    holds = {
        "clock_paused": matter.is_paused,
        "clock_running": not matter.is_paused and matter.answered_at is None,
        "extension_asked": any(one.ruled_at is None for one in extensions),
        "extended": any(one.is_granted for one in extensions),
        "answered": matter.answered_at is not None,
        "overdue": matter.due_at is not None and matter.answered_at is None and at > matter.due_at,
        "level_above": seat.next_level(+1) is not None,
        "level_below": seat.next_level(-1) is not None,
        "lead_assigned": matter.lead_id is not None,
        "reopened_before": matter.reopened > 0,
        "public": matter.visibility == Visibility.PUBLIC,
        "merged": matter.merged_into_id is not None,
        "may_be_public": not edition.categories[matter.category].is_private,
    }
    figures = {
        "due": instant(matter.due_at),
        "lead": matter.lead.name if matter.lead else "",
        "main": matter.merged_into.number if matter.merged_into else "",
        "pause_reason": reason.title if reason else "",
        "paused_since": instant(matter.paused_at),
    }
    return Facts(frozenset(key for key, held in holds.items() if held), figures)
