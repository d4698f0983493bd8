"""What stands around every page of the residents' door: the doors, the place, the person (栏目)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.bodies.entering import actor_of
from linli.frame import addresses
from linli.frame.doors import Door
from linli.portal.here import Here


def channels(_request: HttpRequest) -> dict[str, str]:
    """Give the foot of every page, of whichever door, its channel of complaint (平台问题投诉)."""
    return {
        "accessible_href": addresses.of("portal:help") + "#accessible",
        "complaint_href": addresses.of("portal:complain"),
        "register_href": addresses.of("portal:register"),
    }


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    here: Here | None,
    at: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with a page of the residents' door; ``at`` is the key of the present door."""
    around = _around(request, here=here, at=at)
    return render(request, f"portal/{template}", around | context, status=status)


def _around(request: HttpRequest, *, here: Here | None, at: str) -> dict[str, Any]:
    person = actor_of(request).name
    front = here.home if here else addresses.of("portal:front")
    return {
        "place_name": here.spot.name if here else "",
        "home_href": front,
        "nav": _doors(here, front, at=at),
        "person": person,
        "mine_href": addresses.of("portal:mine"),
        "signin_href": addresses.of("account_login"),
        "unsent_href": addresses.of("portal:unsent"),
        "keeps_href": addresses.of("portal:kept"),
        "hotline": here.edition.telephone if here else "",
    }


def _doors(here: Here | None, front: str, *, at: str) -> tuple[Door, ...]:
    own = Door("mine", "我的事项", addresses.of("portal:mine"), "person", at == "mine")
    if here is None:
        return Door("home", "选小区", front, "home", at == "home"), own
    report = addresses.of("portal:report", here.spot.key)
    around = addresses.of("portal:matters", here.spot.key)
    return (
        Door("home", "首页", front, "home", at == "home"),
        Door("report", "我要反映", report, "report", at == "report"),
        Door("matters", "身边事", around, "nearby", at == "matters"),
        Door("part", "我要参与", addresses.of("portal:part", here.spot.key), "vote", at == "part"),
        own,
    )
