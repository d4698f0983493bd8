"""A grant round of a demo, from the call to the first half of the money (公益创投演示)."""

from datetime import datetime, timedelta
from pathlib import Path

from linli.bodies.actor import Actor
from linli.books import actions as books
from linli.books import earmarks
from linli.books.actions import Hand
from linli.core.grant import Decision
from linli.core.ledger import Unit
from linli.demo.cast import Cast
from linli.demo.script import Part
from linli.frame.clock import day_of
from linli.grants.actions import applying, carrying_out, determining, opening, reviewing
from linli.grants.actions.applying import Asked
from linli.grants.actions.carrying_out import Paper
from linli.grants.actions.opening import Call
from linli.pack.toml import read_toml
from linli.people import queries as people

_FEN = 100
_OPEN = timedelta(days=10)
_SHOWN = timedelta(days=16)


class ApplicationPart(Part):
    """An application of the demo; without ``granted`` it gets all it asked for (申报)."""

    name: str
    title: str
    plan: str
    yuan: int
    by: str
    mark: int
    granted: int | None = None
    reason: str = ""
    spent: int = 0


class RoundPart(Part):
    """A round of the demo, with those who apply and those who review (轮次)."""

    name: str
    words: str
    funder: str
    yuan: int
    cap: int
    place: str
    by: str
    days_ago: int
    reviewers: tuple[str, ...]
    application: tuple[ApplicationPart, ...]


class GrantsFile(Part):
    """grants.toml, which a demo may have."""

    round: tuple[RoundPart, ...] = ()


def read_grants(folder: Path) -> GrantsFile:
    """Read the grant rounds of a demo, if it has any; raises ``PackError``."""
    file = folder / "grants.toml"
    return read_toml(file, GrantsFile) if file.exists() else GrantsFile()


def run_rounds(told: GrantsFile, *, cast: Cast, at: datetime) -> None:
    """Lead the rounds of a demo as far as their reports go (填入公益创投)."""
    for part in told.round:
        _run(part, cast, at=at - timedelta(days=part.days_ago))


def _run(part: RoundPart, cast: Cast, *, at: datetime) -> None:
    by = cast.actor(part.by)
    number = _open(part, cast, by=by, at=at)
    parts = {_apply(number, one, cast, by=by, at=at): one for one in part.application}
    for key in part.reviewers:
        _invite(number, cast.actor(key), by=by, at=at)
    at += _OPEN
    opening.show_list(number, by=by, at=at)
    at += _SHOWN
    opening.begin_review(number, by=by, at=at)
    criteria = tuple(one.key for one in cast.edition.grants.criteria) if cast.edition.grants else ()
    for key in part.reviewers:
        _review(number, parts, criteria=criteria, by=cast.actor(key), at=at)
    decisions = {key: Decision(key, _granted(one), one.reason) for key, one in parts.items()}
    determining.determine(number, decisions, by=by, at=at)
    at += _SHOWN
    for key, one in parts.items():
        _carry_out(key, one, cast, by=by, at=at)


def _open(part: RoundPart, cast: Cast, *, by: Actor, at: datetime) -> str:
    place = cast.spots(part.place)[-1]
    hand = Hand(by.person_id, by.words_for(place.path), at)
    purse = books.open_purse(
        f"{part.name}资金", unit=Unit.FEN, place=place.id, place_path=place.path,
        prefix=cast.edition.number_prefix, hand=hand,
    )  # fmt: skip
    earmarks.receive(purse, "fiscal", part.yuan * _FEN, key="budget", hand=hand, title=part.funder)
    rule = cast.edition.grants
    call = Call(
        part.name, part.words, part.funder, purse, part.yuan * _FEN, part.cap * _FEN,
        tuple(rule.kinds) if rule else (), len(part.reviewers), at + _OPEN,
    )  # fmt: skip
    return opening.open_round(call, place=place, by=by, at=at).number


def _apply(number: str, part: ApplicationPart, cast: Cast, *, by: Actor, at: datetime) -> str:
    kinds = cast.edition.grants.kinds if cast.edition.grants else {}
    fen, done = part.yuan * _FEN, day_of(at) + timedelta(days=180)
    told = Asked(
        part.name, next(iter(kinds)), f"备案 {part.name}", part.title, part.plan, fen,
        (("材料和活动", fen),), (("做完、结算", done),),
    )  # fmt: skip
    made = applying.apply(number, told, by=cast.actor(part.by), at=at)
    return applying.accept(made.number, by=by, at=at).number


def _invite(number: str, reviewer: Actor, *, by: Actor, at: datetime) -> None:
    person = people.of_id(reviewer.person_id or 0)
    if person is not None:
        reviewing.name_reviewer(number, name=person.name, phone=person.phone, seat="resident", by=by, at=at)


def _review(
    number: str, parts: dict[str, ApplicationPart], *, criteria: tuple[str, ...], by: Actor, at: datetime
) -> None:
    reviewing.declare(number, ties={}, by=by, at=at)
    for key, part in parts.items():
        points = dict.fromkeys(criteria, part.mark)
        reviewing.score(key, points=points, words="看过材料，照实打分。", by=by, at=at)


def _carry_out(number: str, part: ApplicationPart, cast: Cast, *, by: Actor, at: datetime) -> None:
    if not _granted(part):
        return
    carrying_out.sign(number, by=by, at=at)
    carrying_out.release(number, upon="agreement", receipt=f"回单 {number[-3:]}", by=by, at=at)
    if part.spent:
        papers = (Paper(f"FP{number[-3:]}", "材料和活动", part.spent * _FEN),)
        carrying_out.report(
            number, half="mid", words="照方案在做，票据附上。", receipts=papers, by=cast.actor(part.by),
            at=at + timedelta(days=7),
        )  # fmt: skip


def _granted(part: ApplicationPart) -> int:
    return (part.yuan if part.granted is None else part.granted) * _FEN
