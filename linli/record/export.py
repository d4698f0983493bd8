"""Copy chains out of the record, with the proofs that let anyone check them (导出)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from linli.core.merkle import Tree
from linli.core.seal import Seal, leaf
from linli.record.models import Checkpoint, Entry
from linli.record.queries import LINK, SEAL, heads_between, link_of, seal_of
from linli.record.transcript import End, Header, Line, Proof, Statement, encode, running

_CHAINS_PER_QUERY = 500
_ROWS_PER_FETCH = 2000


class Tail(NamedTuple):
    """Name the last entry of a chain that a checkpoint has bound (已锁定的链头)."""

    number: int
    chain: str
    seq: int
    digest: str


def export(*, chains: Sequence[str] | None = None, free_words: bool = True) -> Iterator[bytes]:
    """Write the given chains, or all, line by line (导出); who may have the free words, the caller asks."""
    wanted = None if chains is None else sorted(set(chains))
    counts: dict[type[Line], int] = dict.fromkeys((Seal, Proof, Statement), 0)
    written, so_far, chain = 0, "", None
    for line in _lines(wanted, free_words=free_words):
        raw = encode(line)
        so_far = running(so_far, raw)
        if type(line) in counts:
            counts[type(line)] += 1
        if isinstance(line, Statement) and line.link.chain != chain:
            chain, written = line.link.chain, written + 1
        yield raw
    yield encode(End(counts[Seal], counts[Proof], written, counts[Statement], so_far))


def _lines(chains: list[str] | None, *, free_words: bool) -> Iterator[Line]:
    yield Header(free_words)
    yield from _seals_and_proofs(chains)
    yield from _statements(chains, free_words=free_words)


def _seals_and_proofs(chains: list[str] | None) -> Iterator[Seal | Proof]:
    """Yield each chain's latest proof behind its checkpoint, and the checkpoints from there on."""
    seals = [seal_of(row) for row in Checkpoint.objects.order_by("number").values_list(*SEAL)]
    if not seals:
        return
    ends = [seal.last_entry for seal in seals]
    following = None
    tails = _tails(chains, upto=ends[-1])
    for index, group in groupby(tails, key=lambda tail: bisect_left(ends, tail.number)):
        yield from seals[index if following is None else following : index + 1]
        yield from _proofs(seals[index], group, after=ends[index - 1] if index else 0)
        following = index + 1
    yield from seals[-1:] if following is None else seals[following:]


def _proofs(seal: Seal, tails: Iterable[Tail], *, after: int) -> Iterator[Proof]:
    heads = heads_between(after, seal.last_entry)
    contents = [leaf(chain, head) for chain, head in heads.items()]
    tree = Tree.grow(contents, algorithm=seal.algorithm)
    index_of = {chain: index for index, chain in enumerate(heads)}
    for tail in tails:
        yield Proof(seal.number, tail.chain, tail.seq, tail.digest, tree.proof(index_of[tail.chain]))


def _tails(chains: list[str] | None, *, upto: int) -> Iterator[Tail]:
    bound = Entry.objects.filter(id__lte=upto)
    later = bound.filter(chain=OuterRef("chain"), seq=OuterRef("seq") + 1)
    rows = bound.filter(~Exists(later)).order_by("id").values_list("id", "chain", "seq", "digest")
    if chains is None:
        return (Tail(*row) for row in rows.iterator(_ROWS_PER_FETCH))
    found = (Tail(*row) for part in _parts(chains) for row in rows.filter(chain__in=part))
    return iter(sorted(found))


def _statements(chains: list[str] | None, *, free_words: bool) -> Iterator[Statement]:
    columns = (*LINK, "words__text", "words__salt") if free_words else LINK
    rows = Entry.objects.order_by("chain", "seq").values_list(*columns)
    parts = [rows] if chains is None else [rows.filter(chain__in=part) for part in _parts(chains)]
    for part in parts:
        for row in part.iterator(_ROWS_PER_FETCH):
            yield Statement(link_of(row[: len(LINK)]), *row[len(LINK) :])


def _parts(chains: list[str]) -> Iterator[list[str]]:
    return (chains[start : start + _CHAINS_PER_QUERY] for start in range(0, len(chains), _CHAINS_PER_QUERY))
