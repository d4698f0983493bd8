"""Finding the places, units and categories that a file names, among those known here (地名与单位对照)."""

from collections import defaultdict
from collections.abc import Sequence

from linli.bodies import queries as bodies
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import paths_above
from linli.places.queries import Spot


class Gazetteer:
    """What is known by key or by name on this site, or in one pack; nothing is ever made up (对照)."""

    def __init__(self, *, pack: str = "") -> None:
        found = places.all_places()
        self._spots = {spot.path: spot for spot in places.spots(found.filter(pack=pack) if pack else found)}
        self._named: dict[str, list[Spot]] = defaultdict(list)
        for spot in self._spots.values():
            for name in _names(spot):
                self._named[name].append(spot)
        self._bodies: dict[str, dict[str, list[int]]] = {}

    def spots(self, parts: Sequence[str]) -> tuple[Spot, ...]:
        """Find a place by its name or key and those around it, the largest first; return its chain."""
        *around, last = [name.strip() for part in parts for name in part.split("›")]
        chains = [self._chain(spot) for spot in self._named.get(last, ())]
        found = [chain for chain in chains if _lies_within(chain, around)]
        whole = " › ".join([*around, last])
        if not found:
            raise Refused(
                Refusal(f"没有「{whole}」这个地点。", remedy="核对地名，或在对照表里写明它的代号。")
            )
        if len(found) > 1:
            raise Refused(
                Refusal(f"叫「{whole}」的地点不止一处。", remedy="写上它所在的街道、社区，或写代号。")
            )
        return found[0]

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

    def _chain(self, spot: Spot) -> tuple[Spot, ...]:
        return tuple(self._spots[path] for path in paths_above(spot.path))


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
