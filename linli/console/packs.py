"""Which packs are in force, and putting a new edition in force (方法包)."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.core.verdict import Verdict
from linli.frame.clock import now
from linli.frame.signed_in import signed_in
from linli.pack.changes import Change, changes
from linli.pack.edition import Edition
from linli.rulebook import actions
from linli.rulebook import queries as rulebook
from linli.rulebook.queries import InForce


@dataclass(frozen=True, slots=True)
class Shelf:
    """One pack: its newest edition, and what of it is in force (方法包)."""

    edition: Edition
    in_force: tuple[InForce, ...]
    changes: tuple[Change, ...]
    may_install: Verdict

    @property
    def is_in_force(self) -> bool:
        """Tell whether the newest edition is in force."""
        return any(one.edition == self.edition.year for one in self.in_force)

    @property
    def was_altered(self) -> bool:
        """Tell whether the files are no longer those that were put in force (被改动)."""
        return any(
            one.edition == self.edition.year and one.digest != self.edition.digest for one in self.in_force
        )

    @property
    def since(self) -> datetime | None:
        """Return when the newest edition was put in force."""
        return next((one.at for one in self.in_force if one.edition == self.edition.year), None)


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every pack (方法包)."""
    actor = keeper(request)
    shelves = tuple(_shelf(edition, actor) for edition in rulebook.newest())
    context = {"shelves": shelves, "tabs": tabs("packs")}
    return render(request, "console/packs.html", surroundings(request, here="people") | context)


@signed_in
@require_POST
def install(request: HttpRequest, pack: str) -> HttpResponse:
    """Put the newest edition of a pack in force (启用)."""
    actor = keeper(request)
    edition = next((one for one in rulebook.newest() if one.key == pack), None)
    if edition is None:
        raise Http404
    access.may_keep_rules(actor, pack=pack).require()
    is_new = actions.install(edition, at=now(), by=actor.person_id, office=access.speaks_as(actor))
    said = "已启用" if is_new else "早已启用，没有改动"
    messages.success(request, f"{edition.title} {edition.year} 版{said}。")
    return redirect("console:packs")


def _shelf(edition: Edition, actor: Actor) -> Shelf:
    known = tuple(one for one in rulebook.in_force() if one.pack == edition.key)
    older = [one.edition for one in known if (edition.key, one.edition) in rulebook.editions()]
    before = rulebook.edition(edition.key, max(older)) if older else None
    return Shelf(
        edition,
        known,
        changes(before, edition) if before and before.year != edition.year else (),
        access.may_keep_rules(actor, pack=edition.key),
    )
