"""Everything that anybody needs to draw a map of opinions again, in one file (导出).

Nobody's name stands in it, and the rows are in an order that says nothing of who or when.
docs/rules/opinions.md describes the form.
"""

from typing import Any

from linli.core.digest import instant
from linli.deliberation import soundings
from linli.deliberation.models import Sounding, Topic
from linli.methods.opinion_map import FORMAT

OUTCOME = ("people", "votes", "told", "groups", "common")


def document(topic: Topic) -> dict[str, Any] | None:
    """Write a sounding that was closed as plain values; none while it goes on, or of a few people (导出)."""
    sounding = Sounding.objects.filter(pk=topic.pk, closed_at__isnull=False).first()
    if sounding is None or sounding.closed_at is None or not sounding.box or not sounding.map:
        return None
    return {
        "format": FORMAT,
        "number": topic.matter.number,
        "title": topic.matter.title,
        "opened_at": instant(sounding.opened_at),
        "closed_at": instant(sounding.closed_at),
        "least": soundings.least(),
        "statements": [{"key": key, "words": words} for key, words in soundings.words_of(topic).items()],
        "votes": sounding.box,
        "outcome": {key: sounding.map[key] for key in OUTCOME},
    }
