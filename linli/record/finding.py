"""What an examination of an exported record finds (核对结果)."""

from dataclasses import dataclass

from linli.core.seal import Seal


@dataclass(frozen=True, slots=True)
class Fault:
    """Name one place of the file that does not hold, and what that means (不符之处).

    ``line`` counts from one, zero for the whole file; ``seq`` is zero and texts are empty when not known.
    """

    line: int
    sentence: str
    chain: str = ""
    seq: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Name entries of one chain that no checkpoint has bound yet (尚未锁定)."""

    chain: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """Count the entries."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Report:
    """Hold what was found in a file (核对结果)."""

    faults: tuple[Fault, ...]
    chains: int
    entries: int
    words: int
    erased: int
    has_free_words: bool
    seals: tuple[Seal, ...]
    unbound: tuple[Span, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing was found that does not hold."""
        return not self.faults

    @property
    def unbound_entries(self) -> int:
        """Count the entries that no checkpoint has bound yet."""
        return sum(span.count for span in self.unbound)
