"""The acts of the record: write, erase words, seal (留痕)."""

import secrets
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from linli.core.chain import Head, Link
from linli.core.clause import Clause
from linli.core.digest import SHA256, instant, words_digest
from linli.core.merkle import Tree
from linli.core.refusal import Refusal
from linli.core.seal import Seal, leaf
from linli.core.verdict import Refused
from linli.frame import compiled
from linli.record import queries
from linli.record.models import Checkpoint, Entry, Words
from linli.record.transcript import ERASE, ERASED

_SALT_BYTES = 16
_LOCK_WAIT = "2s"
_ENTRIES_PER_CHECKPOINT = 50_000


@transaction.atomic(savepoint=False)
def write(
    *,
    chain: str,
    act: str,
    title: str,
    by: int | None,
    office: str,
    at: datetime,
    clause: Clause | None = None,
    figures: tuple[tuple[str, str], ...] = (),
    words: str = "",
    after: Head | None = None,
) -> Entry:
    """Add one entry to a chain (留痕); refuse when somebody else has just added one.

    ``by`` is a person's number, None for the system. Nothing personal may stand in ``office``, ``title`` or
    ``figures``: only ``words`` can be erased. A caller that knows the head gives it as ``after`` (START for a
    new chain) and saves a query.
    """
    head = after or queries.head(chain)
    salt = secrets.token_hex(_SALT_BYTES)
    link = Link(
        chain=chain,
        seq=head.seq + 1,
        at=instant(at),
        by=by,
        office=office,
        act=act,
        title=title,
        clause=clause.rule if clause else "",
        clause_words=str(clause) if clause else "",
        figures=tuple((str(name), str(value)) for name, value in figures),
        words_digest=words_digest(words, salt=salt, algorithm=SHA256) if words else "",
        algorithm=SHA256,
        prev=head.digest,
    ).sealed()
    entry = _append(link, at=at)
    if words:
        compiled.insert([Words(entry=entry, text=words, salt=salt)])
    return entry


@transaction.atomic
def erase_words(
    *,
    chain: str,
    seq: int,
    by: int | None,
    office: str,
    at: datetime,
    reason: str,
    clause: Clause | None = None,
) -> Entry:
    """Erase the free words of one entry for good, and put that on record (删除文字, 个人信息保护法 47)."""
    erased, _ = Words.objects.filter(entry__chain=chain, entry__seq=seq).delete()
    if not erased:
        raise Refused(
            Refusal("这一条没有可删除的文字：本来就没有写，或者已经删除过。", remedy="请核对记录的序号。")
        )
    return write(
        chain=chain,
        act=ERASE,
        title="删除文字",
        by=by,
        office=office,
        at=at,
        clause=clause,
        figures=((ERASED, str(seq)),),
        words=reason,
    )


def seal(*, at: datetime) -> Seal | None:
    """Bind every entry since the last checkpoint, also after downtime; None when there was nothing new.

    The cost follows the number of new entries. The root is what a site publishes (检查点).
    """
    upto = _last_settled_entry()
    made = None
    while next_seal := _seal_once(upto=upto, at=at):
        made = next_seal
    return made


def _append(link: Link, *, at: datetime) -> Entry:
    entry = Entry(**{name: getattr(link, name) for name in queries.LINK} | {"at": at})
    try:
        compiled.insert([entry])
    except IntegrityError as error:
        raise Refused(
            Refusal(
                "就在刚才，别人已经办了一步。",
                remedy="请刷新页面，看过最新经过再办。",
            )
        ) from error
    return entry


def _last_settled_entry() -> int:
    """Return an entry number below which nothing can still appear.

    PostgreSQL gives numbers out before a transaction commits; the lock waits for the writers under way.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
                cursor.execute(f"LOCK TABLE {Entry._meta.db_table} IN SHARE MODE")
        return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def _seal_once(*, upto: int, at: datetime) -> Seal | None:
    last = next(iter(queries.checkpoints(limit=1)), None)
    seen = last.last_entry if last else 0
    upto = _batch_end(seen, upto)
    heads = queries.heads_between(seen, upto)
    if not heads:
        return None
    tree = Tree.grow([leaf(chain, head) for chain, head in heads.items()], algorithm=SHA256)
    made = Seal(
        number=last.number + 1 if last else 1,
        at=instant(at),
        count=len(heads),
        last_entry=upto,
        tree=tree.root,
        prev=last.root if last else "",
        algorithm=SHA256,
    ).sealed()
    return made if _keep(made, at=at) else None


def _batch_end(seen: int, upto: int) -> int:
    numbers = Entry.objects.filter(id__gt=seen, id__lte=upto).order_by("id").values_list("id", flat=True)
    return next(iter(numbers[_ENTRIES_PER_CHECKPOINT - 1 : _ENTRIES_PER_CHECKPOINT]), upto)


def _keep(made: Seal, *, at: datetime) -> bool:
    """Store a checkpoint; another worker that was faster has bound the same entries."""
    try:
        with transaction.atomic():
            Checkpoint.objects.create(**(asdict(made) | {"at": at}))
    except IntegrityError:
        return False
    return True
