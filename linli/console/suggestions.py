"""How good the suggestions are, on cases they had never seen, and learning anew by hand (建议的准头)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_q.tasks import async_task

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.frame.signed_in import signed_in
from linli.learning import queries as learning
from linli.learning.choices import Question
from linli.learning.queries import ENOUGH_LESSONS, Score
from linli.pack.edition import Edition
from linli.rulebook import queries as rulebook

MOST_SCORES = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """How good one kind of suggestion is in one place, newest first (准头)."""

    title: str
    scores: tuple[Score, ...]

    @property
    def is_used(self) -> bool:
        """Tell whether it suggests yet."""
        return bool(self.scores) and self.scores[0].lessons >= ENOUGH_LESSONS


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the score of every suggestion in the places one keeps (建议的准头)."""
    editions = _kept_by(keeper(request))
    found = learning.scores([one.key for one in editions])
    standings = [(edition, [_standing(edition, one, found) for one in Question]) for edition in editions]
    context = {"standings": standings, "enough": ENOUGH_LESSONS, "tabs": tabs("suggestions")}
    return render(request, "console/suggestions.html", surroundings(request, here="people") | context)


@signed_in
@require_POST
def learn(request: HttpRequest, pack: str) -> HttpResponse:
    """Let the worker learn anew from what was decided (现在学习)."""
    if pack not in {edition.key for edition in _kept_by(keeper(request))}:
        raise Http404
    async_task("linli.handoffs.lessons.learn_in", pack)
    messages.success(request, "已交给后台学习，一般几分钟。学完刷新这一页就能看到。")
    return redirect("console:suggestions")


def _kept_by(actor: Actor) -> tuple[Edition, ...]:
    return tuple(one for one in rulebook.packs() if access.may_keep_rules(actor, pack=one.key))


def _standing(edition: Edition, question: Question, found: tuple[Score, ...]) -> Standing:
    own = (one for one in found if (one.pack, one.question) == (edition.key, question))
    return Standing(str(question.label), tuple(own)[:MOST_SCORES])
