"""The bodies that may be given a case, and the one the pack suggests (可派单位)."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from linli.bodies import queries as bodies
from linli.cases import guessing, routing
from linli.cases.access import Desk
from linli.cases.guessing import Guess
from linli.cases.routing import Suggestion
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.bodies.models import Body

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


class Candidates:
    """Look up bodies when a form asks for them, and only once (可派单位)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def bodies(self) -> tuple[tuple[int, str], ...]:
        """List the bodies at the place and above it, the nearest first, as numbers and names."""
        return tuple((body.pk, body.name) for body in self._rows)

    def among(self, sent: Iterable[str]) -> frozenset[str]:
        """Return which of some numbers, as a form sends them, are those of such bodies."""
        matter, numbers = self._desk.matter, {int(one) for one in sent if _NUMBER.fullmatch(one)}
        return frozenset(map(str, bodies.among(tuple(numbers), matter.place_path, pack=matter.pack)))

    @cached_property
    def suggestion(self) -> Suggestion:
        """Return whom the pack suggests for this category here (派单建议)."""
        matter = self._desk.matter
        edition = matters.edition_of(matter)
        return routing.suggest(
            edition, category=matter.category, spots=self._desk.seat.chain, among=self._rows
        )

    @cached_property
    def as_before(self) -> Guess | None:
        """Return which of these bodies was given such cases before, if enough is known (照以往)."""
        return guessing.lead(self._desk, among=dict(self.bodies))

    @cached_property
    def _rows(self) -> "list[Body]":
        matter = self._desk.matter
        return bodies.to_choose_from(matter.place_path, pack=matter.pack)
