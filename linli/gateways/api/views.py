"""The calls of the REST interface (接口); their docstrings are what outsiders read of them, so in Chinese."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest
from ninja import File, Path, Query, Router, Status
from ninja.files import UploadedFile

from linli.cases.actions.reporting import Report
from linli.core.verdict import Refused
from linli.frame import paging, upload
from linli.gateways import seen, taking_in
from linli.gateways.api import schemas, writing
from linli.gateways.problems import Item, Problem, Wrong
from linli.gateways.systems.actions import note_reading
from linli.gateways.systems.caller import Caller
from linli.matters import queries as matters
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import inside
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.gateways.models import Handover

_MOST_PHOTOS = 6
_TRIES = 5
_LONGEST_KEY = 64
_WRONG = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500)
_PROBLEMS: dict[Any, Any] = dict.fromkeys(_WRONG, schemas.Problem)
Number: Any = Path(..., max_length=24, description="编号")  # type: ignore[type-arg]  # a function here

router = Router(tags=["事项"])


def caller_of(request: HttpRequest) -> Caller:
    """Return the system that was let in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]  # set by the guard of the interface
    return caller


@router.get("/matters", response={200: schemas.Matters} | _PROBLEMS, operation_id="list_matters")
def list_matters(request: HttpRequest, wanted: Query[schemas.Query]) -> schemas.Matters:
    """列出事项：公开的，和你们报来的；一页一页给。"""
    caller = _reader(request)
    found = seen.visible_to(caller.system)
    if wanted.place:
        found = found.filter(
            inside(taking_in.spots_for(wanted.place, caller=caller)[-1].path, column="place_path")
        )
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.state:
        found = found.filter(seen.in_state(wanted.state))
    if wanted.moved_since:
        found = found.filter(moved_at__gte=wanted.moved_since)
    if wanted.external_ref:
        found = found.filter(pk=_own(wanted.external_ref, caller))
    by = matters.NEWEST if wanted.order == "newest" else "moved_at"
    if not paging.reads(found, by=by, cursor=wanted.cursor):
        raise Wrong(Problem.INVALID, items=[Item("cursor", "不是本列表给的 next_cursor")])
    page = paging.page(found, by=by, cursor=wanted.cursor, size=wanted.limit)
    faces = seen.briefly(page.rows, to=caller.system)
    return schemas.Matters(items=[writing.brief(face) for face in faces], next_cursor=page.following)


@router.post(
    "/matters",
    response={200: schemas.WholeMatter, 201: schemas.WholeMatter} | _PROBLEMS,
    operation_id="open_matter",
    openapi_extra={
        "parameters": [
            {
                "name": "Idempotency-Key", "in": "header", "required": False,
                "schema": {"type": "string", "maxLength": _LONGEST_KEY},
                "description": "没有自己的编号时，用它防止重复：同一个键只立一件",
            }
        ]
    },
)  # fmt: skip
def open_matter(request: HttpRequest, told: schemas.NewMatter) -> Status[schemas.WholeMatter]:
    """报一件事项。新立的答 201；同一个编号又送来，答 200 和原来那一件。"""
    caller = _writer(request)
    spots = taking_in.spots_for(told.place, caller=caller)
    _require_category(told.category, rulebook.current(spots[-1].pack))
    report = Report(
        subject="concern",
        spots=spots,
        words=told.words,
        channel=caller.system.way,
        title=told.title,
        concern_kind=told.kind,
        category=told.category,
        contact_name=told.contact_name,
        contact_phone=told.contact_phone,
        place_words=told.place_words,
        is_public=told.is_public,
        due_by=told.due_by,
    )
    ref = told.external_ref or request.headers.get("Idempotency-Key", "").strip()
    if len(ref) > _LONGEST_KEY:
        raise Wrong(Problem.INVALID, items=[Item("Idempotency-Key", f"最多 {_LONGEST_KEY} 个字")])
    taken = taking_in.take_in(report, ref=ref, caller=caller)
    if taken.handover.digest != taking_in.digest_of(report):
        raise Wrong(Problem.TAKEN_OTHERWISE)
    return Status(201 if taken.is_new else 200, _read(taken.matter.number, caller))


@router.get("/matters/{number}", response={200: schemas.WholeMatter} | _PROBLEMS, operation_id="read_matter")
def read_matter(request: HttpRequest, number: str = Number) -> schemas.WholeMatter:
    """看一件事项和它的经过。含个人信息的，每读一次都留记录。"""
    caller = _reader(request)
    return _read(number, caller)


@router.post(
    "/matters/{number}/words", response={200: schemas.WholeMatter} | _PROBLEMS, operation_id="add_words"
)
def add_words(request: HttpRequest, told: schemas.MoreWords, number: str = Number) -> schemas.WholeMatter:
    """给你们报来的事项补充说明。"""
    caller = _writer(request)
    taking_in.add_words(_handover(number, caller), told.words, caller=caller)
    return _read(number, caller)


