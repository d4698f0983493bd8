"""One line of JSON per event, without what people typed (日志)."""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

from django.http import HttpRequest


class Lines(logging.Formatter):
    """Write a log record as JSON: when, how grave, where, what; of an error its kind and its place."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record as one line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _words(record),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line |= {"error": kind.__qualname__, "where": _frames(trace)}
        return json.dumps(line, ensure_ascii=False)


def _words(record: logging.LogRecord) -> str:
    # An address may hold a secret link or what somebody searched for; which page it was does not.
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{getattr(record, 'status_code', '')} {request.method} {_page(request)}".strip()
    # The worker tells of a failed job with the whole error behind a dash; the job's row keeps it.
    words = record.getMessage()
    return words.partition(" - ")[0] if record.name == "django-q" else words


def _page(request: HttpRequest) -> str:
    return request.resolver_match.route if request.resolver_match else "(no such page)"


def _frames(trace: TracebackType | None) -> list[str]:
    # The message of an exception may quote a name or a telephone number; its place in the code may not.
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
