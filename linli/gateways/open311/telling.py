"""Services and requests in the words of GeoReport v2 (答复内容)."""

from collections.abc import Sequence
from typing import Any

from linli.cases.kinds import ConcernKind
from linli.gateways.open311 import ground
from linli.gateways.open311.asking import Jurisdiction
from linli.gateways.seen import Face
from linli.matters import queries as matters
from linli.places import queries as places


def services(of: Jurisdiction) -> list[dict[str, Any]]:
    """List what may be reported: the place's own categories (分类)."""
    categories = of.edition.categories
    return [
        {
            "service_code": one.key,
            "service_name": one.title,
            "description": "、".join(one.words) or one.title,
            "metadata": True,
            "type": "realtime",
            "keywords": ",".join(one.words),
            "group": categories[one.parent].title if one.parent else "",
        }
        for one in categories.values()
    ]


def definition(code: str) -> dict[str, Any]:
    """Say which more fields a service takes (附加字段)."""
    kinds = [{"key": kind.value, "name": str(kind.label)} for kind in ConcernKind]
    return {
        "service_code": code,
        "attributes": [
            _attribute(1, "kind", "singlevaluelist", "诉求类型", kinds),
            _attribute(2, "place_words", "string", "位置说明", []),
        ],
    }


def requests(faces: Sequence[Face], *, of: Jurisdiction) -> list[dict[str, Any]]:
    """Write matters as service requests, in two queries whatever their number."""
    paths = {face.matter.place_path for face in faces}
    chains = places.chains(sorted(paths))
    middles = ground.middles(paths, reference=of.edition.reference)
    return [
        _request(face, address=places.full_name(chains[path]), at=middles.get(path))
        for face in faces
        for path in (face.matter.place_path,)
    ]


def _request(face: Face, *, address: str, at: ground.Degrees | None) -> dict[str, Any]:
    matter = face.matter
    category = matters.edition_of(matter).categories[matter.category]
    return {
        "service_request_id": matter.number,
        "status": "closed" if matter.closed_at else "open",
        "status_notes": face.answer or f"现在是「{matters.step_of(matter).title}」。",
        "service_name": category.title,
        "service_code": category.key,
        "description": face.words or face.title,
        "agency_responsible": matter.lead.name if matter.lead else "",
        "service_notice": "",
        "requested_datetime": matter.opened_at.isoformat(),
        "updated_datetime": matter.moved_at.isoformat(),
        "expected_datetime": matter.due_at.isoformat() if matter.due_at else None,
        "address": address,
        "address_id": matter.place.key,
        "zipcode": None,
        "lat": at.latitude if at else None,
        "long": at.longitude if at else None,
        "media_url": None,
    }


def _attribute(order: int, code: str, kind: str, words: str, values: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "variable": True, "code": code, "datatype": kind, "required": False,
        "datatype_description": "", "order": order, "description": words, "values": values,
    }  # fmt: skip
