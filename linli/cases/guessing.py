"""What is suggested about a case, why, and how sure: people decide (建议)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from linli.cases.access import Desk
from linli.cases.routing import matching_words
from linli.learning import queries as learning
from linli.learning.choices import Question
from linli.learning.seeing import facts_about, words_of
from linli.matters import queries as matters
from linli.methods.learned import Suggestion
from linli.methods.traits import Traits
from linli.pack.edition import Edition

# Below this nothing is worth saying.
LEAST_CONFIDENCE = 0.2
_MANY = 10


@dataclass(frozen=True, slots=True)
class Guess:
    """One suggestion (建议); without a confidence it comes from the pack's keywords."""

    key: str
    confidence: float | None
    reasons: tuple[str, ...]

    @property
    def because(self) -> str:
        """Say in a sentence what it rests on (理由)."""
        seen = "、".join(self.reasons)
        if self.confidence is None:
            return f"按关键词{seen}判断" if seen else "没有认出关键词"
        return f"照办结过的事项判断，把握 {self.confidence:.0%}" + (f"：{seen}" if seen else "")


def category(edition: Edition, *, words: str, title: str = "") -> Guess:
    """Suggest a category from what was decided, from keywords until there is enough (分类)."""
    seen = partial(words_of, title, words)
    learned = learning.suggest(edition.key, Question.CATEGORY, seen, most=_MANY)
    best = _best(learned, among=edition.categories)
    if best:
        return best
    key, found = matching_words(edition, words=title + words)
    return Guess(key, None, tuple(f"「{word}」" for word in found))


def order(desk: Desk) -> Guess | None:
    """Suggest how urgent a case is (缓急)."""
    edition = matters.edition_of(desk.matter)
    return _best(learning.suggest(edition.key, Question.ORDER, partial(_all_of, desk)), among=edition.orders)


def lead(desk: Desk, *, among: Mapping[int, str]) -> Guess | None:
    """Suggest which of some bodies should lead a case (主办单位)."""
    learned = learning.suggest(desk.matter.pack, Question.LEAD, partial(_all_of, desk), most=_MANY)
    return _best(learned, among={str(number) for number in among})


def _all_of(desk: Desk) -> Traits:
    matter, case = desk.matter, desk.case
    facts = facts_about(
        matters.edition_of(matter),
        category=matter.category,
        spots=desk.seat.chain,
        channel=matter.channel,
        kind=case.concern_kind,
    )
    return {**words_of(matter.title, case.words), **facts}


def _best(learned: Sequence[Suggestion], *, among: Collection[str]) -> Guess | None:
    found = next((one for one in learned if one.label in among), None)
    if found is None or found.confidence < LEAST_CONFIDENCE:
        return None
    return Guess(found.label, found.confidence, found.reasons)
