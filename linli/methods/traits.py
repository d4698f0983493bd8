"""What is seen of a report when something is to be guessed about it: its words and its facts (特征)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from linli.methods.tokens import plain

if TYPE_CHECKING:
    from rjieba import Jieba

# A trait is a group, a colon, and what was seen; each group weighs the same, however much it holds.
HEAD, BODY, WORD, FACT = "题", "文", "词", "事"
_HEAD_GRAMS, _BODY_GRAMS = (1, 2, 3), (2, 3)
_LONGEST_BODY = 2000
_SHORTEST_WORD = 2
_TITLE_COUNTS = 3
_TIED = "＋"
_OFTEN, _NOUN = 1_000_000, "n"

Traits = Mapping[str, int]


def of_text(title: str, words: str) -> Traits:
    """Return the traits of a title and a text: letters in ones to threes, and words (文字特征)."""
    head, body = _bare(title), _bare(words)[:_LONGEST_BODY]
    seen = Counter(f"{HEAD}:{gram}" for gram in _grams(head, _HEAD_GRAMS))
    # What stands in the title is said thrice: it is what the writer holds to be the point.
    seen.update(f"{BODY}:{gram}" for gram in _grams(f"{head}。" * _TITLE_COUNTS + body, _BODY_GRAMS))
    seen.update(f"{WORD}:{word}" for word in _words(*[title] * _TITLE_COUNTS, words))
    return seen


def of_facts(facts: Mapping[str, str], *, ties: Iterable[tuple[str, ...]] = ()) -> Traits:
    """Return the traits of some facts: each, every two of them, and the further ties asked for (事实特征)."""
    known = {name: value for name, value in facts.items() if value}
    tied = (*((name,) for name in known), *combinations(known, 2), *ties)
    return Counter(
        f"{FACT}:{_TIED.join(f'{name}={known[name]}' for name in names)}"
        for names in tied
        if known.keys() >= set(names)
    )


def know(words: Iterable[str]) -> None:
    """Take words as whole from now on, such as the keywords of a place's categories (专用词)."""
    for word in words:
        _cutter().add_word(word, _OFTEN, _NOUN)


def spoken(trait: str) -> str:
    """Say a trait as a reason for people; empty for bits of words, which mean nothing by themselves."""
    group, _, seen = trait.partition(":")
    if group == WORD:
        return f"「{seen}」"
    if group == FACT:
        return "、".join(fact.partition("=")[2] for fact in seen.split(_TIED))
    return ""


def _bare(text: str) -> str:
    return plain(text).replace(" ", "")


def _grams(text: str, sizes: Iterable[int]) -> Iterator[str]:
    return (text[start : start + size] for size in sizes for start in range(len(text) - size + 1))


def _words(*texts: str) -> Iterator[str]:
    cut = _cutter().cut
    return (word for text in texts for word in cut(plain(text)) if len(word.strip()) >= _SHORTEST_WORD)


@cache
def _cutter() -> "Jieba":
    # Its dictionary takes a quarter of a second to load, and most processes never guess anything.
    from rjieba import Jieba  # noqa: PLC0415

    return Jieba()
