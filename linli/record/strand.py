"""Examine the lines of one chain as they stand in a file (逐链核对)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from linli.core.chain import START, Head, Link, breaks
from linli.core.digest import words_digest
from linli.record.finding import Fault, Span
from linli.record.transcript import Proof, Statement, erased_place

Place = tuple[int, Statement | None]


@dataclass(slots=True)
class Strand:
    """Gather the lines of one chain; a line that could not be read leaves None in its place."""

    chain: str
    has_free_words: bool
    places: list[Place] = field(default_factory=list)

    @property
    def statements(self) -> list[tuple[int, Statement]]:
        """Return the lines that could be read, each with its number in the file."""
        return [(line, statement) for line, statement in self.places if statement]

    def owns(self, link: Link) -> bool:
        """Tell whether an entry under another chain's name was this chain's before its name was changed."""
        return link.recomputed() != link.digest == replace(link, chain=self.chain).recomputed()

    def faults(self, proof: Proof | None) -> Iterator[Fault]:
        """Find what does not hold in the order of the entries, in their words, and against the checkpoint."""
        yield from self._breaks()
        yield from self._word_faults()
        if proof:
            yield from self._proof_faults(proof)

    def erased(self) -> frozenset[str]:
        """Return the places whose words were erased on record."""
        return frozenset(filter(None, (erased_place(statement.link) for _, statement in self.statements)))

    def unbound(self, proof: Proof | None) -> Span | None:
        """Return the entries written after the checkpoint, or all when no checkpoint has seen the chain."""
        bound = proof.seq if proof else 0
        last = max(statement.link.seq for _, statement in self.statements)
        return Span(self.chain, bound + 1, last) if last > bound else None

    def _breaks(self) -> Iterator[Fault]:
        after: Head | None = START
        for run in self._runs():
            links = [statement.link for _, statement in run]
            if links:
                # What stood in an unreadable line can only be taken from the line that follows it.
                known = after or Head(links[0].seq - 1, links[0].prev)
                for found in breaks(links, after=known):
                    yield Fault(run[found.index][0], found.sentence, self.chain, found.seq, found.field)
            after = None

    def _runs(self) -> Iterator[list[tuple[int, Statement]]]:
        run: list[tuple[int, Statement]] = []
        for line, statement in self.places:
            if statement:
                run.append((line, statement))
            else:
                yield run
                run = []
        yield run

    def _word_faults(self) -> Iterator[Fault]:
        erased = self.erased()
        for line, statement in self.statements:
            link = statement.link
            complaint = self._complaint(statement, is_erased=str(link.seq) in erased)
            if complaint:
                yield Fault(line, complaint[1], self.chain, link.seq, complaint[0])

    def _complaint(self, statement: Statement, *, is_erased: bool) -> tuple[str, str] | None:
        bound, text, salt = statement.link.words_digest, statement.words, statement.salt
        if text is None or salt is None:
            is_missing = bool(bound) and self.has_free_words and not is_erased
            return ("words", "文字缺失，链上却没有删除它的记录") if is_missing else None
        if not bound:
            return "words", "文字是后来加上的：这一条写下时没有文字"
        if is_erased:
            return "words", "链上记着这段文字已经删除，文件里却还有"
        actual = words_digest(text, salt=salt, algorithm=statement.link.algorithm)
        return None if actual == bound else _changed_words(statement.link, actual)

    def _proof_faults(self, proof: Proof) -> Iterator[Fault]:
        line, last = max(self.statements, key=lambda place: place[1].link.seq)
        is_torn = len(self.statements) < len(self.places)
        digests = {statement.link.seq: statement.link.digest for _, statement in self.statements}
        if last.link.seq < proof.seq and not is_torn:
            sentence = (
                f"链尾被截去：检查点 {proof.checkpoint} 锁定到第 {proof.seq} 条，"
                f"文件里只到第 {last.link.seq} 条"
            )
            yield Fault(line, sentence, self.chain, last.link.seq)
        if digests.get(proof.seq, proof.digest) != proof.digest:
            sentence = f"与检查点 {proof.checkpoint} 锁定的不是同一条：整条链被重新写过"
            yield Fault(self._line_of(proof.seq), sentence, self.chain, proof.seq)

    def _line_of(self, seq: int) -> int:
        return next(line for line, statement in self.statements if statement.link.seq == seq)


def _changed_words(link: Link, actual: str) -> tuple[str, str]:
    if replace(link, words_digest=actual).recomputed() == link.digest:
        return "words_digest", "字段「words_digest」被改动：按文字重算后，摘要相符"
    return "words", "文字与当时的摘要不符：文字或它的盐（字段「words」或「salt」）被改动过"
