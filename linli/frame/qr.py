"""Codes to scan that lead to a page (二维码)."""

from functools import lru_cache

import segno
from markupsafe import Markup

_QUIET_ZONE = 4
# To try all eight masks and take the best costs more than the rest of a page; any of them can be read.
_MASK = 2
# A page that is opened again shows the code it showed before; one is about 5 kB.
_KEPT = 1024


@lru_cache(maxsize=_KEPT)
def svg(url: str, *, title: str) -> Markup:
    """Draw the code of an address as inline SVG; ``title`` is read out in its place.

    Only ASCII is taken: scanners disagree about the encoding of anything else.
    """
    if not url.isascii():
        raise ValueError(f"the address of a QR code must be ASCII: {url!r}")
    drawn = segno.make(url, error="m", micro=False, mask=_MASK)
    inline = drawn.svg_inline(
        border=_QUIET_ZONE, omitsize=True, title=title, svgclass="qr", lineclass=None, light="#fff"
    )
    return Markup(inline)  # noqa: S704  (segno escapes the title; the rest is geometry)
