"""Many digests under one root, and the short path that proves one of them is there (默克尔树)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from linli.core.digest import Role, digest

Side = Literal["left", "right"]
Step = tuple[Side, str]


@dataclass(frozen=True, slots=True)
class Tree:
    """Hold the levels from the leaves up to the root, in the shape of RFC 6962 (默克尔树).

    A node without a partner rises unchanged: doubling it would let two different lists share a root.
    """

    levels: tuple[tuple[str, ...], ...]

    @classmethod
    def grow(cls, contents: Sequence[bytes], *, algorithm: str) -> "Tree":
        """Build the tree over contents in their order; raises ValueError when there are none."""
        if not contents:
            raise ValueError("没有内容，长不成树")
        level = tuple(digest(Role.LEAF, content, algorithm=algorithm) for content in contents)
        levels = [level]
        while len(level) > 1:
            level = _next_level(level, algorithm=algorithm)
            levels.append(level)
        return cls(tuple(levels))

    @property
    def root(self) -> str:
        """Return the digest that stands for all contents (根值)."""
        return self.levels[-1][0]

    def proof(self, index: int) -> tuple[Step, ...]:
        """Return the partners on the way from a leaf to the root, each with its side (包含证明)."""
        steps: list[Step] = []
        for level in self.levels[:-1]:
            partner = index ^ 1
            if partner < len(level):
                steps.append(("left" if partner < index else "right", level[partner]))
            index //= 2
        return tuple(steps)


def proven_root(content: bytes, proof: Sequence[Step], *, algorithm: str) -> str:
    """Climb from a content along its proof and return the root one arrives at."""
    reached = digest(Role.LEAF, content, algorithm=algorithm)
    for side, partner in proof:
        left, right = (partner, reached) if side == "left" else (reached, partner)
        reached = _node(left, right, algorithm=algorithm)
    return reached


def _next_level(level: Sequence[str], *, algorithm: str) -> tuple[str, ...]:
    pairs = zip(level[::2], level[1::2], strict=False)
    joined = tuple(_node(left, right, algorithm=algorithm) for left, right in pairs)
    return (*joined, level[-1]) if len(level) % 2 else joined


def _node(left: str, right: str, *, algorithm: str) -> str:
    return digest(Role.NODE, bytes.fromhex(left) + bytes.fromhex(right), algorithm=algorithm)