@router.post(
    "/matters/{number}/withdraw", response={200: schemas.WholeMatter} | _PROBLEMS, operation_id="withdraw"
)
def withdraw(request: HttpRequest, told: schemas.Reason, number: str = Number) -> schemas.WholeMatter:
    """撤回你们报来的事项；已经撤回的，不再动。"""
    caller = _writer(request)
    taking_in.recall(_handover(number, caller), told.reason, caller=caller)
    return _read(number, caller)


@router.post(
    "/matters/{number}/photos", response={200: schemas.WholeMatter} | _PROBLEMS, operation_id="add_photos"
)
def add_photos(
    request: HttpRequest, photos: File[list[UploadedFile]], number: str = Number
) -> schemas.WholeMatter:
    """给你们报来的事项加照片：JPG、PNG、WebP，一次最多 6 张；拍摄地点等信息会去掉。"""
    caller = _writer(request)
    handover = _handover(number, caller)
    if not 1 <= len(photos) <= _MOST_PHOTOS:
        raise Wrong(Problem.INVALID, items=[Item("photos", f"一次 1 到 {_MOST_PHOTOS} 张")])
    kept = tuple(upload.photo(photo) for photo in photos)
    taking_in.add_words(handover, f"补充照片 {len(kept)} 张。", caller=caller, photos=kept)
    return _read(number, caller)


@router.get("/places", response={200: schemas.Places} | _PROBLEMS, tags=["字典"], operation_id="list_places")
def list_places(request: HttpRequest, wanted: Query[schemas.PlaceQuery]) -> schemas.Places:
    """列出范围里的地点。"""
    caller = caller_of(request)
    top = taking_in.spots_for(wanted.within, caller=caller)[-1]
    found = places.within(top.path)
    if not paging.reads(found, by="path", cursor=wanted.cursor):
        raise Wrong(Problem.INVALID, items=[Item("cursor", "不是本列表给的 next_cursor")])
    page = paging.page(found, by="path", cursor=wanted.cursor, size=wanted.limit)
    spots = [places.Spot(row.pk, row.key, row.path, row.kind, row.name, row.pack) for row in page.rows]
    return schemas.Places(items=writing.named(spots), next_cursor=page.following)


@router.get(
    "/categories",
    response={200: list[schemas.Category]} | _PROBLEMS,
    tags=["字典"],
    operation_id="list_categories",
)
def list_categories(request: HttpRequest) -> list[schemas.Category]:
    """列出本地的事项分类。"""
    edition = rulebook.current(caller_of(request).system.pack)
    return [
        schemas.Category(key=one.key, title=one.title, parent=one.parent, is_private=one.is_private)
        for one in edition.categories.values()
    ]


@router.get(
    "/statuses", response={200: schemas.Statuses} | _PROBLEMS, tags=["字典"], operation_id="list_statuses"
)
def list_statuses(request: HttpRequest) -> schemas.Statuses:
    """列出四种状态，和本地各程序的步骤。"""
    edition = rulebook.current(caller_of(request).system.pack)
    steps = {step.key: step.title for one in edition.procedures.values() for step in one.steps}
    return schemas.Statuses(states=_names(seen.STATES.items()), steps=_names(steps.items()))


def _reader(request: HttpRequest) -> Caller:
    caller = caller_of(request)
    caller.require(may=caller.system.reads or caller.system.writes, what="读事项")
    return caller


def _writer(request: HttpRequest) -> Caller:
    caller = caller_of(request)
    caller.require(may=caller.system.writes, what="报事项")
    return caller


def _handover(number: str, caller: Caller) -> "Handover":
    found = taking_in.of_matter(number, system=caller.system)
    if found is None:
        raise Wrong(Problem.NOT_FOUND, "你们没有报来过这一件。")
    return found


def _own(ref: str, caller: Caller) -> int:
    known = taking_in.known_as(ref, system=caller.system)
    return known.matter_id if known else 0


def _read(number: str, caller: Caller) -> schemas.WholeMatter:
    for _ in range(_TRIES):
        try:
            return _read_once(number, caller)
        except Refused:
            # Two readings of one system in the same instant: the record takes them one after the other.
            continue
    raise Wrong(Problem.BUSY)


@transaction.atomic
def _read_once(number: str, caller: Caller) -> schemas.WholeMatter:
    face = seen.wholly(number, to=caller.system)
    if face is None:
        raise Wrong(Problem.NOT_FOUND)
    if face.is_personal:
        note_reading(caller.system, number=face.matter.number, at=caller.at)
    return writing.whole(face)


def _require_category(key: str, edition: Edition) -> None:
    if key and key not in edition.categories:
        raise Wrong(Problem.INVALID, items=[Item("category", "没有这个分类代号，请看「分类」")])


def _names(pairs: Iterable[tuple[str, str]]) -> list[schemas.Named]:
    return [schemas.Named(key=key, title=title) for key, title in pairs]
