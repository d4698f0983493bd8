"""Grant rounds for the tests of their room (公益创投)."""

from datetime import date, datetime, timedelta
from typing import Any

from linli.bodies.actor import Actor
from linli.books import actions as books
from linli.books import earmarks
from linli.books.actions import Hand
from linli.core.ledger import Unit
from linli.grants import queries
from linli.grants.actions import applying, determining, opening, reviewing
from linli.grants.actions.applying import Asked
from linli.grants.actions.opening import Call
from linli.grants.models import Application, Round
from linli.people import actions as people
from tests.world import TUESDAY, spots

CLOSES = TUESDAY + timedelta(days=7)
SHOWN = timedelta(days=16)
POINTS = {"need": 90, "plan": 80, "budget": 70, "team": 60}


def purse(by: Actor, *, fen: int = 1_000_000, at: str = "tonghua") -> str:
    """Open the book of a fund with some money from the treasury."""
    spot, hand = spots(at)[-1], Hand(by.person_id, "试验", TUESDAY)
    number = books.open_purse(
        "创投资金", unit=Unit.FEN, place=spot.id, place_path=spot.path, prefix="XXL", hand=hand
    )
    earmarks.receive(number, "fiscal", fen, key="in", hand=hand, title="财政拨款")
    return number


def call(number: str, **changes: Any) -> Call:
    """Call for applications of at most 2,000 yuan, 3,000 yuan in all."""
    facts: dict[str, Any] = {
        "name": "微自治", "words": "为老、为小、帮困。", "funder": "民政局", "purse": number,
        "budget": 300_000,
        "cap": 200_000, "kinds": ("welfare", "mutual_aid"), "reviewers": 3, "closes_at": CLOSES,
    }  # fmt: skip
    return Call(**facts | changes)


def opened(by: Actor, *, at: str = "tonghua", **changes: Any) -> Round:
    """Open a round at a place."""
    return opening.open_round(call(purse(by, at=at), **changes), place=spots(at)[-1], by=by, at=TUESDAY)


def asked(**changes: Any) -> Asked:
    """Ask for 1,500 yuan with everything that belongs to it."""
    facts: dict[str, Any] = {
        "name": "铜花帮帮团", "kind": "mutual_aid", "registration": "备案 001", "title": "给老人送饭",
        "plan": "每天中午送饭上门。", "asked": 150_000, "lines": (("饭盒", 100_000), ("车", 50_000)),
        "milestones": (("送满一千份", date(2027, 6, 30)),),
    }  # fmt: skip
    return Asked(**facts | changes)


def listed(found: Round, *told: tuple[Asked, Actor], by: Actor) -> list[Application]:
    """Let some apply, take them in, and show who applied."""
    rows = [applying.apply(found.number, one, by=who, at=TUESDAY) for one, who in told]
    for one in rows:
        applying.accept(one.number, by=by, at=TUESDAY)
    opening.show_list(found.number, by=by, at=CLOSES)
    return rows


def reviewers(found: Round, *, by: Actor, organisation: str = "") -> list[Actor]:
    """Name three reviewers, the first of whom may belong to an organisation."""
    made = []
    for serial in range(3):
        name, phone = f"评委{serial}", f"1390000000{serial}"
        person = people.enrol(name=name, phone=phone, key=f"reviewer{serial}")
        people.open_account(person, username=f"reviewer{serial}")
        reviewing.name_reviewer(
            found.number, name=name, phone=phone, seat="resident" if serial else "expert",
            organisation=organisation if serial == 0 else "", by=by, at=TUESDAY,
        )  # fmt: skip
        made.append(Actor(person.pk, name))
    return made


def reviewed(found: Round, rows: list[Application], *, by: Actor) -> datetime:
    """Let three reviewers declare no tie and score, the earlier the better; return when."""
    at = CLOSES + SHOWN
    seats = reviewers(found, by=by)
    opening.begin_review(found.number, by=by, at=at)
    for seat in seats:
        reviewing.declare(found.number, ties={}, by=seat, at=at)
        for place, one in enumerate(rows):
            points = {key: value - place for key, value in POINTS.items()}
            reviewing.score(one.number, points=points, words="可行。", by=seat, at=at)
    return at


def determined(found: Round, rows: list[Application], *, by: Actor) -> datetime:
    """Decide as the ranking says; return when the result has hung its days."""
    at = reviewed(found, rows, by=by)
    ranked = queries.ranking(queries.of_number(found.number) or found)
    decisions = {one.entry.number: one.entry.asked * one.reached for one in ranked}
    determining.determine(
        found.number, {key: determining.Decision(key, fen) for key, fen in decisions.items()}, by=by, at=at
    )
    return at + SHOWN
