"""How a test brings a table in."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from linli.handoffs.intake import asking, receiving, running
from linli.handoffs.intake.kinds import KINDS
from linli.handoffs.intake.mapping import read_mapping
from linli.handoffs.models import Intake
from linli.places.queries import Spot
from tests.world import TUESDAY, spots

SYSTEM = receiving.Sender(None, "系统")


def write(folder: Path, *rows: Mapping[str, str], encoding: str = "utf-8", name: str = "events.csv") -> Path:
    """Write rows under the header of the first."""
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def receive(
    path: Path, *, kind: str = "matters", place: Spot | None = None, mapping: Path | None = None
) -> Intake:
    """Send a file and match its columns, by a mapping or as suggested."""
    place = place or spots("xialu")[-1]
    intake = receiving.receive(path, name=path.name, kind=kind, place=place, by=SYSTEM, at=TUESDAY)
    told = receiving.mapping_of(intake)
    if mapping:
        told = read_mapping(mapping, kind=KINDS[kind], header=intake.header)
    receiving.match(intake, told, at=TUESDAY)
    return intake


def take_in(
    path: Path, *, kind: str = "matters", place: Spot | None = None, mapping: Path | None = None,
    is_dry: bool = False,
) -> Intake:  # fmt: skip
    """Take a whole file in, or only try it."""
    intake = receive(path, kind=kind, place=place, mapping=mapping)
    if is_dry:
        running.try_out(intake)
    else:
        running.start(intake, at=TUESDAY)
    running.run(intake, go=lambda _: True)
    assert intake.trouble == ""
    return intake


def figures(intake: Intake) -> tuple[int, int, int, int]:
    """Return how many rows were new, changed, known and bad."""
    return intake.new, intake.changed, intake.known, intake.bad


def reasons(intake: Intake) -> list[str]:
    """Return why rows were sent back, in their order."""
    return [reason for _, reason, _ in asking.bad_rows(intake)]


def table(titles: Sequence[str], *rows: Sequence[str]) -> list[dict[str, str]]:
    """Write rows as a mapping each, under the same titles."""
    return [dict(zip(titles, row, strict=True)) for row in rows]
