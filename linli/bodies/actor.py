"""Whoever acts, with the offices that decide what they see and may do (行为人)."""

from collections.abc import Collection
from dataclasses import dataclass

from linli.places.path import is_within

# How a record names whoever acts for no office.
RESIDENT = "居民"


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """One office held now, as plain values (在任职务)."""

    office: str
    title: str
    place_id: int
    place_path: str
    place_kind: str
    place_name: str
    pack: str
    body_id: int | None = None
    body_name: str = ""

    @property
    def words(self) -> str:
        """Say the office as it stands on a record: 铜花社区 网格员."""
        return f"{self.body_name or self.place_name} {self.title}"

    def covers(self, path: str) -> bool:
        """Tell whether a place lies within the office's place."""
        return is_within(path, self.place_path)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work, or somebody nobody knows (行为人)."""

    person_id: int | None = None
    name: str = ""
    offices: tuple[OfficeHeld, ...] = ()
    runs_site: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether somebody has signed in."""
        return self.person_id is not None

    @property
    def is_staff(self) -> bool:
        """Tell whether they hold any office."""
        return bool(self.offices)

    @property
    def body_ids(self) -> frozenset[int]:
        """Return the bodies they act for."""
        return frozenset(held.body_id for held in self.offices if held.body_id is not None)

    @property
    def territorial(self) -> tuple[OfficeHeld, ...]:
        """Return the offices held for a place; one held in a body sees only what that body works on."""
        return tuple(held for held in self.offices if held.body_id is None)

    def reaches(self, path: str) -> bool:
        """Tell whether any of their territorial offices covers a place (可见范围)."""
        return any(held.covers(path) for held in self.territorial)

    def holds(self, offices: Collection[str], *, over: str) -> bool:
        """Tell whether they hold one of some offices for a place, at it or in a body there (任职)."""
        return any(held.office in offices and held.covers(over) for held in self.offices)

    def reach(self) -> tuple[str, ...]:
        """Return the paths they see, without those that lie inside another (可见范围)."""
        paths = sorted({held.place_path for held in self.territorial})
        return tuple(
            path for path in paths if not any(path != other and is_within(path, other) for other in paths)
        )

    def words_for(self, path: str) -> str:
        """Say for which office they act at a place: the nearest that covers it (以何职务)."""
        covering = [held for held in self.offices if held.covers(path)] or list(self.offices)
        if not covering:
            return RESIDENT
        return max(covering, key=lambda held: len(held.place_path)).words


NOBODY = Actor()
