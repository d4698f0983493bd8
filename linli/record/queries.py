"""What was done, read as plain values (查阅记录)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery

from linli.core.chain import SAID, START, Head, Link
from linli.core.digest import instant
from linli.core.seal import SAID as SEAL_SAID
from linli.core.seal import Seal
from linli.frame.compiled import Question
from linli.record.models import Checkpoint, Entry, Words

LINK = (*SAID, "digest")
SEAL = (*SEAL_SAID, "root")


class Line(NamedTuple):
    """Show one act in a timeline (经过); ``words`` is None when erased, empty when there were none."""

    seq: int
    at: datetime
    by: int | None
    office: str
    act: str
    title: str
    clause: str
    clause_words: str
    figures: tuple[tuple[str, str], ...]
    words: str | None
    digest: str


_HEAD = Question(
    lambda chain: Entry.objects.filter(chain=chain).order_by("-seq").values_list("seq", "digest")[:1]
)
_ACTS = Question(lambda wanted: Entry.objects.filter(wanted).order_by("seq").values_list("act", flat=True))
_LINE = tuple(name for name in Line._fields if name not in ("words", "digest"))


def head(chain: str) -> Head:
    """Return the last entry's place and digest, or START for a chain without entries (链头)."""
    found = _HEAD.first(chain=chain)
    return Head(*found) if found else START


def heads(chains: Collection[str]) -> dict[str, Head]:
    """Return the heads of several chains in one query; one without entries is left out (链头)."""
    last = Entry.objects.filter(chain=OuterRef("chain")).order_by("-seq").values("seq")[:1]
    rows = Entry.objects.filter(chain__in=chains, seq=Subquery(last)).values_list("chain", "seq", "digest")
    return {chain: Head(seq, digest) for chain, seq, digest in rows}


def timeline(
    chain: str, *, after: int = 0, before: int | None = None, limit: int = 50, newest_first: bool = False
) -> tuple[Line, ...]:
    """List acts between two places of a chain (经过); who may read them, the caller asks."""
    span = Q(chain=chain, seq__gt=after)
    if before is not None:
        span &= Q(seq__lt=before)
    return tuple(_line(*row) for row in _timeline(limit, "-seq" if newest_first else "seq").ask(span=span))


@cache
def _timeline(limit: int, order: str) -> Question[Any]:
    columns = (*_LINE, "words_digest", "digest", "words__text")
    return Question(lambda span: Entry.objects.filter(span).order_by(order).values_list(*columns)[:limit])


def last_written() -> datetime | None:
    """Return when the newest entry of all was written."""
    return Entry.objects.order_by("-pk").values_list("at", flat=True).first()


def words_said(chains: Sequence[str], *, acts: Sequence[str]) -> dict[str, list[str]]:
    """Return the words that go with some acts on several chains, oldest first; not those that were erased."""
    found: dict[str, list[str]] = {}
    rows = Words.objects.filter(entry__chain__in=chains, entry__act__in=acts).order_by("entry_id")
    for chain, text in rows.values_list("entry__chain", "text"):
        found.setdefault(chain, []).append(text)
    return found


def acts(chain: str, *, among: Collection[str] | None = None) -> tuple[str, ...]:
    """List which acts, or which of some, a chain holds, in order, without who and when (动作次序)."""
    return tuple(_ACTS.ask(wanted=Q(chain=chain) if among is None else Q(chain=chain, act__in=sorted(among))))


def written_after(after: int, *, upto: int, limit: int) -> list[tuple[int, str, int, datetime]]:
    """List the entries of all chains between two numbers, as number, chain, place in it and instant."""
    rows = Entry.objects.filter(id__gt=after, id__lte=upto).order_by("id")
    return list(rows.values_list("id", "chain", "seq", "at")[:limit])


def checkpoints(*, before: int | None = None, limit: int = 50) -> tuple[Seal, ...]:
    """List checkpoints with their published roots, newest first (检查点)."""
    rows = Checkpoint.objects.order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return tuple(seal_of(row) for row in rows.values_list(*SEAL)[:limit])


def heads_between(after: int, upto: int) -> dict[str, Head]:
    """Return the head of each chain that moved, as of entry number ``upto``, in the order of the leaves."""
    moved = Entry.objects.filter(id__gt=after, id__lte=upto).order_by("id")
    heads = {chain: Head(seq, digest) for chain, seq, digest in moved.values_list("chain", "seq", "digest")}
    return dict(sorted(heads.items()))


def link_of(row: Sequence[Any]) -> Link:
    """Turn a row of the columns LINK into the value that is digested."""
    said = dict(zip(LINK, row, strict=True))
    return Link(**said | {"at": instant(said["at"]), "figures": _pairs(said["figures"])})


def seal_of(row: Sequence[Any]) -> Seal:
    """Turn a row of the columns SEAL into the value that is digested."""
    said = dict(zip(SEAL, row, strict=True))
    return Seal(**said | {"at": instant(said["at"])})


def _line(*row: Any) -> Line:
    *told, figures, words_digest, digest, text = row
    said = "" if not words_digest else text
    return Line._make((*told, _pairs(figures), said, digest))


def _pairs(figures: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in figures)
