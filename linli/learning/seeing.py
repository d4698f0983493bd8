"""What of a case is looked at when something is suggested about it; who people are is not (看什么)."""

from collections.abc import Mapping, Sequence

from linli.core.masking import mask_text
from linli.methods import traits
from linli.methods.lesson import Lesson
from linli.methods.traits import Traits
from linli.pack.edition import Edition
from linli.places.queries import Spot

# Facts that say more together than each alone.
_TIES = (("小地方", "分类", "渠道"), ("大地方", "分类", "渠道"), ("小地方", "分类", "种类"))


def words_of(title: str, words: str) -> Traits:
    """Return the traits of what was told, names and numbers masked (文字特征)."""
    seen = traits.of_text(mask_text(title), mask_text(words))
    return {trait: count for trait, count in seen.items() if not any(sign.isdigit() for sign in trait)}


def facts_about(edition: Edition, *, category: str, spots: Sequence[Spot], channel: str, kind: str) -> Traits:
    """Return the traits of where a case is, what it is about and how it came (事实特征).

    ``spots`` is the chain of places from the root down; ``kind`` is that of a concern, empty for an incident.
    """
    names = [spot.name for spot in spots[1:3]]
    above = edition.category_chain(category)
    facts: Mapping[str, str] = {
        "大地方": names[0] if names else "",
        "小地方": names[1] if len(names) > 1 else "",
        "分类": edition.categories[category].title,
        "大类": edition.categories[above[0]].title if above else "",
        "渠道": channel,
        "种类": kind,
    }
    return traits.of_facts(facts, ties=_TIES)


def keywords_of(edition: Edition) -> list[Lesson]:
    """Return what a pack itself says of each category: its title, alone and with each keyword (关键词)."""
    traits.know(word for category in edition.categories.values() for word in category.words)
    return [
        Lesson(traits.of_text("。".join(filter(None, (category.title, word))), ""), key)
        for key, category in edition.categories.items()
        for word in ("", *category.words)
    ]
