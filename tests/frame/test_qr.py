import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import zxingcpp

from linli.frame import qr


def drawn(svg: str) -> "np.ndarray":
    """Rasterise the rows of a code: every `h` of its path is a run of dark modules."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    page = np.full((size, size), 255, dtype=np.uint8)
    runs = max(re.findall(r' d="([^"]+)"', svg), key=len)
    x = y = 0.0
    for move, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?", runs):
        if move == "h":
            page[int(y), int(x) : int(x + float(first))] = 0
            x += float(first)
        else:
            x, y = (float(first), float(second)) if move == "M" else (x + float(first), y + float(second))
    return np.kron(page, np.full((6, 6), 1, dtype=np.uint8))


def test_a_scanner_reads_the_address() -> None:
    url = "https://linli.example.cn/m/XXL-2026-001207"
    (found,) = zxingcpp.read_barcodes(drawn(qr.svg(url, title="事项二维码")))
    assert found.text == url


def test_the_drawing_is_named_and_its_name_escaped() -> None:
    svg = qr.svg("https://linli.example.cn/", title="5栋<门>")
    assert ET.fromstring(svg).find("title").text == "5栋<门>"


def test_only_ascii_is_drawn() -> None:
    with pytest.raises(ValueError, match="ASCII"):
        qr.svg("https://linli.example.cn/事项", title="x")
