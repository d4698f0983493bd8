"""A pack with one fault is refused with its file, line and reason; the shipped ones have none."""

import shutil
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from linli.core.calendar import Calendar
from linli.core.law import Law
from linli.pack.calendars import read_calendar
from linli.pack.complaint import PackError
from linli.pack.law import read_law
from linli.pack.reader import read_edition

PACKS = Path(__file__).parents[2] / "packs"
SHIPPED = sorted(path.parent for path in PACKS.glob("*/*/pack.toml"))


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(PACKS / "law" / "2026")


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return read_calendar(PACKS / "calendars")


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.parent.name)
def test_a_shipped_pack_has_no_fault(folder: Path, law: Law, calendar: Calendar) -> None:
    edition = read_edition(folder, law=law, calendar=calendar)
    assert (edition.key, edition.year) == (folder.parent.name, folder.name)


class Fault(NamedTuple):
    """What is written instead of what in which file, and what is said about it.

    It stands on the first line of what is written, behind the mark ⟨ if there is one, or where ``at`` stands.
    """

    file: str
    right: str
    wrong: str
    said: str
    at: str = ""


FAULTS = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_file_line_and_reason(
    row: dict[str, str], tmp_path: Path, law: Law, calendar: Calendar
) -> None:
    fault = Fault(**row)
    folder = tmp_path / "packs" / "xinxialu" / "2026"
    shutil.copytree(PACKS / "xinxialu" / "2026", folder)
    line = _spoil(folder / fault.file, fault)
    with pytest.raises(PackError) as refused:
        read_edition(folder, law=law, calendar=calendar, root=tmp_path)
    path = "" if fault.said.startswith("没有程序") else " "
    expected = f"packs/xinxialu/2026/{fault.file}:{line}{path or '：'}{fault.said}"
    assert expected in [str(one) for one in refused.value.complaints]


def test_levels_above_and_below_the_places_of_a_pack_need_none(
    tmp_path: Path, law: Law, calendar: Calendar
) -> None:
    folder = tmp_path / "xinxialu" / "2026"
    shutil.copytree(PACKS / "xinxialu" / "2026", folder)
    for right, wrong in (("grid_cell", "hamlet"), ("district", "city")):
        _spoil(folder / "pack.toml", Fault("pack.toml", f'["{right}"]', f'["{wrong}"]', ""))
    edition = read_edition(folder, law=law, calendar=calendar)
    assert [level.place_kinds for level in edition.levels] == [
        ("hamlet",), ("community",), ("subdistrict",), ("city",),
    ]  # fmt: skip


def test_every_fault_of_form_in_every_file_is_told_at_once(
    tmp_path: Path, law: Law, calendar: Calendar
) -> None:
    folder = tmp_path / "xinxialu" / "2026"
    shutil.copytree(PACKS / "xinxialu" / "2026", folder)
    for name in ("pack.toml", "bodies.toml"):
        _spoil(folder / name, Fault(name, 'key = "', 'key = "-', ""))
    (folder / "registers.toml").unlink()
    with pytest.raises(PackError) as refused:
        read_edition(folder, law=law, calendar=calendar, root=tmp_path)
    assert [Path(one.file).name for one in refused.value.complaints] == [
        "pack.toml", "bodies.toml", "registers.toml",
    ]  # fmt: skip


def _spoil(file: Path, fault: Fault) -> int:
    """Write something wrong once; return the line on which the fault stands."""
    text = file.read_text(encoding="utf-8")
    assert fault.right in text, fault.right
    lead, _, wrong = fault.wrong.rpartition("⟨")
    spoilt = text.replace(fault.right, lead + wrong, 1)
    file.write_text(spoilt, encoding="utf-8")
    start = spoilt.index(fault.at) if fault.at else text.index(fault.right) + len(lead)
    return spoilt.count("\n", 0, start) + 1
