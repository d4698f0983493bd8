"""Why something about a person is kept, on which basis, and until when (处理目的)."""

from dataclasses import dataclass

from linli.core.digest import SHA256, Role, canonical, digest
from linli.core.term import Term

_SHORT = 12


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

    @property
    def wording(self) -> str:
        """Name this wording: whoever agreed to another one has not agreed to this."""
        said = {"title": self.title, "why": self.why, "items": list(self.items), "kept": self.kept_words}
        return digest(Role.WORDS, canonical(said), algorithm=SHA256)[:_SHORT]


@dataclass(frozen=True, slots=True)
class Reason:
    """Name what somebody may say for looking at what is masked (查看事由)."""

    key: str
    title: str
    purpose: str
