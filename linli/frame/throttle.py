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
from linli.frame.models import Try

_RATE = re.compile(r"(\d+)/(\d*)([smhd])/ip")
_SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
_MILLISECOND = 1000
# A household has a network of its own, and all its addresses to choose from.
_HOUSEHOLD = 64

# A try that is refused does not count. Where several may write at once, those of the same instant do not
# see each other: so many more may pass as there are threads.
_TRY = """
    INSERT INTO {table} (key, held_until) SELECT %(key)s, %(until)s
    WHERE (SELECT COUNT(*) FROM {table} WHERE key = %(key)s AND held_until > %(at)s) < %(most)s
"""


def is_too_often(request: HttpRequest, *, act: str) -> bool:
    """Count one more try, and tell whether there were too many from the same address (限流)."""
    at, address = _instant(clock.now()), _address(request)
    return not all(
        _may_try(f"{act} {most} {span} {address}", most, at, until=at + span) for most, span in _rates(act)
    )


def forget_old(*, at: datetime) -> int:
    """Forget the tries that slow nobody down any more; returns how many (清理)."""
    return Try.objects.filter(held_until__lt=_instant(at)).delete()[0]


def _may_try(name: str, most: int, at: int, *, until: int) -> bool:
    # An address is somebody's: what is kept does not say whose.
    key = salted_hmac("linli.throttle", name, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        said: dict[str, str | int] = {"key": key, "at": at, "until": until, "most": most}
        cursor.execute(_TRY.format(table=Try._meta.db_table), said)
        return bool(cursor.rowcount)


def _rates(act: str) -> tuple[tuple[int, int], ...]:
    return _read(settings.ACCOUNT_RATE_LIMITS[act])


@cache
def _read(rates: str) -> tuple[tuple[int, int], ...]:
    """Say for each rate how many tries there may be, and within how many milliseconds."""
    return tuple(_spans(rates))


def _spans(rates: str) -> Iterator[tuple[int, int]]:
    for rate in rates.split(","):
        found = _RATE.fullmatch(rate)
        if found is None:
            raise ValueError(rate)
        yield int(found[1]), int(found[2] or 1) * _SECONDS[found[3]] * _MILLISECOND


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
