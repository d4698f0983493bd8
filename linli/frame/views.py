"""Pages for when something went wrong: a form that expired, a page that is not there (出错页)."""

from http import HTTPStatus
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.frame import drafts, elders, phone
from linli.frame.own_path import own_path


@require_safe
@never_cache
def draft(request: HttpRequest) -> HttpResponse:
    """Show the form that was put aside, ready to be sent again (草稿)."""
    found = drafts.kept(request)
    if found is None:
        return redirect("/")
    why = "expired" if "expired" in request.GET else "signed_in"
    return render(request, "draft.html", {"draft": found, "why": why})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def elders_version(request: HttpRequest) -> HttpResponse:
    """Show both versions to choose from, or take the choice and go back to where it was made (长者版)."""
    if request.method != "POST":
        return render(request, "elders.html", {"back": _back(request.GET.get("back", ""))})
    answer = redirect(_back(request.POST.get("back", "")))
    return elders.choose(answer, is_on=request.POST.get("version") == "elders")


@never_cache
def form_expired(request: HttpRequest, **_: str) -> HttpResponse:
    """Answer a form whose token is no longer good: show what was typed, to be sent again (表单过期).

    Only a form of our own pages is shown again: a stranger's page must not get its words into a form of ours.
    """
    if phone.key_of(request):
        return JsonResponse({"expired": True}, status=HTTPStatus.FORBIDDEN)
    own = _is_own(request)
    if own and request.headers.get("HX-Request"):
        drafts.keep(request)
        return HttpResponse(headers={"HX-Redirect": f"{reverse('draft')}?expired"})
    context = {"draft": drafts.draft(request) if own else None, "why": "expired"}
    return render(request, "draft.html", context, status=403)


def _back(path: str) -> str:
    return own_path(path) or "/"


def _is_own(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    parts = urlsplit(sender)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
