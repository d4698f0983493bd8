"""Addresses for the tests of the frame: a refused act, a page behind the door, a form, a fault."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from linli.config.urls import urlpatterns as house
from linli.core.clause import Clause
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.signed_in import signed_in

REFUSAL = Refusal(
    "还差2人才过半数。",
    clause=Clause(rule="x", source="议事规则", article="第三条"),
    remedy="请再通知未到会的代表。",
    asked="开始表决",
    figures=(("应到", "10"), ("到会", "4")),
)


def closed(request: HttpRequest) -> HttpResponse:
    raise Refused(REFUSAL)


@signed_in
def inside(request: HttpRequest) -> HttpResponse:
    return HttpResponse("inside")


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("taken")


def ask(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        f'<form method="post" action="/inside/"><input type="hidden" name="csrfmiddlewaretoken" '
        f'value="{get_token(request)}"><label>请写下经过<textarea name="words"></textarea></label>'
        "<button>提交</button></form>"
    )


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("closed/", closed),
    path("inside/", inside),
    path("form/", form),
    path("ask/", ask),
    path("broken/", broken),
    *house,
]
