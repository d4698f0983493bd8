"""What a sweep and the sending of letters cost against the bare statements they cannot do without (极限)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import connection, transaction

from bench import meter
from bench.site import Site
from bench.table import Table
from linli.frame.clock import now
from linli.handoffs.sweep import sweep
from linli.matters.choices import Wait
from linli.matters.models import Waiting
from linli.outbox import actions as outbox
from linli.outbox.models import Letter

DUE, CLAIMED = 500, 50
PAIRS = 5

_RAW_CLAIM = """
    UPDATE outbox_letter SET attempts = attempts + 1, claimed_at = written_at
    WHERE id = (
        SELECT id FROM outbox_letter WHERE channel = 'email' AND sent_at IS NULL AND claimed_at IS NULL
        ORDER BY try_after, id LIMIT 1 {lock}
    )
    RETURNING id
"""


def measure(sites: Mapping[str, Site]) -> Table:
    """Measure a sweep of many lines and the claiming of letters on the large site (极限)."""
    site = sites["large"]
    site.enter()
    rows = (
        _row(f"sweep, {DUE} due, a line", lambda: sweep(at=now()), _raw_sweep, prepare=_fall_due, of=DUE),
        _row("claim the next letter", _claim, _raw_claim, prepare=_wait, of=CLAIMED),
    )
    return Table(
        "Limits",
        f"CPU; medians of {PAIRS} pairs. The bare sweep notes the lines and one event for each in a "
        "transaction; ours also writes the record, the inbox of the overseer, and letters. The bare claim is "
        "the one statement that takes a letter; ours also reads it.",
        ("job", "ms", "ms bare", "÷ bare", "a second of CPU"),
        rows,
    )


def _row(title: str, ours: meter.Job, bare: meter.Job, *, prepare: meter.Job, of: int) -> tuple[str, ...]:
    spent: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(PAIRS):
        for name, job in (("ours", ours), ("bare", bare)):
            prepare()
            spent[name].append(meter.once(job) / of)
    own, other = (meter.middle(tuple(spent[name])) for name in ("ours", "bare"))
    ratio = meter.ratio(tuple(spent["ours"]), tuple(spent["bare"]))
    print(f"  {title}")
    return title, f"{own:.3f}", f"{other:.3f}", f"{ratio:.1f}", f"{1000 / own:.0f}"


def _fall_due() -> None:
    chosen = list(Waiting.objects.filter(what=Wait.STEP).order_by("-pk").values_list("pk", flat=True)[:DUE])
    Waiting.objects.filter(pk__in=chosen).update(due_at=now() - timedelta(minutes=1), escalated_at=None)


@transaction.atomic
def _raw_sweep() -> None:
    at = connection.ops.adapt_datetimefield_value(now())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS event (line bigint, at text)")
        cursor.execute(
            "INSERT INTO event SELECT id, due_at FROM matters_waiting "
            "WHERE escalated_at IS NULL AND due_at < %s AND what <> 'escalation'",
            [at],
        )
        cursor.execute(
            "UPDATE matters_waiting SET escalated_at = due_at "
            "WHERE escalated_at IS NULL AND due_at < %s AND what <> 'escalation'",
            [at],
        )


def _wait() -> None:
    chosen = list(
        Letter.objects.filter(channel="email").order_by("-pk").values_list("pk", flat=True)[:CLAIMED]
    )
    Letter.objects.filter(channel="email").update(sent_at=now())
    Letter.objects.filter(pk__in=chosen).update(sent_at=None, claimed_at=None, attempts=0, try_after=None)


def _claim() -> None:
    for _ in range(CLAIMED):
        assert outbox.claim(at=now())


def _raw_claim() -> None:
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    for _ in range(CLAIMED):
        with connection.cursor() as cursor:
            cursor.execute(_RAW_CLAIM.format(lock=lock))
            assert cursor.fetchone()
