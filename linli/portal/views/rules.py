"""Every rule in force at a place, and its procedures: whatever is cited anywhere can be read here (规则)."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from linli.core.procedure import Procedure, Step
from linli.pack.edition import Edition
from linli.portal import clauses
from linli.portal import here as memory
from linli.portal.surroundings import show
from linli.rulebook import queries as rulebook


@require_safe
def places_with_rules(request: HttpRequest) -> HttpResponse:
    """Lead to the rules of the remembered place, or list the places (规则)."""
    mine = memory.remembered(request)
    if mine:
        return redirect("portal:rules", mine.edition.key)
    return show(request, "rulebooks.html", {"editions": rulebook.packs()}, here=None)


@require_safe
def rules(request: HttpRequest, pack: str) -> HttpResponse:
    """List every rule in force at a place (现行规则)."""
    edition = _edition(pack)
    words = request.GET.get("q", "").strip()[:40]
    found = clauses.readings(edition, words=words)
    context = {
        "edition": edition,
        "words": words,
        "local": tuple(one for one in found if one.is_local),
        "national": tuple(one for one in found if not one.is_local),
    }
    return show(request, "rules.html", context, here=memory.remembered(request))


@require_safe
def rule(request: HttpRequest, pack: str, key: str) -> HttpResponse:
    """Show the text of one rule, how it was seen, and what stands on it (规则原文)."""
    edition = _edition(pack)
    found = clauses.reading(edition, key)
    if found is None:
        raise Http404
    context = {"edition": edition, "reading": found, "uses": clauses.uses(edition, key)}
    return show(request, "rule.html", context, here=memory.remembered(request))


@require_safe
def procedures(request: HttpRequest, pack: str) -> HttpResponse:
    """Show the procedures of a place as lines of stations, with the terms of each order kind (办理程序)."""
    edition = _edition(pack)
    tables = tuple((one, _table(edition, one)) for one in edition.procedures.values())
    context = {"edition": edition, "orders": tuple(edition.orders.values()), "tables": tables}
    return show(request, "procedures.html", context, here=memory.remembered(request))


def _edition(pack: str) -> Edition:
    found = next((one for one in rulebook.packs() if one.key == pack), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One station with who acts there, in what time, and what must be so first (一步)."""

    step: Step
    who: str
    terms: tuple[str, ...]
    asked: tuple[clauses.Asked, ...]


def _table(edition: Edition, procedure: Procedure) -> tuple[Row, ...]:
    return tuple(
        Row(
            step,
            "、".join(procedure.roles[key].title for key in step.waits_for),
            _terms(edition, step),
            clauses.asked(edition, step),
        )
        for step in procedure.steps
    )


def _terms(edition: Edition, step: Step) -> tuple[str, ...]:
    terms = (step.term(order) for order in edition.orders)
    return tuple(term.words if term else "—" for term in terms)
