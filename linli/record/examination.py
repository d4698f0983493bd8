"""Examine an exported record line by line, and name what does not hold (核对)."""

from collections.abc import Iterable
from dataclasses import replace

from linli.core.chain import Head
from linli.core.merkle import proven_root
from linli.core.seal import Seal, leaf
from linli.record.finding import Fault, Report, Span
from linli.record.reading import Malformed, decode
from linli.record.strand import Strand
from linli.record.transcript import End, Header, Line, Proof, Statement, running

_ORDER: dict[type[Line], int] = {Header: 0, Seal: 1, Proof: 1, Statement: 2, End: 3}


def examine(lines: Iterable[bytes], *, roots: tuple[str, ...] = ()) -> Report:
    """Check every line of a file, and that the published ``roots`` are among its checkpoints (核对)."""
    examination = Examination()
    for raw in lines:
        examination.take(raw)
    return examination.close(roots)


class Examination:
    """Hold what is known of a file after each of its lines; memory follows chains, not entries (核对)."""

    def __init__(self) -> None:
        self._faults: dict[int, Fault] = {}
        self._line = 0
        self._section = -1
        self._running = ""
        self._is_torn = False
        self._has_free_words = True
        self._seals: list[Seal] = []
        self._last_seal: Seal | None = None
        self._proofs: dict[str, tuple[int, Proof]] = {}
        self._proof_lines = 0
        self._strand: Strand | None = None
        self._chains: set[str] = set()
        self._entries = self._words = self._erased = self._readable = 0
        self._unbound: list[Span] = []

    def take(self, raw: bytes) -> None:
        """Look at the next line of the file."""
        self._line += 1
        try:
            line: Line | None = decode(raw)
        except Malformed as complaint:
            self._blame(complaint.sentence, field=complaint.field)
            line = complaint.line
        self._look_at(line)
        self._running = running(self._running, raw)

    def close(self, roots: tuple[str, ...]) -> Report:
        """Finish after the last line, and report."""
        self._finish_strand()
        if not self._readable:
            sentence = "文件是空的。" if not self._line else "这不是邻里导出的记录文件，一行也读不懂。"
            self._faults = {0: Fault(0, sentence)}
        else:
            self._look_for_what_is_missing(roots)
        return Report(
            faults=tuple(self._faults[line] for line in sorted(self._faults)),
            chains=len(self._chains),
            entries=self._entries,
            words=self._words,
            erased=self._erased,
            has_free_words=self._has_free_words,
            seals=tuple(self._seals),
            unbound=tuple(self._unbound),
        )

    def _look_at(self, line: Line | None) -> None:
        if line is None:
            self._note_torn()
            return
        self._readable += 1
        self._require_place(line)
        match line:
            case Header():
                self._has_free_words = line.free_words
            case Seal():
                self._look_at_seal(line)
            case Proof():
                self._look_at_proof(line)
            case Statement():
                self._look_at_statement(line)
            case End():
                self._look_at_end(line)
        self._is_torn = False

    def _note_torn(self) -> None:
        self._is_torn = True
        self._last_seal = None
        if self._strand:
            self._strand.places.append((self._line, None))

    def _require_place(self, line: Line) -> None:
        section = _ORDER[type(line)]
        is_first = self._line == 1
        if is_first and section:
            self._blame("第一行应当是文件头：开头被截去")
        if section < self._section or (not section and not is_first) or self._section == _ORDER[End]:
            self._blame("这一行不该在这里：次序被改动，或有行被加进来")
        self._section = max(section, self._section)

    def _look_at_seal(self, seal: Seal) -> None:
        before, self._last_seal = self._last_seal, None
        if seal.recomputed() != seal.root:
            self._blame(f"检查点 {seal.number} 的内容与根值不符：它被改动过")
            return
        if before and not _follows(seal, before):
            self._blame(f"检查点 {seal.number} 所接的不是检查点 {before.number}：中间有缺失或被换过")
        self._last_seal = seal
        self._seals.append(seal)

    def _look_at_proof(self, proof: Proof) -> None:
        self._proof_lines += 1
        seal = self._last_seal
        if seal is None:
            # The checkpoint itself was found wrong or missing: its proofs lead nowhere.
            if not self._faults:
                self._blame("证明之前没有它的检查点", proof.chain, proof.seq)
            return
        content = leaf(proof.chain, Head(proof.seq, proof.digest))
        root = proven_root(content, proof.path, algorithm=seal.algorithm)
        if proof.checkpoint != seal.number or root != seal.tree:
            sentence = f"证明走不到检查点 {seal.number}：链名、序号、摘要或路径被改动过"
            self._blame(sentence, proof.chain, proof.seq, field="path")
        elif proof.chain in self._proofs:
            self._blame("同一条链有两份证明", proof.chain, proof.seq)
        else:
            self._proofs[proof.chain] = (self._line, proof)

    def _look_at_statement(self, statement: Statement) -> None:
        self._entries += 1
        link, strand = statement.link, self._strand
        if strand is None or link.chain != strand.chain:
            if strand and strand.owns(link):
                self._blame(
                    "字段「chain」被改动：换回原来的链名后，摘要相符", strand.chain, link.seq, "chain"
                )
                statement = replace(statement, link=replace(link, chain=strand.chain))
            else:
                strand = self._begin_strand(link.chain)
        strand.places.append((self._line, statement))

    def _begin_strand(self, chain: str) -> Strand:
        self._finish_strand()
        if chain in self._chains:
            self._blame("同一条链的条目分在两处：次序被改动", chain)
        self._chains.add(chain)
        self._strand = Strand(chain, self._has_free_words)
        if self._is_torn:
            self._strand.places.append((self._line - 1, None))
        return self._strand

    def _finish_strand(self) -> None:
        strand, self._strand = self._strand, None
        if strand is None:
            return
        _, proof = self._proofs.get(strand.chain, (0, None))
        for fault in strand.faults(proof):
            self._keep(fault)
        self._words += sum(statement.words is not None for _, statement in strand.statements)
        self._erased += len(strand.erased())
        unbound = strand.unbound(proof)
        if unbound:
            self._unbound.append(unbound)

    def _look_at_end(self, end: End) -> None:
        self._finish_strand()
        if self._faults:
            return
        counted = {
            "checkpoints": len(self._seals),
            "proofs": self._proof_lines,
            "chains": len(self._chains),
            "entries": self._entries,
        }
        for name, count in counted.items():
            if getattr(end, name) != count:
                sentence = f"结尾写明「{name}」应为 {getattr(end, name)}，文件里是 {count}：有整行被增删"
                self._blame(sentence, field=name)
        if end.digest != self._running:
            sentence = "逐行都对得上，整份文件的摘要却不符：有整行被增删或调换，或结尾的摘要被改动"
            self._blame(sentence, field="digest")

    def _look_for_what_is_missing(self, roots: tuple[str, ...]) -> None:
        for chain, (line, proof) in self._proofs.items():
            if chain not in self._chains:
                sentence = (
                    f"整条链缺失：检查点 {proof.checkpoint} 锁定了它的 {proof.seq} 条，文件里一条也没有"
                )
                self._keep(Fault(line, sentence, chain))
        if self._section != _ORDER[End]:
            self._keep(Fault(self._line, "文件在这一行之后断了：没有结尾行"))
        known = {seal.root for seal in self._seals}
        for root in roots:
            if root not in known:
                self._keep(Fault(0, f"公布的根值 {root} 不在这份文件的检查点里：文件与公布的记录不是同一份"))

    def _blame(self, sentence: str, chain: str = "", seq: int = 0, field: str = "") -> None:
        self._keep(Fault(self._line, sentence, chain, seq, field))

    def _keep(self, fault: Fault) -> None:
        """Keep one fault for a line, the one that names the field if any does."""
        kept = self._faults.get(fault.line)
        if kept is None or (fault.field and not kept.field):
            self._faults[fault.line] = fault


def _follows(seal: Seal, before: Seal) -> bool:
    return (seal.prev, seal.number) == (
        before.root,
        before.number + 1,
    ) and seal.last_entry > before.last_entry
