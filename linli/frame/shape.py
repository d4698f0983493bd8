"""One outline on a plan, as the plan component takes it (图形)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline in units of the sheet, with what is written on it and where it leads (图形)."""

    kind: str
    points: str
    label: str = ""
    x: int = 0
    y: int = 0
    key: str = ""
    words: str = ""
    href: str = ""
    count: int = 0
    heat: int = 0
