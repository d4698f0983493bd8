"""How what is kept of a person is laid out: rows of a name and a value (查阅的行)."""

from datetime import date, datetime

from linli.frame import wording

Rows = tuple[tuple[str, str], ...]


def kept(*rows: tuple[str, str]) -> Rows:
    """Leave out what is not known."""
    return tuple((name, value) for name, value in rows if value)


def moment(at: datetime | None) -> str:
    """Say an instant with its year, or nothing (时刻)."""
    return wording.moment(at, today=date.min) if at else ""
