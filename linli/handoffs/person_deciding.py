"""What is kept of a person's part in deciding: meetings, ballots, names, opinions (参加议事)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linli.ballots import queries as ballots
from linli.ballots.choices import How
from linli.deliberation import queries as topics
from linli.deliberation import soundings
from linli.disclosure import queries as notices
from linli.handoffs.person_rows import Rows, kept, moment
from linli.meetings import queries as meetings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linli.ballots.models import Elector


def is_on_a_roll(person: int) -> bool:
    """Tell whether a person stands on the roll of a meeting, a ballot, a demand or a covenant (在册)."""
    asked = (
        meetings.seats_ever(person),
        ballots.seats_ever(person),
        topics.supports_ever(person),
        topics.signatures_ever(person),
    )
    return any(rows.exists() for rows in asked)


def sat(person: int, *, most: int) -> Iterator[Rows]:
    """Say to which meetings a person was called, and whether they came (会议)."""
    for seat in meetings.seats_ever(person)[:most]:
        yield kept(
            ("会议", seat.meeting.title),
            ("时间", moment(seat.meeting.meets_at)),
            ("席位", seat.name),
            ("回执", seat.get_answer_display()),
            ("签到", moment(seat.signed_in_at)),
        )


def voted(person: int, *, most: int) -> Iterator[Rows]:
    """Say on which rolls a person stands and whether their vote came in (表决).

    What was voted is said of open ballots only: of a secret one nobody knows.
    """
    found = list(ballots.seats_ever(person)[:most])
    chosen = _chosen(found)
    for elector in found:
        yield kept(
            ("编号", elector.ballot.number),
            ("表决事项", elector.ballot.question),
            ("名册上的名字", elector.name),
            ("投票方式", How(elector.how).label),
            ("所投", chosen.get(elector.pk, "")),
        )


def put_names(person: int, *, most: int) -> Iterator[Rows]:
    """Say to what a person put their name: joint demands and covenants (联名、签约)."""
    for one in topics.supports_ever(person)[:most]:
        yield kept(
            ("联名", one.topic.matter.title),
            ("编号", one.topic.matter.number),
            ("时间", moment(one.supported_at)),
            ("签在纸上", "是" if one.sheet_id else ""),
            ("声明不是自己签的", moment(one.disowned_at)),
        )
    for signed in topics.signatures_ever(person)[:most]:
        matter = signed.covenant.topic.matter
        yield kept(("签约", matter.title), ("编号", matter.number), ("时间", moment(signed.signed_at)))


def thought(person: int, *, most: int) -> Iterator[Rows]:
    """Say what a person thinks of topics, and to what others think (观点、表态).

    When a gathering of opinions is closed, nothing tells any more whose a vote was.
    """
    for made in soundings.made_ever(person)[:most]:
        matter = made.sounding.topic.matter
        state = made.get_state_display()
        yield kept(
            ("观点", made.words),
            ("议题", matter.title),
            ("编号", matter.number),
            ("时间", moment(made.added_at)),
            ("状态", f"{state}：{made.reason}" if made.reason else state),
        )
    for said in soundings.said_ever(person)[:most]:
        matter = said.statement.sounding.topic.matter
        yield kept(("表态", said.get_said_display()), ("对", said.statement.words), ("编号", matter.number))


def objected(person: int, *, most: int) -> Iterator[Rows]:
    """Say what a person held against notices, and what was answered (异议)."""
    for one in notices.objections_ever(person)[:most]:
        yield kept(
            ("公示", one.notice.title),
            ("时间", moment(one.raised_at)),
            ("异议", one.words),
            ("答复", one.answer),
        )


def _chosen(electors: "Sequence[Elector]") -> dict[int, str]:
    slips = {one.pk: one.ballot.slip for one in electors if not one.ballot.is_secret}
    votes = ballots.standing_votes([one for one in electors if one.pk in slips])
    return {key: slips[key].words_of(vote.chosen) for key, vote in votes.items()}
