"""Somebody says which trade they work in: that is their consent, and taking it back erases it (行业)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.people import actions as register
from linli.people import queries as people
from linli.privacy import actions as privacy
from linli.privacy import queries as asked

PURPOSE = "trade"


@transaction.atomic
def tell(number: int, *, trade: str, known: Mapping[str, str], at: datetime) -> None:
    """Note the trade a person chose, which is their consent, or erase it; raises ``Refused`` for another."""
    if trade and trade not in known:
        rule = asked.rule(asked.purpose(PURPOSE).rule)
        raise Refused(
            Refusal("没有这个行业。", clause=rule.clause, remedy="请从名单里选一个；都不是，就选「不说」。")
        )
    person = people.of_id(number)
    if person is None:
        raise LookupError(number)
    if trade:
        privacy.agree(number, purpose=PURPOSE, at=at)
    else:
        privacy.withdraw(number, purpose=PURPOSE, at=at)
    register.belong(person, trade=trade)
