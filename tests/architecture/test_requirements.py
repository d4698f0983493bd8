"""Whatever the feature table calls built is shown by a test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FEATURES = ROOT / "docs" / "features.md"
_ROW = re.compile(r"^\| *(?P<id>[A-Z]\d+) *\|(?P<rest>.*)\|$", re.MULTILINE)
_MARK = re.compile(r"mark\.req\(([^)]*)\)")
STATES = ("built", "partly", "not yet", "已建成", "部分", "未建")


def _rows() -> dict[str, str]:
    return {row["id"]: row["rest"] for row in _ROW.finditer(FEATURES.read_text(encoding="utf-8"))}


def _shown() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in texts for mark in _MARK.findall(text) for name in re.findall(r"[A-Z]\d+", mark)}


def _is_built(rest: str) -> bool:
    return any(cell.strip() in ("built", "已建成") for cell in rest.split("|"))


def test_the_table_says_of_every_requirement_how_far_it_is() -> None:
    rows = _rows()
    assert rows
    assert all(any(cell.strip() in STATES for cell in rest.split("|")) for rest in rows.values())


@pytest.mark.parametrize("name", sorted(key for key, rest in _rows().items() if _is_built(rest)))
def test_what_is_built_is_shown_by_a_test(name: str) -> None:
    assert name in _shown()
