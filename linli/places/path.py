"""The path of a place in the tree: digits only, so that every collation orders it the same (路径)."""

from functools import reduce
from operator import or_

from django.db.models import Q

WIDTH = 4
# Twelve levels: so much every column that keeps a path has room for.
LONGEST = 48


def child_path(parent: str, position: int) -> str:
    """Return the path of the child at a position (0, 1, 2 …) below a parent."""
    segment = str(position).zfill(WIDTH)
    if len(segment) > WIDTH:
        raise ValueError(f"a place holds at most {10**WIDTH} places directly")
    return parent + segment


def end_of(path: str) -> str:
    """Return the first path after everything within ``path``: the open end of an index range."""
    following = str(int("1" + path) + 1)
    return following[1:] if following[0] == "1" else ":"


def inside(*paths: str, column: str = "path") -> Q:
    """Build the condition that a path lies within any of some places, by index ranges (辖区内)."""
    ranges = (Q(**{f"{column}__gte": path, f"{column}__lt": end_of(path)}) for path in paths)
    return reduce(or_, ranges, Q(pk__in=()))


def is_within(path: str, ancestor: str) -> bool:
    """Tell whether a path lies within another, or is the same."""
    return path.startswith(ancestor)


def paths_above(path: str) -> tuple[str, ...]:
    """Return the path and those of all its ancestors, from the root down."""
    return tuple(path[:end] for end in range(WIDTH, len(path) + 1, WIDTH))
