"""Entries that each carry the digest of the one before, so that no change stays unseen (记录链)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from linli.core.digest import Role, canonical, digest


@dataclass(frozen=True, slots=True)
class Head:
    """Name the last entry of a chain by its place and its digest (链头)."""

    seq: int
    digest: str


START = Head(0, "")


@dataclass(frozen=True, slots=True)
class Link:
    """Hold one entry as it is digested (记录条目).

    ``at`` is text from ``digest.instant``; ``by`` is None for an act of the system; ``words_digest`` is empty
    when nothing was said in free words.
    """

    chain: str
    seq: int
    at: str
    by: int | None
    office: str
    act: str
    title: str
    clause: str
    clause_words: str
    figures: tuple[tuple[str, str], ...]
    words_digest: str
    algorithm: str
    prev: str
    digest: str = ""

    def recomputed(self) -> str:
        """Digest what the entry says, the digest of the entry before included; raises UnknownAlgorithm."""
        said = {name: getattr(self, name) for name in SAID}
        return digest(Role.ENTRY, canonical(said), algorithm=self.algorithm)

    def sealed(self) -> "Link":
        """Return the same entry with the digest it must carry."""
        return replace(self, digest=self.recomputed())


SAID = tuple(field.name for field in fields(Link) if field.name != "digest")


@dataclass(frozen=True, slots=True)
class Break:
    """Name the place where a chain does not hold, and what that means (断点).

    ``index`` counts from zero in the links that were looked at; ``field`` is empty when it cannot be told.
    """

    index: int
    seq: int
    field: str
    sentence: str


def breaks(links: Sequence[Link], *, after: Head = START) -> tuple[Break, ...]:
    """Find every place where a chain was changed, cut, reordered or added to."""
    found = []
    head = after
    for index, link in enumerate(links):
        follower = links[index + 1].prev if index + 1 < len(links) else None
        actual = link.recomputed()
        complaint = _complaint(link, head=head, actual=actual, follower=follower)
        if complaint:
            found.append(Break(index, link.seq, *complaint))
        field = complaint[0] if complaint else ""
        head = Head(
            head.seq + 1 if field == "seq" else link.seq, actual if field == "digest" else link.digest
        )
    return tuple(found)


def first_break(links: Sequence[Link], *, after: Head = START) -> Break | None:
    """Find the first place where a chain does not hold, or nothing when it is whole."""
    return next(iter(breaks(links, after=after)), None)


def _complaint(link: Link, *, head: Head, actual: str, follower: str | None) -> tuple[str, str] | None:
    if actual != link.digest:
        return _changed(link, head=head, actual=actual, follower=follower)
    if link.seq > head.seq + 1:
        return "", f"它前面缺少{_missing(head.seq + 1, link.seq - 1)}：有条目被删去，或次序被调换"
    if link.seq <= head.seq:
        return "", f"它不该排在第 {head.seq} 条之后：有条目重复，或次序被调换"
    if link.prev != head.digest:
        return "", "它所接的前一条不是现在的这一条：前一条被整条换过"
    return None


def _changed(link: Link, *, head: Head, actual: str, follower: str | None) -> tuple[str, str]:
    """Tell which field was changed, as far as the neighbours know what it must have been."""
    if follower == actual:
        return "digest", "字段「digest」被改动：内容与后一条所接的摘要相符，只有这个摘要不符"
    expected = {"prev": replace(link, prev=head.digest), "seq": replace(link, seq=head.seq + 1)}
    for name, original in expected.items():
        if original.recomputed() == link.digest:
            return name, f"字段「{name}」被改动：按前一条补回原值后，摘要相符"
    return "", "内容与摘要不符：这一条写下之后被改动过"


def _missing(first: int, last: int) -> str:
    return f"第 {first} 条" if first == last else f"第 {first} 至第 {last} 条"
