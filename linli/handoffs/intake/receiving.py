"""A file arrives: it is looked at, laid out, and its columns are matched (收件)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.handoffs.intake import sent
from linli.handoffs.intake.kinds import KINDS
from linli.handoffs.intake.mapping import MODELS, Mapping, require_columns
from linli.handoffs.intake.matching import suggest
from linli.handoffs.intake.table import Table
from linli.handoffs.models import Intake, KeptMapping, Step
from linli.places.path import paths_above
from linli.places.queries import Spot

SAMPLE = 50
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever brings a file in: a person's number, none for the command line, and the office (经办人)."""

    person: int | None
    office: str


def receive(
    source: Path, *, name: str, kind: str, place: Spot, by: Sender, at: datetime, header_line: int = 0
) -> Intake:
    """Take a file and suggest what its columns mean (收件); raise ``Refused`` for one that cannot be read."""
    digest = sent.digest_of(source)
    intake = Intake(
        kind=kind, place_id=place.id, place_path=place.path, name=name[-LONGEST_NAME:], digest=digest,
        by_id=by.person, office=by.office, sent_at=at,
    )  # fmt: skip
    with transaction.atomic():
        intake.save()
        laid_out = sent.lay_out(source, rows_of(intake), name=name)
        try:
            _find_header(intake, laid_out, header_line=header_line)
        except Refused:
            forget(intake)
            raise
        intake.save()
    return intake


def find_header_again(intake: Intake, *, header_line: int) -> None:
    """Read the titles from another row, and suggest anew what the columns mean (改表头)."""
    _require_matching(intake)
    _find_header(intake, sent.LaidOut(rows_of(intake), intake.note), header_line=header_line)
    intake.save(update_fields=["header", "header_line", "rows", "mapping"])


def match(intake: Intake, mapping: Mapping, *, keep_as: str = "", at: datetime) -> None:
    """Settle what the columns mean, and keep that under a name for the next time (对应); raise PackError."""
    _require_matching(intake)
    kind = KINDS[intake.kind]
    require_columns(mapping, kind=kind, name=intake.name, header=intake.header)
    intake.mapping = written(mapping)
    intake.save(update_fields=["mapping"])
    if keep_as:
        KeptMapping.objects.update_or_create(
            kind=intake.kind, place_id=intake.place_id, name=keep_as,
            defaults={"header": intake.header, "mapping": intake.mapping, "kept_at": at},
        )  # fmt: skip


def table_of(intake: Intake) -> Table:
    """Return the rows of an import; raise ``Refused`` when its file is gone."""
    path = rows_of(intake)
    if not path.exists():
        raise _refused("文件已经清除了。", "需要的话，重新上传文件；录过的行不会再录。")
    return Table(path, tuple(intake.header), intake.header_line, intake.note)


def mapping_of(intake: Intake) -> Mapping:
    """Return what the columns of an import mean."""
    return MODELS[intake.kind].model_validate(intake.mapping)


def rows_of(intake: Intake) -> Path:
    """Return where the rows of an import lie; only the site's own user can read them."""
    folder = Path(settings.HOME) / "intake"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{intake.pk}.csv"


def forget(intake: Intake) -> None:
    """Delete the rows of an import: they hold personal data and are needed no longer (清除文件)."""
    rows_of(intake).unlink(missing_ok=True)


def written(mapping: Mapping) -> dict[str, object]:
    """Write a mapping as it is kept."""
    return mapping.model_dump(mode="json", by_alias=True)


def _find_header(intake: Intake, laid_out: sent.LaidOut, *, header_line: int) -> None:
    kind = KINDS[intake.kind]
    table = Table.open(laid_out, kind=kind, name=intake.name, header_line=header_line)
    intake.note, intake.header, intake.header_line = table.note, list(table.header), table.line
    intake.rows = table.count()
    kept = _kept_for(intake, table.header)
    intake.mapping = kept or written(suggest(kind, header=table.header, sample=table.sample(SAMPLE)))


def _kept_for(intake: Intake, header: Sequence[str]) -> dict[str, object] | None:
    """Return the mapping last kept for the same columns, here or above."""
    rows = KeptMapping.objects.filter(kind=intake.kind, place__path__in=paths_above(intake.place_path))
    for kept in rows.order_by("-kept_at"):
        if kept.header == list(header):
            mapping: dict[str, object] = kept.mapping
            return mapping
    return None


def _require_matching(intake: Intake) -> None:
    if intake.step not in {Step.MATCHING, Step.TRIED}:
        raise _refused("已经开始录入，列的对应不能再改。", "要改就停下，作废后重新上传。")


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked="导入"))
