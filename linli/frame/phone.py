"""What a phone says when it sends what it kept: under which key, for whom, and how long ago (手机发送)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from linli.frame import wording

KEY, ELAPSED, PHONE_TIME, PHOTOS = "Linli-Sending", "Linli-Elapsed", "Linli-Phone-Time", "Linli-Photos"
OWNER, KEEP = "Linli-Owner", "Linli-Keep"
NOBODY = "nobody"
P = ParamSpec("P")
_KEY = re.compile(r"[A-Za-z0-9-]{16,64}")
_PHONE_TIME = re.compile(r"(\d{2})-(\d{2}) (\d{2}:\d{2})")
_WORTH_SAYING = timedelta(minutes=2)
_MOST_PHOTOS = 12
_OWNER_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Kept:
    """When something was written down on a phone, as far as that can be believed (离线记录)."""

    at: datetime
    phone_time: str
    received_at: datetime

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """Say it on the record, when there was a while between writing and sending."""
        if self.received_at - self.at < _WORTH_SAYING:
            return ()
        said = f"送达前 {wording.length(self.received_at - self.at)}写下"
        return (("离线记录", said + (f"，手机时间 {self.phone_time}" if self.phone_time else "")),)


def key_of(request: HttpRequest) -> str:
    """Return the key under which a phone sends a form; empty for an ordinary form."""
    return _wellformed(request.headers.get(KEY, ""))


def photo_keys(request: HttpRequest) -> tuple[str, ...]:
    """Return the keys of the photos that came ahead of this form."""
    named = (_wellformed(one.strip()) for one in request.headers.get(PHOTOS, "").split(","))
    return tuple(one for one in named if one)[:_MOST_PHOTOS]


def is_sent_later(request: HttpRequest) -> bool:
    """Tell whether a phone sends what it kept, with nobody looking at the page any more."""
    return bool(key_of(request)) and not request.accepts("text/html")


def kept(request: HttpRequest, *, at: datetime, not_before: datetime | None = None) -> Kept:
    """Say when the phone kept it: never in the future, never before what it is about began (采集时间).

    Only the time that has passed since is believed; what the phone's own clock shows is a remark.
    """
    passed = request.headers.get(ELAPSED, "")
    written = at - timedelta(seconds=int(passed)) if passed.isdecimal() and len(passed) < 9 else at
    said = _said(request.headers.get(PHONE_TIME, ""))
    return Kept(max(written, not_before) if not_before else written, said, at)


def owner_of(request: HttpRequest) -> str:
    """Name whose things a phone keeps, without saying who that is (归属)."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return NOBODY
    return salted_hmac("linli.phone", str(account.pk)).hexdigest()[:_OWNER_LENGTH]


def kept_on_phone(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let a phone keep this page, to show it when the network is gone (离线可看)."""

    @wraps(view)
    def with_leave(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers[KEEP] = "1"
        return response

    return with_leave


def owner_named(
    answer: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Write on every page for whom it was made, so that a phone never shows it to somebody else."""

    def with_owner(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if response.status_code < 500 and response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers[OWNER] = owner_of(request)
        return response

    return with_owner


def _wellformed(key: str) -> str:
    return key if _KEY.fullmatch(key) else ""


def _said(phone_time: str) -> str:
    # A header carries no Chinese: 11-22 10:32 is what the phone sends.
    found = _PHONE_TIME.fullmatch(phone_time)
    return f"{int(found[1])}月{int(found[2])}日 {found[3]}" if found else ""
