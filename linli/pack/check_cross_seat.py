"""What is wrong with the cross-seats a place asks for: offices, bodies, goal, rule (检查交叉任职)."""

from collections.abc import Iterator
from itertools import product

from linli.core.law import Law
from linli.core.share import Share
from linli.pack.complaint import Complaint, TomlPath
from linli.pack.files import Files
from linli.pack.names import Names, each_unknown, misquoted, taken_twice, unknown
from linli.pack.schema import CrossSeatPart, CrossSidePart

_SIDES = ("community", "estate")


def cross_seats(files: Files, *, names: Names, law: Law) -> Iterator[Complaint]:
    """Complain about each cross-seat that names what does not exist or what nobody may hold at once."""
    file, parts = files.pack.file, files.pack.said.cross_seat
    yield from taken_twice(file, ("cross_seat",), [part.key for part in parts])
    for place, part in enumerate(parts):
        where = ("cross_seat", place)
        yield from each_unknown(
            file, (*where, "place_kinds"), part.place_kinds, known=names.place_kinds, called="地点类型"
        )
        yield from unknown(file, (*where, "rule"), part.rule, known=names.rules, called="规则")
        if part.goal:
            yield from misquoted(file, (*where, "goal"), part.goal, kind=Share, law=law)
        for field in _SIDES:
            for row, side in enumerate(getattr(part, field)):
                yield from _side(files, side, (*where, field, row), names=names)
        yield from _forbidden(files, part, where)


def pairs(part: CrossSeatPart) -> Iterator[tuple[str, str]]:
    """List each office of a community's body with each of an estate's (一对职务)."""
    sides = ([office for side in getattr(part, field) for office in side.offices] for field in _SIDES)
    yield from product(*sides)


def _side(files: Files, side: CrossSidePart, path: TomlPath, *, names: Names) -> Iterator[Complaint]:
    file = files.pack.file
    in_body = {part.key for part in files.pack.said.office if part.in_body}
    kinds = names.body_kinds
    yield from unknown(file, (*path, "body_kind"), side.body_kind, known=kinds, called="组织类型")
    yield from each_unknown(file, (*path, "offices"), side.offices, known=names.offices, called="职务")
    for row, office in enumerate(side.offices):
        if office in names.offices and office not in in_body:
            reason = f"「{office}」不在组织里任职（in_body），不能算交叉任职"
            yield file.complaint((*path, "offices", row), reason=reason)
    if side.joined_as and side.joined_as not in side.offices:
        reason = f"「{side.joined_as}」不在这一方的职务（offices）里"
        yield file.complaint((*path, "joined_as"), reason=reason)


def _forbidden(files: Files, part: CrossSeatPart, path: TomlPath) -> Iterator[Complaint]:
    """Complain about each pair that the same pack forbids to hold at once."""
    rules = [set(one.offices) for one in files.pack.said.incompatible]
    for one, other in pairs(part):
        if one == other or any({one, other} <= rule for rule in rules):
            reason = f"「{one}」和「{other}」不得兼任（incompatible），不能又要求交叉任职"
            yield files.pack.file.complaint((*path, "estate"), reason=reason)
