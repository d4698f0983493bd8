"""What is wrong with the grants a place speaks of: kinds, weights, shares, rules (检查公益创投)."""

from collections.abc import Iterator

from linli.core.grant import UPON, WHOLE
from linli.core.law import Law
from linli.core.term import Term
from linli.pack.complaint import Complaint
from linli.pack.files import Files
from linli.pack.names import Names, misquoted, taken_twice, unknown


def grants(files: Files, *, names: Names, law: Law) -> Iterator[Complaint]:
    """Complain about names used twice, weights and shares that make no hundred, parts out of order."""
    file, part = files.pack.file, files.pack.said.grants
    if part is None:
        return
    where = ("grants",)
    yield from unknown(file, (*where, "rule"), part.rule, known=names.rules, called="规则")
    yield from unknown(file, (*where, "scoring"), part.scoring, known=names.rules, called="规则")
    yield from taken_twice(file, (*where, "kind"), [one.key for one in part.kind])
    yield from taken_twice(file, (*where, "criterion"), [one.key for one in part.criterion])
    for field, kind in (("reviewers_least", int), ("completes", Term), ("shown_for", Term)):
        yield from misquoted(file, (*where, field), getattr(part, field), kind=kind, law=law)
    weights, shares = (
        sum(one.weight for one in part.criterion),
        sum(one.share for one in part.tranche),
    )
    if weights != WHOLE:
        yield file.complaint(
            (*where, "criterion"), reason=f"评分项的权重加起来应是 {WHOLE}，现在是 {weights}"
        )
    if shares != WHOLE:
        yield file.complaint((*where, "tranche"), reason=f"各期比例加起来应是 {WHOLE}，现在是 {shares}")
    upon, order = [one.upon for one in part.tranche], list(UPON)
    if upon[-1:] != order[-1:] or upon != [one for one in order if one in upon]:
        yield file.complaint((*where, "tranche"), reason="各期按签约、中期、末期的次序写，最后一期是末期")
