"""How alike two short reports are: by their words, their place, their kind and their age (相似)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import dist, exp, log, sqrt

from linli.methods.tokens import runs

LONGEST_GRAM = 3
_EMPTY = frozenset(
    "的了在是有和与就都也还又我你他她它们这那个一不没很太把被给让请说去来到上下里着过吗呢吧啊呀能会要想"
)
_TEXT, _PLACE, _KIND = 0.6, 0.25, 0.15
_NEAR_METRES, _HALF_LIFE_DAYS = 120.0, 90.0
# How near two places are by the number of levels up to the one they share; farther apart is not near.
_LEVELS = {0: 1.0, 1: 0.6, 2: 0.35}
_SHORTEST_WORD = 2
# Words that stand in any report: they are no reason to think two of them the same.
_ANYWHERE = frozenset((
    "门前", "门口", "楼下", "楼上", "楼里", "附近", "旁边", "前面", "后面", "里面", "外面",
    "这里", "那里", "小区", "社区", "我们", "我家", "大家", "居民", "业主", "老人", "孩子",
    "小孩", "有人", "没人", "没有", "晚上", "早上", "白天", "夜里", "今天", "昨天", "每天",
    "几天", "好几天", "经常", "已经", "一直", "希望", "请问", "能不能", "怎么", "什么", "可以",
    "需要", "处理", "解决", "问题", "情况", "反映",
))  # fmt: skip
# From here on two reports are mostly about the same thing: measured on tests/methods/similar_pairs.toml.
ALIKE = 0.42

Point = tuple[float, float]
Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What is compared of one report (报事); ``places`` are the keys of its places from the root down."""

    key: int
    words: str
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    spot: Point | None = None
    days_old: float = 0.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a report is to the one asked for, from 0 to 1, and by what (相似程度)."""

    key: int
    score: float
    text: float
    levels_up: int | None
    metres: int | None
    is_same_kind: bool


def likest(to: Report, among: Sequence[Report], *, most: int = 5, least: float = 0.0) -> tuple[Likeness, ...]:
    """Return the reports most like one, the likest first (找相似).

    A report whose words and kind are both different is not like it, however near it is.
    """
    bags = [grams(one.words) for one in among]
    rarity = _rarity((*bags, grams(to.words)))
    own = _vector(grams(to.words), rarity)
    found = (
        _like(to, one, text=sqrt(_cosine(own, _vector(bag, rarity))))
        for one, bag in zip(among, bags, strict=True)
    )
    alike = (one for one in found if one.score >= least and (one.text > 0 or one.is_same_kind))
    return tuple(sorted(alike, key=lambda one: (-one.score, one.key))[:most])


def groups(reports: Sequence[Report], *, least: float) -> tuple[tuple[int, ...], ...]:
    """Put reports whose words are alike together, the largest group first, none in two (归并说法)."""
    bags = [grams(one.words) for one in reports]
    rarity = _rarity(bags)
    vectors = [_vector(bag, rarity) for bag in bags]
    heads = list(range(len(reports)))
    for later, vector in enumerate(vectors):
        for earlier in range(later):
            if _cosine(vector, vectors[earlier]) >= least:
                _join(heads, later, earlier)
    together: dict[int, list[int]] = {}
    for place, report in enumerate(reports):
        together.setdefault(_head(heads, place), []).append(report.key)
    return tuple(sorted((tuple(group) for group in together.values()), key=lambda group: -len(group)))


def shared_words(one: str, other: str, *, most: int = 3) -> tuple[str, ...]:
    """Return words that stand in both texts, the longest first, for saying why they are alike (共同的词)."""
    common = {word for word in _content_words(one) if word in other}
    common |= {word for word in _content_words(other) if word in one}
    outer = (word for word in common if not any(word != longer and word in longer for longer in common))
    return tuple(sorted(outer, key=lambda word: (-len(word), one.find(word)))[:most])


def grams(words: str) -> Counter[str]:
    """Count the runs of one to three characters that say something; marks and blanks divide (字组)."""
    counted: Counter[str] = Counter()
    for run in runs(words):
        for size in range(1, LONGEST_GRAM + 1):
            pieces = (run[at : at + size] for at in range(len(run) - size + 1))
            counted.update(piece for piece in pieces if not _EMPTY.issuperset(piece))
    return counted


def _like(to: Report, one: Report, *, text: float) -> Likeness:
    up = _levels_up(to.places, one.places)
    metres = dist(to.spot, one.spot) if to.spot and one.spot else None
    near = max(
        _LEVELS.get(up, 0.0) if up is not None else 0.0,
        0.0 if metres is None else exp(-metres / _NEAR_METRES),
    )
    kind = _same_kind(to.kinds, one.kinds)
    fresh = 0.5 ** (abs(to.days_old - one.days_old) / _HALF_LIFE_DAYS)
    score = (_TEXT * text + _PLACE * near + _KIND * kind) * (0.7 + 0.3 * fresh)
    return Likeness(one.key, score, text, up, None if metres is None else round(metres), kind == 1.0)


def _levels_up(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Count the levels from the deeper of two places up to the one they share; none when they share none."""
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    return max(len(one), len(other)) - shared if shared else None


def _same_kind(one: Sequence[str], other: Sequence[str]) -> float:
    """Compare categories, each with its parents behind it: the same is 1, a shared parent a half."""
    if not one or not other:
        return 0.0
    return 1.0 if one[0] == other[0] else 0.5 if set(one) & set(other) else 0.0


def _rarity(bags: Sequence[Counter[str]]) -> Vector:
    held = Counter(gram for bag in bags for gram in bag)
    return {gram: 1.0 + log((1 + len(bags)) / (1 + count)) for gram, count in held.items()}


def _vector(bag: Counter[str], rarity: Vector) -> Vector:
    weighed = {gram: (1.0 + log(count)) * rarity[gram] for gram, count in bag.items()}
    length = sqrt(sum(weight * weight for weight in weighed.values()))
    return {gram: weight / length for gram, weight in weighed.items()} if length else {}


def _cosine(one: Vector, other: Vector) -> float:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * large[gram] for gram, weight in small.items() if gram in large)


def _content_words(text: str) -> set[str]:
    # Its dictionary takes a moment to load and is only wanted where a likeness is explained.
    from rjieba import cut  # noqa: PLC0415

    return {
        word
        for word in cut(text)
        if len(word) >= _SHORTEST_WORD
        and word.isalpha()
        and word not in _ANYWHERE
        and not _EMPTY.issuperset(word)
    }


def _head(heads: list[int], place: int) -> int:
    while heads[place] != place:
        place = heads[place]
    return place


def _join(heads: list[int], one: int, other: int) -> None:
    first, second = sorted((_head(heads, one), _head(heads, other)))
    heads[second] = first
