"""What residents do with opinions: add one, say what they think of another's (提出观点、表态)."""

from django.db import transaction
from django.db.models import F

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import soundings
from linli.deliberation.access import Desk, clause_of
from linli.deliberation.choices import Said, Showing
from linli.deliberation.models import Sounding, Stance, Statement


@transaction.atomic
def add(desk: Desk, words: str) -> Statement:
    """Add a statement of one sentence; nobody sees whose it is (提出观点)."""
    words = " ".join(words.split())
    soundings.may_add(desk, words).require()
    sounding = _held(desk, "提出观点", statements=0)
    state = Showing.WAITING if sounding.is_screened else Showing.SHOWN
    added = Statement.objects.create(
        sounding=sounding, person_id=desk.actor.person_id, words=words, state=state, added_at=desk.at
    )
    if state == Showing.SHOWN:
        Sounding.objects.filter(pk=sounding.pk).update(statements=F("statements") + 1)
    return added


@transaction.atomic
def say(desk: Desk, number: int, said: Said) -> None:
    """Say what one thinks of somebody else's statement; said again, the last word counts (表态)."""
    soundings.may_speak(desk).require()
    asked = soundings.ask_again(desk, number)
    if asked is None or desk.actor.person_id is None:
        raise _refused(desk, "没有这条观点，或者是您自己提的。", "请对别人的观点表态。")
    own, is_new = Stance.objects.get_or_create(
        statement=asked.statement, person_id=desk.actor.person_id, defaults={"said": said}
    )
    if not is_new:
        Stance.objects.filter(pk=own.pk).update(said=said)
        _held(desk, "表态", votes=0)
        return
    Statement.objects.filter(pk=number).update(votes=F("votes") + 1)
    _held(desk, "表态", votes=1)


def _held(desk: Desk, asked: str, **more: int) -> Sounding:
    """Keep the sounding open until the transaction ends, and count; refuse when it was closed meanwhile."""
    counted = {name: F(name) + number for name, number in more.items()}
    if not Sounding.objects.filter(pk=desk.topic.pk, closed_at=None).update(**counted):
        raise _refused(desk, "征集刚刚结束。", "请看观点图。", asked=asked)
    return desk.topic.sounding


def _refused(desk: Desk, sentence: str, remedy: str, *, asked: str = "表态") -> Refused:
    return Refused(Refusal(sentence, clause=clause_of(desk), remedy=remedy, asked=asked))
