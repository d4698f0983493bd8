"""Turn a refused act into an answer people can read: 422 with the reason (不予办理的答复)."""

from collections.abc import Callable

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import drafts

STATUS = 422


class RefusedMiddleware:
    """Catch ``Refused`` from any view."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the request pass."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other error alone."""
        if not isinstance(exception, Refused):
            return None
        return refusal(request, exception.refusals)


def refusal(
    request: HttpRequest,
    refusals: tuple[Refusal, ...],
    *,
    pack: str = "",
    back_href: str = "",
    latest_href: str = "",
) -> HttpResponse:
    """Say why not: as JSON, as a part for htmx, or as a page that shows what was typed.

    ``pack`` is where the clauses can be read, ``latest_href`` the page as it is now, should it have changed.
    """
    if not request.accepts("text/html"):
        return JsonResponse({"refusals": [_plain(one) for one in refusals]}, status=STATUS)
    context: dict[str, object] = {"refusals": refusals, "pack": pack, "latest_href": latest_href}
    if request.headers.get("HX-Request"):
        return _as_part(request, context)
    context |= {"typed": drafts.typed(request), "back_href": back_href}
    return render(request, "refused.html", context, status=STATUS)


def wrong(form: BaseForm) -> JsonResponse:
    """Say to a phone, which has no page open, what is wrong with a form it kept."""
    found = [
        {"field": name, "label": _label(form, name), "sentences": [str(one) for one in errors]}
        for name, errors in form.errors.items()
    ]
    return JsonResponse({"errors": found}, status=STATUS)


def _label(form: BaseForm, name: str) -> str:
    return str(form.fields[name].label or "") if name in form.fields else ""


def _as_part(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    response = render(request, "parts/refusal.html", context, status=STATUS)
    response.headers["HX-Retarget"] = "#refusal"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _plain(one: Refusal) -> dict[str, object]:
    return {
        "sentence": one.sentence,
        "clause": str(one.clause) if one.clause else "",
        "figures": dict(one.figures),
        "remedy": one.remedy,
        "asked": one.asked,
    }
