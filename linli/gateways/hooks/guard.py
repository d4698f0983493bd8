"""Where the house may call out to: public addresses only, and those an operator names (出口把关)."""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from linli.core.verdict import Verdict, no, yes

Address = IPv4Address | IPv6Address
# Addresses that carry another one inside, behind which the house's own network may hide.
_CARRIERS = tuple(ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32"))
_PORTS = {"http": 80, "https": 443}


class Unreachable(Exception):
    """An address that nobody may call, or that does not exist (不可达)."""


def may_call(url: str) -> Verdict:
    """Answer whether the house may call an address at all (回调网址)."""
    remedy = "请写对方公网上的 https 网址；内网的，请管理员写进 LINLI_HOOK_HOSTS。"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return no("这不是一个网址。", asked="回调", remedy=remedy)
    if parts.scheme not in _PORTS or not host or parts.username or parts.password:
        return no("这不是一个能用的网址。", asked="回调", remedy=remedy)
    if is_named(host):
        return yes()
    if parts.scheme != "https":
        return no("内容要加密传送，网址要以 https 开头。", asked="回调", remedy=remedy)
    literal = _literal(host)
    if host == "localhost" or (literal and not is_public(literal)):
        return no("这个网址在内网，不能往那里送。", asked="回调", remedy=remedy)
    return yes()


def is_named(host: str) -> bool:
    """Tell whether an operator named a host of the own network (白名单)."""
    return host.lower() in {name.lower() for name in settings.HOOK_HOSTS}


def is_public(address: Address) -> bool:
    """Tell whether an address lies on the public internet (公网)."""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    if inner:
        return is_public(inner)
    if address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return address.is_global and not any(address in net for net in _CARRIERS)


async def address_of(parts: SplitResult) -> str:
    """Find the number behind a name, and refuse it when it lies inside; the caller connects to this very one.

    Asking again would let a name point elsewhere between the question and the call.
    """
    host = parts.hostname or ""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, parts.port or _PORTS[parts.scheme], type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable("找不到这个网址") from error
    numbers = [str(one[4][0]) for one in found]
    if not is_named(host) and not all(is_public(ip_address(number)) for number in numbers):
        raise Unreachable("网址指向内网，没有送")
    return numbers[0]


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
