"""Questions about ballots: which there are, what one may vote on, how they stand (查询)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from linli.ballots import boxes
from linli.ballots.choices import How
from linli.ballots.models import Ballot, Elector, Hand, PaperCode, Proxy, Vote
from linli.core.ballot import receipt_digest
from linli.core.count import Outcome, Standing, Sum, add_up, decide, funnel_of, judge_attendance
from linli.core.count import Vote as Cast
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate
from linli.core.funnel import Measure
from linli.core.recount import read_sums
from linli.core.verdict import Verdict
from linli.frame.compiled import Question
from linli.places.path import inside

_OF_MATTER = Question(
    lambda matter: Ballot.objects.select_related("matter").filter(matter=matter).order_by("-id")
)
_OF_NUMBER = Question(lambda number: Ballot.objects.select_related("matter").filter(number=number))
_SEATS = Question(
    lambda number, person: (
        Elector.objects.select_related("ballot")
        .filter(ballot__number=number, hands__person=person)
        .order_by("id")
    )
)
_SEAT = Question(
    lambda number, person, elector: (
        Elector.objects.select_related("ballot")
        .defer("ballot__entitled", "ballot__sums", "ballot__said", "ballot__explained")
        .filter(pk=elector, ballot__number=number, hands__person=person)
    )
)
_RUNNING_FOR = Question(
    lambda person: (
        Elector.objects.select_related("ballot")
        .filter(hands__person=person, ballot__closed_at=None, ballot__cancelled_at=None)
        .order_by("ballot__closes_at", "id")
    )
)
_PROXIES = Question(
    lambda ballot: (
        Proxy.objects.filter(elector__ballot=ballot, withdrawn_at=None)
        .select_related("elector", "holder")
        .order_by("id")
    )
)
_RECEIVED = Question(
    lambda digest, ballot: (
        Elector.objects.filter(receipt=digest, ballot=ballot).exclude(receipt="").values_list("pk")
    )
)


# A number of a row has fewer digits.
_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Turnout:
    """How much of the roll has voted under one measure (投票进度)."""

    measure: Measure
    cast: int
    entitled: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How a ballot stands, from one look into its boxes; nothing ``live`` of a secret one (投票进度)."""

    turnout: tuple[Turnout, ...]
    live: tuple[Standing, ...]


def of_number(number: str, *, to_act: bool = False) -> Ballot | None:
    """Find a ballot by its number; ``to_act`` holds the row until the transaction ends."""
    if not to_act:
        return _OF_NUMBER.first(number=number)
    return Ballot.objects.select_for_update().filter(number=number).first()


def of_matter(matter: int) -> tuple[Ballot, ...]:
    """Return the ballots on a matter, the newest first."""
    return tuple(_OF_MATTER.ask(matter=matter))


def left_of_matter(matter: int) -> tuple[Ballot, ...]:
    """Return the ballots on a matter that have neither ended nor been called off, the oldest first."""
    left = Ballot.objects.filter(matter=matter, closed_at=None, cancelled_at=None)
    return tuple(left.select_related("matter").order_by("id"))


def within(paths: Sequence[str]) -> QuerySet[Ballot]:
    """Return the ballots held within places, in no order."""
    return Ballot.objects.filter(inside(*paths, column="place_path"))


def open_to(person: int | None, *, path: str) -> QuerySet[Ballot]:
    """Return the ballots within a place on whose roll somebody stands, or which they opened, in no order."""
    mine = Elector.objects.filter(hands__person=person).values("ballot")
    return within([path]).filter(Q(pk__in=mine) | Q(opened_by=person))


def shown_at(paths: Sequence[str]) -> QuerySet[Ballot]:
    """Return the ballots held exactly at some places, in no order."""
    return Ballot.objects.filter(place_path__in=paths)


def seats(number: str, *, person: int) -> tuple[Elector, ...]:
    """Return the heads of a ballot that a person may vote for, the ballot with them."""
    return tuple(_SEATS.ask(number=number, person=person))


def seat(number: str, *, person: int, elector: int) -> Elector | None:
    """Return one head of a ballot, the ballot with it, if a person may vote for it."""
    return _SEAT.first(number=number, person=person, elector=elector)


def running_for(person: int) -> tuple[Elector, ...]:
    """Return the heads for which a person may vote in ballots that have not ended."""
    return tuple(_RUNNING_FOR.ask(person=person))


def seats_ever(person: int) -> QuerySet[Elector]:
    """Return every head that a person could ever vote for, with its ballot, the newest first (历次名册)."""
    return Elector.objects.filter(hands__person=person).select_related("ballot").order_by("-pk")


def held(ballot: Ballot, *, person: int) -> int:
    """Count the proxies that a person holds in a ballot."""
    return Proxy.objects.filter(elector__ballot=ballot, holder_id=person, withdrawn_at=None).count()


