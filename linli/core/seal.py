"""The checkpoint that binds the heads of all chains that moved, and every checkpoint before it (检查点)."""

from dataclasses import dataclass, fields, replace

from linli.core.chain import Head
from linli.core.digest import Role, canonical, digest


@dataclass(frozen=True, slots=True)
class Seal:
    """Hold one checkpoint as it is digested (检查点).

    ``tree`` is the root over the ``count`` heads, ``last_entry`` the number of the last entry it has seen,
    ``prev`` the root of the checkpoint before (empty for the first), ``root`` the value that is published.
    """

    number: int
    at: str
    count: int
    last_entry: int
    tree: str
    prev: str
    algorithm: str
    root: str = ""

    def recomputed(self) -> str:
        """Digest what the checkpoint says; raises UnknownAlgorithm."""
        said = {name: getattr(self, name) for name in SAID}
        return digest(Role.CHECKPOINT, canonical(said), algorithm=self.algorithm)

    def sealed(self) -> "Seal":
        """Return the same checkpoint with the root it must carry."""
        return replace(self, root=self.recomputed())


SAID = tuple(field.name for field in fields(Seal) if field.name != "root")


def leaf(chain: str, head: Head) -> bytes:
    """Write the head of a chain as a leaf of the checkpoint's tree (链头)."""
    return canonical([chain, head.seq, head.digest])
