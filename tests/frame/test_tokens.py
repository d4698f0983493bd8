"""Contrast of the colours: AA as the pages are, AAA in large print."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "linli/frame/static/linli/tokens.css"
ON_PAPER = ("paper", "raised", "sunk")
PAIRS = (
    *(("ink", ground) for ground in (*ON_PAPER, "jade-wash", "cinnabar-wash", "amber-wash", "sky-wash")),
    *(("quiet", ground) for ground in ON_PAPER),
    *(("jade", ground) for ground in ("paper", "raised", "jade-wash")),
    *(("cinnabar", ground) for ground in ("paper", "raised", "cinnabar-wash")),
    ("amber", "amber-wash"),
    ("sky", "sky-wash"),
    ("on-jade", "jade"),
)


@pytest.mark.req("N6")
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
@pytest.mark.parametrize(("theme", "least"), [("", 4.5), ("data-elders", 7), ('data-theme="wall"', 4.5)])
def test_words_are_readable_on_every_ground_they_stand_on(
    ink: str, ground: str, theme: str, least: float
) -> None:
    colours = _colours(theme)
    assert _contrast(colours[ink], colours[ground]) >= least


@pytest.mark.req("N6")
@pytest.mark.parametrize("theme", ["", "data-elders", 'data-theme="wall"'])
@pytest.mark.parametrize("ground", ["paper", "raised"])
def test_the_edge_of_a_control_can_be_seen(theme: str, ground: str) -> None:
    colours = _colours(theme)
    assert _contrast(colours["edge"], colours[ground]) >= 3


def _colours(theme: str) -> dict[str, str]:
    text = TOKENS.read_text(encoding="utf-8")
    found = _block(text, ":root")
    return found | _block(text, f"[{theme}]") if theme else found


def _block(text: str, selector: str) -> dict[str, str]:
    body = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", text, re.MULTILINE | re.DOTALL)
    assert body, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body[1]))


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Weigh a colour as WCAG 2.2 defines relative luminance."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
