"""Every address asks who is there, except those that are public on purpose."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from linli.frame.clock import now
from tests import make
from tests.world import World

# What anybody may open, and why nothing private stands there.
PUBLIC = {
    "health",
    "account_login",  # the door itself
    "account_logout",
    "account_inactive",
    "account_set_password",  # always refuses: a password is set by changing it
    "draft",  # one's own unfinished words, kept in one's own session
    "elders",  # a preference of this browser
    "manifest",  # the name and the icons
    "worker",
    "offline",  # the same sentence for everybody
    "sending",  # tells a phone whose session it has itself
    "sending_photo",  # kept unseen until its form comes, which asks
    "start",  # only leads on
    "portal:front",
    "portal:choose",
    "portal:home",  # what was published
    "portal:matters",
    "portal:report",  # whoever has a concern may say it
    "portal:similar",  # public matters only, in their masked words
    "portal:complain",
    "portal:mine",  # a stranger is told how to follow a concern by its secret
    "portal:ballots",
    "portal:rulebooks",
    "portal:rules",
    "portal:procedures",
    "portal:rule",
    "portal:help",
    "portal:register",  # what is kept, why and how long, the same for everybody
    "portal:kept",  # the public pages a phone keeps
    "portal:unsent",  # drawn by the phone from what it keeps itself
    "api_page",  # what the interface is, and nothing that came through it
    "api_nowhere",
    "api-1:api-root",  # the same page: the library only wants its name
    "api-1:openapi-json",
    "open311:discovery",  # by the specification everybody may read what is public; only a key may write
    "open311:services",
    "open311:service",
    "open311:requests",
    "open311:one_request",
    "open311:token",
    "demo:choose",  # stands only where everybody is invented
    "demo:enter",
}
STAFF = "console:"
Asked = dict[str, str]


def _addresses(
    resolver: URLResolver, space: str = "", asked: Asked | None = None
) -> Iterator[tuple[str, Asked]]:
    for one in resolver.url_patterns:
        known = {**(asked or {}), **_asked(one)}
        if isinstance(one, URLResolver):
            yield from _addresses(one, f"{space}{one.namespace}:" if one.namespace else space, known)
        else:
            yield f"{space}{one.name}", known


def _asked(one: URLPattern | URLResolver) -> Asked:
    """Return what a piece of an address asks for, and the name of its converter; none for a pattern."""
    groups = one.pattern.regex.groupindex
    return {key: type(one.pattern.converters.get(key)).__name__ for key in groups}


ADDRESSES = dict(_addresses(get_resolver()))
GUARDED = sorted(set(ADDRESSES) - PUBLIC)


def _address(name: str, world: World) -> str:
    """Fill an address in with what belongs to a case that nobody published."""
    matter = make.report(world, at=now())
    known: dict[str, Any] = {
        "number": matter.number, "ref": "A1", "act": "dispatch", "token": "0" * 16, "pack": "xinxialu",
        "key": "problem", "part": "owner", "application": "XX",
    }  # fmt: skip
    wanted = ADDRESSES[name]
    numbers = {key: 1 for key, converter in wanted.items() if converter == "IntConverter"}
    return reverse(name, kwargs={key: {**known, **numbers}[key] for key in wanted})


def test_every_public_address_exists_or_belongs_to_the_demo() -> None:
    assert {name for name in PUBLIC if not name.startswith("demo:")} <= set(ADDRESSES)


@pytest.mark.parametrize("name", GUARDED)
def test_a_stranger_is_shown_nothing(world: World, client: Client, name: str) -> None:
    address = _address(name, world)
    for answer in (client.get(address), client.post(address)):
        _is_kept_out(answer)


@pytest.mark.parametrize("name", [name for name in GUARDED if name.startswith(STAFF)])
def test_a_resident_finds_no_desk(world: World, client: Client, name: str) -> None:
    address = _address(name, world)
    client.force_login(make.account(world.stranger))
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code in (404, 405)


def _is_kept_out(answer: Any) -> None:
    if answer.status_code in (301, 302):
        assert answer["Location"].startswith(reverse("account_login"))
    else:
        # An outside system without a key is told so: 401.
        assert answer.status_code in (401, 404, 405)
