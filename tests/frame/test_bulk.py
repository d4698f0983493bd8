"""Many rows are written and changed at once, on either database."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.frame import bulk
from linli.frame.finding import matching, tokens_of_name
from linli.methods.reading import spellings
from linli.methods.tokens import Term
from linli.people.models import Person

COLUMNS = ("key", "name", "gender", "about", "tokens", "phone", "id_number", "email")
MANY = bulk.ROWS * 2 + 1

pytestmark = pytest.mark.django_db


def _row(key: str, *, name: str = "王伟") -> tuple[Any, ...]:
    return key, name, "男", "独居", tokens_of_name(name), "", "", ""


def _found(word: str) -> int:
    return Person.objects.filter(matching([Term((word,))])).count()


def test_more_rows_than_go_into_one_statement_are_all_written_and_found() -> None:
    bulk.insert(Person, columns=COLUMNS, rows=(_row(f"R-{number}") for number in range(MANY)))
    assert Person.objects.filter(key__startswith="R-", about="独居").count() == MANY
    assert _found("王伟") == _found(spellings("王伟")[0]) == MANY


def test_what_was_changed_is_found_by_its_new_words_only() -> None:
    bulk.insert(Person, columns=COLUMNS, rows=(_row(f"R-{number}") for number in range(MANY)))
    changed = [(pk, "李芳", tokens_of_name("李芳")) for pk in Person.objects.values_list("pk", flat=True)]
    bulk.update(Person, columns=("name", "tokens"), rows=changed)
    assert (_found("王伟"), _found("李芳")) == (0, MANY)
    assert Person.objects.filter(key__startswith="R-", about="独居", gender="男").count() == MANY


def test_what_the_database_refuses_is_said_as_everywhere() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Person, columns=COLUMNS, rows=[_row("R-1"), _row("R-1")])
    assert not Person.objects.filter(key="R-1").exists()
