"""Minutes as a PDF file (PDF)."""

from typing import Any, NoReturn

from django.template.loader import render_to_string

from linli.meetings.minutes import Minutes

KIND = "application/pdf"


def draw(minutes: Minutes, *, issuer: str) -> bytes:
    """Set minutes as a PDF that fetches nothing from anywhere (导出 PDF)."""
    # Only a file needs the library: no page waits for it, and no web process carries it.
    from weasyprint import HTML  # noqa: PLC0415

    page = render_to_string("meetings/minutes_paper.html", {"minutes": minutes, "issuer": issuer})
    return bytes(HTML(string=page, url_fetcher=_nothing).write_pdf())


def _nothing(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError(f"minutes fetch nothing: {url}")
