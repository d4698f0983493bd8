"""The acts of the record: write, erase words, seal (留痕)."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from linli.core.chain import START, Head, Link
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


@dataclass(frozen=True, slots=True)
class Note:
    """One act as it will stand on record, without free words (留痕); see ``write``."""

    chain: str
    act: str
    title: str
    by: int | None
    office: str
    at: datetime
    clause: Clause | None = None
    figures: tuple[tuple[str, str], ...] = ()


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
    note = Note(
        chain=chain, act=act, title=title, by=by, office=office, at=at, clause=clause, figures=figures
    )
    salt = secrets.token_hex(_SALT_BYTES)
    bound = words_digest(words, salt=salt, algorithm=SHA256) if words else ""
    entry = _entry(_link(note, after=after or queries.head(chain), words=bound), at=at)
    _append([entry])
    if words:
        compiled.insert([Words(entry=entry, text=words, salt=salt)])
    return entry


@transaction.atomic(savepoint=False)
def write_all(notes: Sequence[Note]) -> None:
    """Add entries to many chains in two statements, each after the one before it (批量留痕)."""
    heads = queries.heads({note.chain for note in notes})
    entries = []
    for note in notes:
        link = _link(note, after=heads.get(note.chain, START))
        heads[note.chain] = Head(link.seq, link.digest)
        entries.append(_entry(link, at=note.at))
    if entries:
        _append(entries)


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
    upto = last_settled_entry()
    made = None
    while next_seal := _seal_once(upto=upto, at=at):
        made = next_seal
    return made


def last_settled_entry() -> int:
    """Return an entry number below which nothing can still appear.

    PostgreSQL gives numbers out before a transaction commits; the lock waits for the writers under way.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
                cursor.execute(f"LOCK TABLE {Entry._meta.db_table} IN SHARE MODE")
        return Entry.objects.aggregate(last=Max("id"))["last"] or 0


def _link(note: Note, *, after: Head, words: str = "") -> Link:
    clause = note.clause
    return Link(
        chain=note.chain,
        seq=after.seq + 1,
        at=instant(note.at),
        by=note.by,
        office=note.office,
        act=note.act,
        title=note.title,
        clause=clause.rule if clause else "",
        clause_words=str(clause) if clause else "",
        figures=tuple((str(name), str(value)) for name, value in note.figures),
        words_digest=words,
        algorithm=SHA256,
        prev=after.digest,
    ).sealed()


def _entry(link: Link, *, at: datetime) -> Entry:
    return Entry(**{name: getattr(link, name) for name in queries.LINK} | {"at": at})


def _append(entries: Sequence[Entry]) -> None:
    try:
        compiled.insert(entries)
    except IntegrityError as error:
        raise Refused(
            Refusal(
                "就在刚才，别人已经办了一步。",
                remedy="请刷新页面，看过最新经过再办。",
            )
        ) from error


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
