"""What is next and what happened, in the words of a page (讲述)."""

from datetime import datetime

from linli.frame import wording
from linli.frame.anatomy import Entry
from linli.frame.citing import cite_words
from linli.frame.clock import day_of
from linli.matters.story import Next, Story
from linli.people import queries as people
from linli.record.queries import Line

SEALED = frozenset({"dispatch", "verify", "report_back", "resolve", "end_notice", "conclude_signing"})


def next_words(first: "Next", *, at: datetime) -> str:
    """Say who must do what by when (下一步)."""
    if first.due_at is None:
        return f"等{first.who}办「{first.title}」。"
    return f"{first.who}应在 {wording.deadline(first.due_at, today=day_of(at))} 前完成「{first.title}」。"


def entries(told: "Story", *, pack: str) -> tuple[Entry, ...]:
    """Lay out what happened, the newest first (经过)."""
    names = people.names(line.by for line in told.lines if line.by is not None)
    return tuple(
        Entry(
            at=line.at,
            act=line.title,
            who=names.get(line.by or 0, "") or line.office,
            office=line.office if line.by in names else "",
            words=_words(line),
            clause=cite_words(line.clause_words, rule=line.clause, pack=pack),
            tone="official" if line.act in SEALED else "",
        )
        for line in told.lines[::-1]
    )


def _words(line: "Line") -> str:
    # A figure may be a whole sentence, such as what a ballot decided.
    figures = "；".join(f"{key}：{value.removesuffix('。')}" for key, value in line.figures)
    return "。".join(filter(None, (figures, line.words)))
