"""How a test connects an outside system and calls as one (对接)."""

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from linli.bodies.actor import Actor
from linli.frame.clock import now
from linli.gateways.systems import actions
from linli.gateways.systems.actions import Connected, Terms
from linli.people import actions as people
from tests import make
from tests.world import World, spots

ALL = {"reads": True, "writes": True, "hands_over": True}


def connect(world: World, *, at: str = "tonghua", by: Actor | None = None, **changes: Any) -> Connected:
    """Connect a system that may do everything but read personal data, unless told otherwise."""
    terms: dict[str, Any] = {"name": "区 12345 平台", "owner": "区政务服务局 王科", "way": "12345"} | ALL
    return actions.connect(
        Terms(**terms | changes), within=spots(at)[-1], lasts=timedelta(days=90),
        by=by or world.secretary, at=now(),
    )  # fmt: skip


def caller(key: str) -> Client:
    """Return a client that shows a key with every call."""
    return Client(headers={"Authorization": f"Bearer {key}"}, raise_request_exception=True)


def send(client: Client, address: str, told: Any, **headers: str) -> Any:
    """Send JSON."""
    return client.post(address, json.dumps(told), content_type="application/json", headers=headers)


def keeper() -> Client:
    """Sign the keeper of the site in."""
    account = people.open_account(
        people.enrol(name="站长"), username="keeper", password="right-words-7", runs_site=True
    )
    client = Client()
    client.force_login(account)
    return client


def desk(of: Actor) -> Client:
    """Sign somebody in."""
    client = Client()
    client.force_login(make.account(of))
    return client
