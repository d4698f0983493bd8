"""What a look at an installation found, in words for whoever runs it (诊断结果)."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How grave a finding is."""

    GOOD = "好"
    MIND = "注意"
    BAD = "有问题"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what was seen, and what to do if it is not well (诊断)."""

    subject: str
    level: Level
    seen: str
    remedy: str = ""

    def __str__(self) -> str:
        mark = {Level.GOOD: "✓", Level.MIND: "!", Level.BAD: "✗"}[self.level]
        return f"{mark} {self.subject}：{self.seen}" + (f"\n  → {self.remedy}" if self.remedy else "")


def good(subject: str, seen: str) -> Finding:
    """Say that something is well."""
    return Finding(subject, Level.GOOD, seen)


def mind(subject: str, seen: str, remedy: str) -> Finding:
    """Say that something deserves a look."""
    return Finding(subject, Level.MIND, seen, remedy)


def bad(subject: str, seen: str, remedy: str) -> Finding:
    """Say that something is wrong."""
    return Finding(subject, Level.BAD, seen, remedy)