def proxies(ballot: Ballot) -> tuple[Proxy, ...]:
    """Return the proxies of a ballot that stand, with giver and holder."""
    return tuple(_PROXIES.ask(ballot=ballot.pk))


def of_keys(ballot: Ballot, keys: Iterable[str]) -> tuple[Elector, ...]:
    """Find some heads of a ballot's roll by their keys in it."""
    return tuple(Elector.objects.select_related("ballot").filter(ballot=ballot, key__in=[*keys]))


def elector(ballot: Ballot, number: int) -> Elector | None:
    """Find one head of a ballot's roll."""
    return Elector.objects.select_related("ballot").filter(ballot=ballot, pk=number).first()


def named(ballot: Ballot, words: str, *, most: int) -> tuple[Elector, ...]:
    """Return the heads of a roll whose name contains some words; the first ones when there are none."""
    found = Elector.objects.filter(ballot=ballot).order_by("id")
    return tuple((found.filter(name__contains=words) if words else found)[:most])


def called(ballot: Ballot, words: str) -> tuple[Elector, ...]:
    """Return the heads of a roll that have a name, or the one that has a number (点名)."""
    named = Elector.objects.filter(ballot=ballot, name=words)
    if words.isascii() and words.isdigit() and len(words) < _DIGITS:
        named = Elector.objects.filter(ballot=ballot, pk=int(words))
    return tuple(named.select_related("ballot").order_by("id"))


def without_slip(ballot: Ballot, *, most: int) -> tuple[Elector, ...]:
    """Return those of an open ballot who have not voted and for whom no slip was printed (待印票)."""
    left = Elector.objects.filter(ballot=ballot, how=How.NOT_YET, papers=None).order_by("id")
    return tuple(left[:most])


def hands(electors: Sequence[Elector]) -> set[int]:
    """Return the people who may vote for some heads."""
    return set(Hand.objects.filter(elector__in=electors).values_list("person_id", flat=True))


def took_part(matter: int) -> set[int]:
    """Return the people of those heads that have voted on a matter, however they voted (参加表决的人)."""
    heads = Elector.objects.filter(ballot__matter=matter).exclude(how=How.NOT_YET)
    return set(Hand.objects.filter(elector__in=heads).values_list("person_id", flat=True))


def left_uncounted(*, at: datetime, most: int) -> tuple[Ballot, ...]:
    """Return ballots whose time is over and whose count nobody was asked for yet, the oldest first (待计票).

    What is voted on in a meeting is ended by its chair.
    """
    over = Ballot.objects.filter(closed_at=None, cancelled_at=None, reminded_at=None, closes_at__lte=at)
    found = over.filter(rules__in_meeting=False).select_related("matter").order_by("closes_at", "id")
    return tuple(found[:most])


def counts_itself(ballot: Ballot) -> bool:
    """Tell whether a ballot can be counted without anybody: by name, and on no paper (自动计票).

    Secret votes are counted in public (RC-19, VC-18); slips lie in an urn until somebody types them in.
    """
    return not (ballot.is_secret or ballot.in_meeting or printed_papers(ballot))


def standing_vote(elector: Elector) -> Vote | None:
    """Return the vote of a head in an open ballot, if it has one."""
    return Vote.objects.filter(elector=elector, disputed_at=None).first()


def standing_votes(electors: Sequence[Elector]) -> dict[int, Vote]:
    """Return the votes of some heads by their numbers."""
    rows = Vote.objects.filter(elector__in=electors, disputed_at=None)
    return {vote.elector_id: vote for vote in rows}


def unconfirmed(ballot: Ballot) -> int:
    """Count the votes that staff entered and nobody has confirmed (待确认)."""
    return Vote.objects.filter(
        ~Q(entered_by=None),
        elector__ballot=ballot,
        elector__how=How.STAFF,
        confirmed_at=None,
        disputed_at=None,
    ).count()


def paper(ballot: Ballot, code: str) -> PaperCode | None:
    """Find the slip of a code (纸质票)."""
    return PaperCode.objects.filter(ballot=ballot, digest=receipt_digest(ballot.number, code)).first()


def half_typed(ballot: Ballot) -> int:
    """Count the slips that wait for the second person (待复核)."""
    return PaperCode.objects.filter(ballot=ballot, second_by=None).exclude(first_by=None).count()


def counted_papers(ballot: Ballot) -> int:
    """Count the slips that both people typed alike (已计入的纸质票)."""
    return PaperCode.objects.filter(ballot=ballot).exclude(second_by=None).count()


def printed_papers(ballot: Ballot) -> int:
    """Count the slips that were printed (已印的纸质票)."""
    return PaperCode.objects.filter(ballot=ballot).count()


def handed_out(ballot: Ballot) -> int:
    """Count those who vote on paper: in a secret ballot, who took a slip (已领票)."""
    return Elector.objects.filter(ballot=ballot, how=How.PAPER).count()


