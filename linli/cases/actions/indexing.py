"""Writing anew what cases are found by: words were erased, a place was moved, or to be sure (重建检索词)."""

from collections.abc import Iterator, Sequence

from django.db import transaction

from linli.cases import finding
from linli.cases.actions.stepping import ANSWERS
from linli.cases.models import Case
from linli.places import queries as places
from linli.record import queries as record

BATCH = 500


def write_anew(numbers: Sequence[int]) -> int:
    """Write the tokens of some cases from what stands about them now; say how many changed (重建检索词)."""
    changed = 0
    for start in range(0, len(numbers), BATCH):
        changed += _batch(numbers[start : start + BATCH])
    return changed


def write_all_anew() -> int:
    """Write the tokens of every case from what stands about it now, and say how many changed (全部重建)."""
    return sum(_batch(numbers) for numbers in _every())


def _every() -> Iterator[list[int]]:
    last = 0
    while numbers := list(
        Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield numbers
        last = numbers[-1]


@transaction.atomic
def _batch(numbers: Sequence[int]) -> int:
    # Whoever acts on one of them meanwhile waits, so that no word is lost between reading and writing.
    rows = list(Case.objects.select_for_update().select_related("matter").filter(pk__in=numbers))
    chains = places.chains([case.matter.place_path for case in rows])
    said = record.words_said([case.matter.number for case in rows], acts=(finding.ADDS, *ANSWERS))
    stale = []
    for case in rows:
        spots, later = chains[case.matter.place_path], said.get(case.matter.number, ())
        texts = (case.place_words, case.answer, *(words for words in later if words != case.answer))
        tokens = finding.tokens(case.matter, words=case.words, spots=spots, others=texts)
        if tokens != case.tokens:
            case.tokens = tokens
            stale.append(case)
    Case.objects.bulk_update(stale, ["tokens"], batch_size=100)
    return len(stale)
