"""What an act costs against one plain row, and what it sends to the database (动作)."""

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle

from django.db import transaction

from bench import meter, stories
from bench.site import Site
from bench.table import Table
from linli.core.clause import Clause
from linli.frame.clock import now
from linli.matters import tally
from linli.matters.models import Matter
from linli.outbox.models import Letter
from linli.record import actions as record

TIMES = 6
RECOUNTED = 1000


def measure(sites: Mapping[str, Site]) -> Table:
    """Measure opening, moving and what they are made of, on the large site (动作)."""
    site = sites["large"]
    site.enter()
    rows = [_row(title, job, site) for title, job in _jobs(site)]
    return Table(
        "Acts",
        "CPU of an act in its own transaction, desk loaded as the pages load it, on the large site; "
        f"the floor is one row written through the ORM and committed. Medians of {meter.PAIRS} pairs. SQL "
        "counts every statement, BEGIN and savepoints included.",
        ("act", "ms", "acts/s of CPU", "÷ floor", "SQL"),
        tuple(rows),
    )


def _jobs(site: Site) -> Iterator[tuple[str, meter.Job]]:
    home, cast = site.cast.homes[0], site.cast
    waiting = {step: _cases(step, home.spots[-1].path) for step in ("raised", "responded")}
    yield "open a case", lambda: stories.report(home, at=now())
    yield "open a public case", lambda: stories.report(home, at=now(), is_public=True)
    yield "dispatch it", lambda: stories.dispatch(next(waiting["raised"]), home, cast, at=now())
    yield "take it on", lambda: stories.take_on(next(waiting["responded"]), cast, at=now())
    yield "write an entry", entry(next(_cases("handled", home.spots[-1].path)))
    yield "change the counts", _count(next(_cases("handled", home.spots[-1].path)))


def _row(title: str, job: meter.Job, site: Site) -> tuple[str, ...]:
    counted = meter.statements(job)
    person = site.cast.handler.person_id or 0
    taken = meter.interleave({"ours": job, "floor": lambda: _plain_row(person)}, times=TIMES)
    spent = meter.middle(taken["ours"])
    print(f"  {title}")
    floor = meter.ratio(taken["ours"], taken["floor"])
    return title, f"{spent:.2f}", f"{1000 / spent:.0f}", f"{floor:.1f}", str(counted)


@transaction.atomic
def _plain_row(person: int) -> None:
    Letter.objects.create(to_id=person, subject="通知", body="正文", written_at=now())


def _cases(step: str, path: str) -> Iterator[str]:
    found = Matter.objects.filter(step=step, place_path=path).order_by("-pk")
    return iter(found.values_list("number", flat=True)[: (meter.PAIRS + 2) * TIMES])


def entry(chain: str) -> Callable[[], object]:
    """Return the writing of one entry on the record of a matter (经过)."""
    clause = Clause("规则", "第一条", "rule")
    figures = (("主办", "综治中心"), ("时限", "3个工作日"))

    def write() -> object:
        return record.write(
            chain=chain, act="add_words", title="补充", by=1, office="社区 调度员", at=now(), clause=clause,
            figures=figures, words=stories.WORDS,
        )  # fmt: skip

    return write


def _count(number: str) -> Callable[[], object]:
    matter = Matter.objects.get(number=number)
    here = tally.shape(matter)
    matter.step_kind, matter.lead_id = "verify", None
    there = tally.shape(matter)
    moves = cycle(((here, there), (there, here)))

    @transaction.atomic
    def change() -> None:
        before, after = next(moves)
        tally.change(before, after, slot=matter.pk)

    return change
