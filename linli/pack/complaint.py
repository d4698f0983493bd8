"""What is wrong with a pack, exact to file, line and reason (挑错)."""

from dataclasses import dataclass

TomlPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """Name one fault of a pack: the file, the line, the place in it and the reason in Chinese (差错)."""

    file: str
    line: int
    path: TomlPath
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return " ".join(filter(None, (place, spell_path(self.path)))) + f"：{self.reason}"


class PackError(Exception):
    """Refuse a pack and say everything that is wrong with it (治理包有误)."""

    def __init__(self, *complaints: Complaint) -> None:
        super().__init__("\n".join(str(complaint) for complaint in complaints))
        self.complaints = complaints


def spell_path(path: TomlPath) -> str:
    """Write a place in a file as people do: rule[3].numbers.notice; the first entry is 0."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
