"""Why an act is closed (不能办的理由)."""

from dataclasses import dataclass

from linli.core.clause import Clause


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say what was asked, which article stands against it, with which numbers, and what would help."""

    sentence: str
    clause: Clause | None = None
    remedy: str = ""
    asked: str = ""
    figures: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        parts = [self.sentence]
        if self.clause:
            parts.append(f"依据：{self.clause}。")
        if self.remedy:
            parts.append(self.remedy)
        return "".join(parts)
