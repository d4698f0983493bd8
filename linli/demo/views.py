"""Entering as one of the cast; exists only on a demo site (演示登录)."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from linli.bodies import queries as bodies
from linli.console.landing import landing_of
from linli.demo.doors import doors
from linli.frame.clock import today
from linli.frame.own_path import own_path
from linli.people import queries as people

BACKEND = "linli.people.backend.Backend"


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Show whom one can enter as, by place."""
    known = {"doors": doors(on=today()), "next": request.GET.get("next", "")}
    return render(request, "demo/enter.html", known)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Enter as one of the cast, without a password."""
    account = people.account_named(request.POST.get("username", ""))
    if account is None or account.has_usable_password():
        raise Http404
    login(request, account, backend=BACKEND)
    return redirect(_onward(request, account.person_id))


def _onward(request: HttpRequest, person_id: int) -> str:
    if wanted := own_path(request.POST.get("next", "")):
        return wanted
    return landing_of(bodies.actor(person_id=person_id, name="", on=today()))