def is_received(ballot: Ballot, code: str) -> bool:
    """Tell whether the vote of a receipt was taken (回执)."""
    digest = receipt_digest(ballot.number, code)
    if _RECEIVED.ask(digest=digest, ballot=ballot.pk):
        return True
    return PaperCode.objects.filter(ballot=ballot, digest=digest).exclude(second_by=None).exists()


def receipts(ballot: Ballot) -> list[str]:
    """List the digests of all counted votes, in their own order, which says nothing (计入清单)."""
    by_phone = Elector.objects.filter(ballot=ballot).exclude(receipt="").values_list("receipt", flat=True)
    on_paper = PaperCode.objects.filter(ballot=ballot).exclude(second_by=None)
    return sorted({*by_phone, *on_paper.values_list("digest", flat=True)})


def receipts_after(ballot: Ballot, digest: str, *, most: int) -> list[str]:
    """List some digests of counted votes, those that follow another one in their order (计入清单)."""
    by_phone = Elector.objects.filter(ballot=ballot, receipt__gt=digest).order_by("receipt")
    on_paper = PaperCode.objects.filter(ballot=ballot, digest__gt=digest).exclude(second_by=None)
    found = {
        *by_phone.values_list("receipt", flat=True)[:most],
        *on_paper.order_by("digest").values_list("digest", flat=True)[:most],
    }
    return sorted(found)[:most]


def progress(ballot: Ballot) -> Progress:
    """Say how a ballot stands by now (投票进度)."""
    held = boxes.standing(ballot)
    return Progress(_turnout(ballot, held), _live(ballot, held))


def _turnout(ballot: Ballot, held: Mapping[str, tuple[int, int]]) -> tuple[Turnout, ...]:
    heads, area = boxes.cast(held)
    known = {Measure.HEADCOUNT: heads, Measure.DELEGATE: heads, Measure.FLOOR_AREA: area}
    return tuple(
        Turnout(count.measure, _households(ballot, heads) if found is None else found, count.entitled)
        for count in ballot.counts
        for found in (known.get(count.measure),)
    )


def _live(ballot: Ballot, held: Mapping[str, tuple[int, int]]) -> tuple[Standing, ...]:
    """Say how an open ballot stands by heads; of a secret one nobody can (实时票数)."""
    if ballot.is_secret:
        return ()
    (total,) = boxes.sums(held, [Measure.HEADCOUNT])
    return tuple(
        Standing(one.key, one.title, ((Measure.HEADCOUNT, total.chosen.get(one.key, 0)),), wins=False)
        for one in ballot.slip.marks
    )


def attendance(ballot: Ballot, turnout: Sequence[Turnout]) -> Verdict:
    """Tell whether enough have voted by now (法定人数)."""
    sums = tuple(Sum(one.measure, one.cast, {}) for one in turnout)
    return judge_attendance(ballot.frozen, funnel_of(ballot.counts, sums))


def roll(ballot: Ballot) -> Roll:
    """Return the frozen roll as it was given (名册)."""
    rows = (
        Elector.objects.filter(ballot=ballot).order_by("id").values_list("key", "name", "household", "area")
    )
    voters = (Voter(key, name, (), household, area) for key, name, household, area in rows.iterator())
    return Roll(Electorate(ballot.electorate), tuple(voters))


def votes(ballot: Ballot) -> list[Cast]:
    """Return the votes of an open ballot, in the order of the roll."""
    rows = Vote.objects.filter(elector__ballot=ballot, disputed_at=None).order_by("elector_id")
    return [Cast(key, tuple(chosen)) for key, chosen in rows.values_list("elector__key", "chosen").iterator()]


def chosen(ballot: Ballot) -> Iterator[tuple[int, list[str]]]:
    """Return what each head of an open ballot chose, by the number of its row."""
    rows = Vote.objects.filter(elector__ballot=ballot, disputed_at=None)
    yield from rows.values_list("elector_id", "chosen").iterator()


def count(ballot: Ballot) -> tuple[Sum, ...]:
    """Count a ballot from what it keeps: open ones from their votes, secret ones from the box (计票)."""
    if not ballot.is_secret:
        return add_up(roll(ballot), votes(ballot))
    return boxes.sums(boxes.standing(ballot), [count.measure for count in ballot.counts])


def outcome(ballot: Ballot) -> Outcome | None:
    """Return what a ballot decided; none as long as it has not ended (表决结果)."""
    if ballot.closed_at is None:
        return None
    return decide(ballot.slip, ballot.frozen, entitled=ballot.counts, sums=read_sums(ballot.sums))


def _households(ballot: Ballot, heads: int) -> int:
    if ballot.is_secret:
        return heads
    come = Elector.objects.filter(ballot=ballot).exclude(how=How.NOT_YET).exclude(household="")
    return come.values("household").distinct().count()
