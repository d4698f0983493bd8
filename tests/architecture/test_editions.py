"""What was released stays as it was: matters run under it."""

from pathlib import Path

from linli.pack import shelf

PACKS = Path(__file__).parents[2] / "packs"


def test_no_released_edition_was_altered() -> None:
    altered = shelf.altered(PACKS)
    assert not altered, f"改动过：{altered}。恢复原样，或另立新年份的文件夹再 linli lock-editions。"


def test_every_shipped_edition_is_released() -> None:
    assert set(shelf.locked(PACKS)) == set(shelf.digests(PACKS))
