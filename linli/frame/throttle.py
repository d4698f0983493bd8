"""A brake on guessing and flooding; the rates stand in the settings (限流)."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from linli.frame import clock
from linli.frame.models import Tries

_RATE = re.compile(r"(\d+)/(\d*)([smhd])/ip")
_SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
_MILLISECOND = 1000
# A household has a network of its own, and all its addresses to choose from.
_HOUSEHOLD = 64

# A try that is refused does not count; so many at once, and then as fast as they may come.
_TRY = """
    INSERT INTO {table} (key, used_until) VALUES (%(key)s, %(at)s + %(each)s)
    ON CONFLICT (key) DO UPDATE SET used_until = %(each)s +
        CASE WHEN {table}.used_until > %(at)s THEN {table}.used_until ELSE %(at)s END
    WHERE {table}.used_until <= %(at)s + %(whole)s - %(each)s
    RETURNING used_until
"""


def is_too_often(request: HttpRequest, *, act: str) -> bool:
    """Count one more try, and tell whether there were too many from the same address (限流)."""
    at, address = _instant(clock.now()), _address(request)
    return not all(
        _may_try(f"{act} {each} {whole} {address}", each, whole, at) for each, whole in _rates(act)
    )


def forget_old(*, at: datetime) -> int:
    """Forget the tries that slow nobody down any more; returns how many addresses (清理)."""
    return Tries.objects.filter(used_until__lt=_instant(at)).delete()[0]


def _may_try(name: str, each: int, whole: int, at: int) -> bool:
    # An address is somebody's: what is kept does not say whose.
    key = salted_hmac("linli.throttle", name, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        said: dict[str, str | int] = {"key": key, "at": at, "each": each, "whole": whole}
        cursor.execute(_TRY.format(table=Tries._meta.db_table), said)
        return cursor.fetchone() is not None


def _rates(act: str) -> tuple[tuple[int, int], ...]:
    return _read(settings.ACCOUNT_RATE_LIMITS[act])


@cache
def _read(rates: str) -> tuple[tuple[int, int], ...]:
    """Say for each rate how long one try is held against an address, and all of them, in milliseconds."""
    return tuple(_spans(rates))


def _spans(rates: str) -> Iterator[tuple[int, int]]:
    for rate in rates.split(","):
        found = _RATE.fullmatch(rate)
        if found is None:
            raise ValueError(rate)
        whole = int(found[2] or 1) * _SECONDS[found[3]] * _MILLISECOND
        yield whole // int(found[1]), whole


def _address(request: HttpRequest) -> str:
    """Return where a request comes from, as far as the proxies in front can be believed."""
    told: str = get_adapter().get_client_ip(request)
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if address.version == 4:
        return str(address)
    return str(ip_network((address, _HOUSEHOLD), strict=False))


def _instant(at: datetime) -> int:
    return int(at.timestamp() * _MILLISECOND)
