"""What stands around every page of the staff door: the doors one may open, the person, the place (导航)."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from linli.bodies.access import may_lead
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console import posts
from linli.frame import addresses
from linli.frame.doors import Door
from linli.outbox import queries as outbox


def surroundings(request: HttpRequest, *, here: str) -> dict[str, Any]:
    """Gather what desk.html shows around a page; ``here`` is the key of the present door."""
    actor = actor_of(request)
    first = actor.offices[0] if actor.offices else None
    return {
        "place_name": first.place_name if first else "邻里",
        "home_href": addresses.of("console:inbox" if actor.is_staff else "console:people"),
        "nav": doors(actor, here=here),
        "person": actor.name,
        "office": _offices(actor),
        "password_href": addresses.of("mfa_index"),
        "find_href": addresses.of("console:find") if actor.is_staff and here != "find" else "",
        "ahead_href": addresses.of("console:ahead"),
        "signout_action": addresses.of("account_logout"),
        "unsent_href": addresses.of("console:unsent") if actor.is_staff else "",
        "keeps_href": addresses.of("console:kept") if actor.is_staff else "",
        "keeps_rolls": bool(actor.territorial),
        "draft_done": request.GET.get("sent", ""),
    }


def doors(actor: Actor, *, here: str) -> tuple[Door, ...]:
    """List the doors that somebody may open; a site's keeper may hold no office (栏目)."""
    home = addresses.of("console:inbox")
    works, keeps = actor.is_staff, bool(may_lead(actor))
    walks, reaches = bool(posts.walking(actor)), bool(actor.territorial)
    unread = outbox.unread(to=actor.person_id) if actor.person_id else 0
    every = (
        (works, Door("inbox", "收件箱", home, "inbox")),
        (walks, Door("today", "网格今日", addresses.of("console:today"), "calendar")),
        (works, Door("all", "全部事项", addresses.of("console:all"), "search")),
        (reaches, Door("registers", "登记簿", f"{home}registers/", "register", is_wide=True)),
        (reaches, Door("overview", "总览", f"{home}overview/", "chart", is_wide=walks)),
        (reaches, Door("hot", "高频问题", f"{home}hot/", "voice", is_wide=True)),
        (works, Door("deciding", "议事", f"{home}topics/", "vote", is_wide=True)),
        (reaches, Door("coverage", "组织", f"{home}coverage/", "tree", is_wide=True)),
        (keeps, Door("people", "管理", addresses.of("console:people"), "people", is_wide=works)),
        (True, Door("rules", "规则", "/rules/", "scales", is_wide=True)),
        (works, Door("letters", "信件", addresses.of("console:letters"), "bell", count=unread)),
        (works, Door("more", "更多", addresses.of("console:more"), "menu", is_narrow=True)),
    )
    return tuple(_lit(door, here) for is_open, door in every if is_open)


def _offices(actor: Actor) -> str:
    """Say the first office, and how many more there are."""
    held = tuple(dict.fromkeys(one.words for one in actor.offices))
    return held[0] + (f"等 {len(held)} 个职务" if len(held) > 1 else "") if held else ""


def _lit(door: Door, here: str) -> Door:
    return replace(door, current=True) if door.key == here else door
