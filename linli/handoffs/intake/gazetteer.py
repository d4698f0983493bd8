"""Finding the places, units and categories that a file names, among those known here (地名与单位对照)."""

from collections import defaultdict
from collections.abc import Sequence

from linli.bodies import queries as bodies
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import WIDTH, is_within, paths_above
from linli.places.queries import Spot


class Gazetteer:
    """What is known by key or by name on this site, or in one pack; nothing is ever made up (对照).

    Names are looked up in the whole pack, so that a place outside ``within`` is told from one nobody knows.
    """

    def __init__(self, *, pack: str = "", within: str = "") -> None:
        found = places.all_places()
        self._within = within
        self._spots: dict[str, Spot] = {}
        self._named: dict[str, list[str]] = defaultdict(list)
        self._below: dict[tuple[str, str], str] = {}
        self._answers: dict[tuple[str, ...], tuple[Spot, ...]] = {}
        self._bodies: dict[str, dict[str, list[int]]] = {}
        for spot in places.spots(found.filter(pack=pack) if pack else found):
            self.add(spot)

    def add(self, spot: Spot) -> None:
        """Make a place known that came in just now."""
        self._spots[spot.path] = spot
        for name in _names(spot):
            self._named[name].append(spot.path)
        self._below[spot.path[:-WIDTH], spot.name] = spot.path
        self._answers.clear()

    def below(self, parent: str, name: str) -> Spot | None:
        """Return the place of a name directly below a path."""
        path = self._below.get((parent, name))
        return self._spots[path] if path else None

    def spots(self, parts: Sequence[str]) -> tuple[Spot, ...]:
        """Find a place by its name or key and those around it, the largest first; return its chain."""
        asked = tuple(parts)
        if asked not in self._answers:
            self._answers[asked] = self._found(asked)
        return self._answers[asked]

    def _found(self, parts: Sequence[str]) -> tuple[Spot, ...]:
        *around, last = [name.strip() for part in parts for name in part.split("›")]
        chains = [self._chain(path) for path in self._candidates(around, last)]
        found = [chain for chain in chains if _lies_within(chain, around)]
        inside = [chain for chain in found if is_within(chain[-1].path, self._within)]
        whole = " › ".join([*around, last])
        if not found:
            raise Refused(
                Refusal(f"没有「{whole}」这个地点。", remedy="核对地名，或在对照表里写明它的代号。")
            )
        if not inside:
            raise Refused(
                Refusal(f"「{whole}」不在导入的范围里。", remedy="请管那里的人导入，或换一个范围。")
            )
        if len(inside) > 1:
            raise Refused(
                Refusal(f"叫「{whole}」的地点不止一处。", remedy="写上它所在的街道、社区，或写代号。")
            )
        return inside[0]

    def _candidates(self, around: Sequence[str], last: str) -> Sequence[str]:
        """Look directly below the place named before it first: every estate has a building 1."""
        direct = [self._below.get((path, last)) for path in self._named.get(around[-1], ())] if around else []
        return [path for path in direct if path] or self._named.get(last, ())

    def unit(self, name: str, *, pack: str) -> int:
        """Find a unit of a pack by its name or key; return its number."""
        found = self._bodies_of(pack).get(name, ())
        if not found:
            raise Refused(Refusal(f"没有「{name}」这个单位。", remedy="核对名称，或在对照表里写明它的代号。"))
        if len(found) > 1:
            raise Refused(Refusal(f"叫「{name}」的单位不止一个。", remedy="在对照表里写明它的代号。"))
        return found[0]

    def _bodies_of(self, pack: str) -> dict[str, list[int]]:
        if pack not in self._bodies:
            known: dict[str, list[int]] = defaultdict(list)
            for body in bodies.of_pack(pack):
                for name in {body.name, body.key, body.key.removeprefix(f"{pack}.")}:
                    known[name].append(body.pk)
            self._bodies[pack] = known
        return self._bodies[pack]

    def _chain(self, path: str) -> tuple[Spot, ...]:
        return tuple(self._spots[above] for above in paths_above(path))


def category(parts: Sequence[str], *, of: Edition) -> str:
    """Find a category by title or key, the last part that is known first; none is left to the keywords."""
    if not parts:
        return ""
    titles: dict[str, str] = {one.title: key for key, one in of.categories.items()}
    known = [titles.get(part, part) for part in reversed(parts)]
    found = next((key for key in known if key in of.categories), None)
    if found is None:
        raise Refused(
            Refusal(f"没有「{'/'.join(parts)}」这个分类。", remedy="在对照表里写明它对应的分类代号。")
        )
    return found


def _names(spot: Spot) -> set[str]:
    return {spot.name, spot.key, spot.key.removeprefix(f"{spot.pack}.")}


def _lies_within(chain: Sequence[Spot], around: Sequence[str]) -> bool:
    above = iter(chain[:-1])
    return all(any(name in _names(spot) for spot in above) for name in around)
