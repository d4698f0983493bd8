"""One call out, with an end to patience: signed, to a number that was checked, without following (送出)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
from standardwebhooks import Webhook

from linli.gateways.hooks.guard import Unreachable, address_of, may_call

PATIENCE = 8.0
_GONE = HTTPStatus.GONE


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes out in one call (一件)."""

    key: int
    message: str
    body: str


@dataclass(frozen=True, slots=True)
class Target:
    """A hook with what waits for it, in order (去处)."""

    hook: int
    url: str
    secret: str
    parcels: tuple[Parcel, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call; no trouble means that it arrived (结果)."""

    key: int
    trouble: str = ""
    is_gone: bool = False


def send_all(
    targets: Sequence[Target], *, at: datetime, patience: float = PATIENCE
) -> Mapping[int, list[Outcome]]:
    """Call all targets side by side; one that hangs costs the others nothing (并行送出)."""

    async def everywhere() -> list[list[Outcome]]:
        return await asyncio.gather(*(_in_order(target, at=at, patience=patience) for target in targets))

    return dict(zip((target.hook for target in targets), asyncio.run(everywhere()), strict=True))


def headers(parcel: Parcel, *, secret: str, at: datetime) -> dict[str, str]:
    """Sign a call by the Standard Webhooks rules (签名)."""
    instant = at.astimezone(UTC)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "linli",
        "webhook-id": parcel.message,
        "webhook-timestamp": str(int(instant.timestamp())),
        "webhook-signature": Webhook(secret).sign(parcel.message, instant, parcel.body),
    }


async def _in_order(target: Target, *, at: datetime, patience: float) -> list[Outcome]:
    """Send what waits for one target in order, and stop at the first that does not arrive."""
    outcomes: list[Outcome] = []
    for parcel in target.parcels:
        outcomes.append(await _patiently(target, parcel, at=at, patience=patience))
        if outcomes[-1].trouble:
            break
    return outcomes


async def _patiently(target: Target, parcel: Parcel, *, at: datetime, patience: float) -> Outcome:
    try:
        async with asyncio.timeout(patience):
            return await _call(target, parcel, at=at)
    except TimeoutError:
        return Outcome(parcel.key, trouble="对方太久没有回应")
    except Unreachable as error:
        return Outcome(parcel.key, trouble=str(error))
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return Outcome(parcel.key, trouble=f"连不上：{type(error).__name__}")


async def _call(target: Target, parcel: Parcel, *, at: datetime) -> Outcome:
    if not may_call(target.url):
        raise Unreachable("这个网址不再允许送")
    parts = urlsplit(target.url)
    number = await address_of(parts)
    said = headers(parcel, secret=target.secret, at=at) | {"Host": parts.netloc}
    # Certificates are checked against the name, the connection goes to the number that was checked.
    named = {"sni_hostname": parts.hostname}
    async with (
        httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=PATIENCE) as client,
        client.stream(
            "POST", httpx.URL(target.url).copy_with(host=number), content=parcel.body.encode(),
            headers=said, extensions=named,
        ) as answer,
    ):  # fmt: skip
        # The body of the answer is nobody's business, however long it is.
        return _judged(parcel, answer.status_code)


def _judged(parcel: Parcel, status: int) -> Outcome:
    if status // 100 == HTTPStatus.OK // 100:
        return Outcome(parcel.key)
    if status // 100 == HTTPStatus.MULTIPLE_CHOICES // 100:
        return Outcome(parcel.key, trouble=f"对方答 {status}，要转到别处，没有跟去")
    return Outcome(parcel.key, trouble=f"对方答 {status}", is_gone=status == _GONE)
