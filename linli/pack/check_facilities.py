"""What is wrong with the facilities a place speaks of: kinds, goals, rule (检查服务设施)."""

from collections.abc import Iterator

from linli.core.law import Law
from linli.pack.complaint import Complaint
from linli.pack.files import Files
from linli.pack.names import Names, misquoted, taken_twice, unknown


def facilities(files: Files, *, names: Names, law: Law) -> Iterator[Complaint]:
    """Complain about kinds named twice, places nobody knows and goals that quote no count."""
    file, part = files.pack.file, files.pack.said.facilities
    if part is None:
        return
    where = ("facilities",)
    yield from unknown(file, (*where, "rule"), part.rule, known=names.rules, called="规则")
    yield from taken_twice(file, (*where, "kind"), [one.key for one in part.kind])
    for place, one in enumerate(part.kind):
        at = (*where, "kind", place)
        if one.each is not None:
            yield from unknown(file, (*at, "each"), one.each, known=names.place_kinds, called="地点类型")
        if one.goal is not None:
            yield from misquoted(file, (*at, "goal"), one.goal, kind=int, law=law)
