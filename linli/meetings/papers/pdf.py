"""Minutes as a PDF file (PDF)."""

from pathlib import Path
from typing import Any, NoReturn

from django.template.loader import render_to_string
from PIL import ImageFile

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.meetings.minutes import Minutes

KIND = "application/pdf"
_SHEET = Path(__file__).with_name("minutes.css")


def draw(minutes: Minutes, *, issuer: str) -> bytes:
    """Set minutes as a PDF that fetches nothing from anywhere (导出 PDF).

    Raises ``Refused`` where the machine lacks what letters are set with.
    """
    # Only a file needs the library: no page waits for it, and no web process carries it.
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415
    except OSError as missing:
        raise Refused(
            Refusal(
                "这台服务器没有装排版用的 Pango，不能导出 PDF。",
                remedy="请导出 Word，或者用浏览器打印成 PDF；管理员可以安装 libpangoft2-1.0-0。",
                asked="导出 PDF",
            )
        ) from missing
    page = render_to_string("meetings/minutes_paper.html", {"minutes": minutes, "issuer": issuer})
    # The library lets every picture of the process be read half; a photo that came in half is none.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    sheet = CSS(string=_SHEET.read_text(encoding="utf-8"))
    return bytes(HTML(string=page, url_fetcher=_nothing).write_pdf(stylesheets=[sheet]))


def _nothing(url: str, *_: Any, **__: Any) -> NoReturn:
    raise ValueError(f"minutes fetch nothing: {url}")
