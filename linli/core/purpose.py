"""Why something about a person is kept, on which basis, and until when (处理目的)."""

from dataclasses import dataclass

from linli.core.term import Term


@dataclass(frozen=True, slots=True)
class Purpose:
    """Name one purpose, what is kept for it, under which rule and how long (处理目的).

    ``since`` says in words from when the term runs; without a term it is kept as long as those words say.
    """

    key: str
    title: str
    why: str
    items: tuple[str, ...]
    rule: str
    kept_for: Term | None
    since: str
    then: str
    asks_consent: bool = False

    @property
    def kept_words(self) -> str:
        """Say how long it is kept: 办结后 24 个月."""
        return f"{self.since} {self.kept_for.words}" if self.kept_for else self.since


@dataclass(frozen=True, slots=True)
class Reason:
    """Name what somebody may say for looking at what is masked (查看事由)."""

    key: str
    title: str
    purpose: str
