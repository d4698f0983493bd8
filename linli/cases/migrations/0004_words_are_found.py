"""Give every case the tokens it is found by, and index them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from linli.frame.finding import IndexTokens, TokensField
from linli.methods.tokens import KEY, at_place, day_of, on_day, tokens_of
from linli.places.path import paths_above

BATCH = 2000
COLUMNS = (
    "pk", "words", "answer", "place_words", "matter__title", "matter__place_path", "matter__opened_at",
    "matter__category",
)  # fmt: skip


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    names = dict(apps.get_model("places", "Place").objects.values_list("path", "name"))
    rows = apps.get_model("cases", "Case").objects.values_list(*COLUMNS, named=True).iterator(BATCH)
    with editor.connection.cursor() as cursor:
        for written in batches((tokens(row, names), row.pk) for row in rows):
            cursor.executemany("UPDATE cases_case SET tokens = %s WHERE matter_id = %s", written)


def batches(rows: Iterator[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    while found := list(islice(rows, BATCH)):
        yield found


def tokens(row: Any, names: dict[str, str]) -> str:
    paths = paths_above(row.matter__place_path)
    return tokens_of(
        row.matter__title,
        row.words,
        row.answer,
        row.place_words,
        *(names[path] for path in paths[1:]),
        keys=(
            *at_place(paths),
            *on_day(day_of(row.matter__opened_at.timestamp())),
            KEY + row.matter__category,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_keep_contacts_encrypted"),
        ("matters", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.AddField("case", "tokens", TokensField(verbose_name="检索词")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        IndexTokens("case"),
    ]
