"""By what a case is found follows what stands about it (检索词)."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from linli.cases.actions import forgetting, indexing
from linli.cases.actions.forgetting import By
from linli.cases.actions.stepping import Said
from linli.cases.models import Case
from linli.core.clause import Clause, Mark
from linli.frame import finding
from linli.frame.clock import now
from linli.matters.models import Matter
from linli.methods.tokens import Term
from linli.people.models import Person
from linli.record import actions as record
from linli.record import queries as timeline
from tests import make
from tests.world import World

pytestmark = pytest.mark.django_db
CLAUSE = Clause("PIPL-47", "个人信息保护法", "第四十七条", Mark.READ)


def found(phrase: str) -> set[str]:
    """Return the numbers of the matters found by a phrase."""
    rows = Matter.objects.filter(finding.matching([Term((phrase,))], column="case__tokens"))
    return set(rows.values_list("number", flat=True))


def test_what_a_person_had_erased_leads_nowhere(world: World) -> None:
    at = now()
    matter = make.closed(
        world,
        at=at - timedelta(days=1),
        title="孙悟空家门口积水",
        words="我是孙悟空，住二楼。",
        contact_name="孙悟空",
    )
    assert found("孙悟空") == {matter.number}
    forgetting.forget(make.fresh(matter), by=By(None, "系统", CLAUSE, "本人要求", at))
    assert not found("孙悟空")
    assert found("门口积水") == {matter.number}


def test_erased_words_are_found_no_longer_once_written_anew(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "add_words", by=world.enforcer, at=now(), said=Said("配件从厂家调货。"))
    assert found("厂家调货")
    line = next(one for one in timeline.timeline(matter.number) if one.words == "配件从厂家调货。")
    record.erase_words(chain=matter.number, seq=line.seq, by=None, office="系统", at=now(), reason="本人要求")
    assert indexing.write_anew([matter.pk]) == 1
    assert not found("厂家调货")
    assert indexing.write_anew([matter.pk]) == 0


def test_everything_written_anew_finds_what_it_found(world: World) -> None:
    matter = make.handled(world)
    make.act(matter, "verify", by=world.dispatcher, at=now())
    before = set(Case.objects.get(pk=matter.pk).tokens.split())
    Case.objects.update(tokens="")
    Person.objects.update(tokens="")
    assert not found("盖板")
    call_command("find_again")
    assert found("盖板") == {matter.number}
    assert set(Case.objects.get(pk=matter.pk).tokens.split()) == before
    assert Person.objects.filter(finding.matching([Term((world.resident.name,))])).exists()
