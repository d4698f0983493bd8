"""What a round does with the book of its fund: set aside, pay, take back, free (用款)."""

from datetime import datetime

from linli.bodies.actor import Actor
from linli.books import actions as books
from linli.books import earmarks
from linli.books.actions import Hand
from linli.core.ledger import Unit
from linli.grants.models import Application, Round
from linli.places.queries import Spot


def open_fund(
    name: str, fen: int, *, source: str, receipt: str, place: Spot, prefix: str, by: Actor, at: datetime
) -> str:
    """Open a book for a round and book what its funder paid in; return its number (建账、到账)."""
    hand = Hand(by.person_id, by.words_for(place.path), at)
    purse = books.open_purse(
        name, unit=Unit.FEN, place=place.id, place_path=place.path, prefix=prefix, hand=hand
    )
    earmarks.receive(purse, source, fen, key=receipt, hand=hand, title=f"{name}到账 {receipt}")
    return purse


def reserve(found: Round, *, by: Actor, at: datetime) -> None:
    """Set the whole budget of a round aside, so that nothing else spends it (安排预算)."""
    _earmark(found.purse, found.number, found.budget, hand=_hand(found, by, at), title=found.name)


def grant(application: Application, *, by: Actor, at: datetime) -> None:
    """Move a grant from what the round set aside to the agreement (安排到协议)."""
    found, hand = application.round, _hand(application.round, by, at)
    _release(found.purse, found.number, application.granted, hand=hand, key=application.number)
    _earmark(
        found.purse, application.number, application.granted, hand=hand, title=f"{application.name} 协议"
    )


def pay(
    application: Application, fen: int, *, upon: str, receipt: str, title: str, by: Actor, at: datetime
) -> None:
    """Pay one part of a grant (拨付)."""
    earmarks.pay(
        application.round.purse, application.number, fen, key=f"{application.number}/{upon}",
        receipt=receipt, hand=_hand(application.round, by, at), title=title,
    )  # fmt: skip


def take_back(application: Application, fen: int, *, receipt: str, by: Actor, at: datetime) -> None:
    """Book what an organisation sent back of what it was paid (退款)."""
    earmarks.give_back(
        application.round.purse, application.number, fen, key=f"{application.number}/back",
        receipt=receipt, hand=_hand(application.round, by, at), title=f"{application.name} 退回结余",
    )  # fmt: skip


def free(application: Application, fen: int, *, by: Actor, at: datetime) -> None:
    """Free what an agreement did not use (结余退回)."""
    hand = _hand(application.round, by, at)
    _release(application.round.purse, application.number, fen, hand=hand, key=f"{application.number}/free")


def free_rest(found: Round, fen: int, *, by: Actor, at: datetime) -> None:
    """Free what a round set aside and granted to nobody (未用预算退回)."""
    _release(found.purse, found.number, fen, hand=_hand(found, by, at), key=f"{found.number}/free")


def _earmark(purse: str, number: str, fen: int, *, hand: Hand, title: str) -> None:
    earmarks.earmark(purse, number, fen, key=f"{number}/earmark", hand=hand, title=title)


def _release(purse: str, number: str, fen: int, *, hand: Hand, key: str) -> None:
    earmarks.release(purse, number, fen, key=f"release/{key}", hand=hand, title="结余退回")


def _hand(found: Round, by: Actor, at: datetime) -> Hand:
    return Hand(by.person_id, by.words_for(found.place_path), at)
