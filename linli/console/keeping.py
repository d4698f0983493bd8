"""The pages with which a site is kept: people, days off, packs (管理)."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse

from linli.bodies.access import may_lead
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages, as components/lists.html tabs shows it (标签)."""

    label: str
    href: str
    current: bool


_PAGES = (
    ("people", "任职", "console:people"),
    ("holidays", "节假日", "console:holidays"),
    ("packs", "方法包", "console:packs"),
    ("bringing", "导入", "console:bringing"),
    ("suggestions", "建议", "console:suggestions"),
    ("privacy", "个人信息", "console:privacy"),
    ("systems", "对接", "gateways:systems"),
    ("carriers", "消息通道", "gateways:carriers"),
    ("apps", "应用登记", "gateways:apps"),
)


def tabs(here: str) -> tuple[Tab, ...]:
    """List the pages; ``here`` is the name of the present one."""
    return tuple(Tab(label, reverse(address), name == here) for name, label, address in _PAGES)


def keeper(request: HttpRequest) -> Actor:
    """Return who keeps the site or one of its places; for anybody else these pages do not exist."""
    actor = actor_of(request)
    if not may_lead(actor):
        raise Http404
    return actor
