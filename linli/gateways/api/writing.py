"""Matters and places in the shape of an answer (答复内容)."""

from collections.abc import Sequence
from typing import Any

from linli.gateways.api import schemas
from linli.gateways.seen import Face, way_of
from linli.matters import queries as matters
from linli.matters.choices import Visibility
from linli.places import queries as places
from linli.places.queries import Spot


def brief(face: Face) -> schemas.Matter:
    """Write a matter as a line of a list (列表)."""
    return schemas.Matter(**_facts(face))


def whole(face: Face) -> schemas.WholeMatter:
    """Write a matter with what happened (一件事项)."""
    timeline = [
        schemas.Line(
            at=line.at, act=line.act, title=line.title, office=line.office, clause=line.clause_words,
            words=line.words or "",
        )
        for line in way_of(face)
    ]  # fmt: skip
    return schemas.WholeMatter(
        **_facts(face), words=face.words, answer=face.answer, contact_name=face.contact_name,
        contact_phone=face.contact_phone, photos=len(matters.attachments(face.matter)), timeline=timeline,
    )  # fmt: skip


def named(spots: Sequence[Spot]) -> list[schemas.Place]:
    """Write places with their full names (地点)."""
    chains = places.chains([spot.path for spot in spots])
    return [
        schemas.Place(
            key=spot.key,
            name=spot.name,
            kind=spot.kind,
            full_name=places.full_name(chains[spot.path], below=0),
        )
        for spot in spots
    ]


def _facts(face: Face) -> dict[str, Any]:
    matter = face.matter
    edition, step = matters.edition_of(matter), matters.step_of(matter)
    return {
        "number": matter.number,
        "title": face.title,
        "state": face.state,
        "step": _named(step.key, step.title),
        "category": _named(matter.category, edition.categories[matter.category].title),
        "order": _named(matter.order, edition.orders[matter.order].title),
        "level": _named(matter.level, edition.level(matter.level).title),
        "place": _named(matter.place.key, matter.place.name),
        "lead": matter.lead.name if matter.lead else "",
        "is_public": matter.visibility == Visibility.PUBLIC,
        "external_ref": face.external_ref,
        "opened_at": matter.opened_at,
        "moved_at": matter.moved_at,
        "due_at": matter.due_at,
        "answered_at": matter.answered_at,
        "closed_at": matter.closed_at,
    }


def _named(key: str, title: str) -> schemas.Named:
    return schemas.Named(key=key, title=title)
