"""Starting a joint demand: which, what for, and how many names it takes (发起联名)."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.bodies.entering import actor_of
from linli.core.verdict import Refused
from linli.deliberation import queries
from linli.deliberation.actions import raising
from linli.deliberation.actions.raising import Proposal
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.portal import here as memory
from linli.portal.here import Here
from linli.portal.surroundings import show

if TYPE_CHECKING:
    from linli.core.procedure import Procedure
    from linli.places.queries import Spot

    Ways = dict[str, tuple[Procedure, tuple[Spot, ...]]]

_TOO_LONG = {"max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。"}


class DemandForm(forms.Form):
    """What neighbours demand together, under which rule (联名)."""

    procedure = forms.ChoiceField(label="联名做什么", error_messages={"required": "还没有选联名做什么。"})
    title = forms.CharField(
        label="要求",
        help_text="要求罢免的，写明是哪一位成员。",
        max_length=80,
        error_messages=_TOO_LONG | {"required": "还没有写要求。"},
    )
    words = forms.CharField(
        label="理由",
        help_text="提交后公开征集联名。写事实，不写别人的隐私。",
        max_length=4000,
        widget=forms.Textarea,
        error_messages=_TOO_LONG | {"required": "还没有写理由。"},
    )


def ways(here: Here) -> "Ways":
    """Return the joint demands that may be made here, each with the place it belongs to (联名种类)."""
    every = [one for one in here.edition.methods_for(queries.TOPIC) if one.first.calls]
    found: Ways = {}
    for depth in range(1, len(here.spots) + 1):
        spots = here.spots[:depth]
        found |= {one.key: (one, spots) for one in every if one.may_run_at(spots[-1].kind)}
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def demand(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show the form of a joint demand, or start it with one's own name as the first (发起联名)."""
    here = memory.at_key(key)
    known = ways(here)
    if not known:
        raise Http404
    form = DemandForm(request.POST if request.method == "POST" else None)
    form.fields["procedure"].choices = [(one.key, one.title) for one, _ in known.values()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        _, spots = known[form.cleaned_data["procedure"]]
        told = Proposal(spots=spots, channel="web", **form.cleaned_data)
        try:
            topic = raising.propose(told, by=actor_of(request), at=now())
        except Refused as refused:
            return refusing.refusal(request, refused.refusals, pack=here.edition.key, back_href=request.path)
        messages.success(request, f"已发起，编号 {topic.matter.number}。您的名字已经算上，请邻居来联名。")
        return redirect("portal:topic", topic.matter.number)
    choices = [(one.key, one.title, one.about, "", spots[-1].name) for one, spots in known.values()]
    context = {"here": here, "form": form, "choices": choices}
    return show(request, "demand.html", context, here=here, at="part", status=STATUS if form.errors else 200)
