"""What is wrong with the social organisations a place speaks of: kinds, goal, rule (检查社会组织)."""

from collections.abc import Iterator

from linli.core.law import Law
from linli.pack.complaint import Complaint
from linli.pack.files import Files
from linli.pack.names import Names, each_unknown, misquoted, taken_twice, unknown


def societies(files: Files, *, names: Names, law: Law) -> Iterator[Complaint]:
    """Complain about kinds named twice and goals that quote no count or miss the sub-committees."""
    file, part = files.pack.file, files.pack.said.societies
    if part is None:
        return
    where = ("societies",)
    yield from unknown(file, (*where, "rule"), part.rule, known=names.rules, called="规则")
    yield from taken_twice(file, (*where, "kind"), [one.key for one in part.kind])
    yield from each_unknown(
        file, (*where, "place_kinds"), part.place_kinds, known=names.place_kinds, called="地点类型"
    )
    if part.goal is None:
        return
    wrong = [
        complaint
        for sort in ("professional", "filed", "grassroots")
        for complaint in misquoted(file, (*where, "goal", sort), getattr(part.goal, sort), kind=int, law=law)
    ]
    yield from wrong
    wanted, written = None if wrong else law.number(part.goal.filed), len(set(part.sub_committees))
    if wanted is not None and wanted != written:
        reason = f"备案目标是每社区 {wanted} 个、一个下属委员会一个，这里写了 {written} 个不同的"
        yield file.complaint((*where, "sub_committees"), reason=reason)
