"""Which topic a meeting or a ballot is to serve, as the address says (所服务的议题)."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from linli.bodies.entering import actor_of
from linli.console.reach import Scope, seat_of
from linli.deliberation import access as topics
from linli.frame.clock import now
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.matters.models import Matter


def topic_of(request: HttpRequest) -> "Matter | None":
    """Return the matter of the topic that the address names, if whoever asks may see it (议题)."""
    number = request.GET.get("topic", "")
    desk = topics.sit(number, by=actor_of(request), at=now()) if number else None
    if number and desk is None:
        raise Http404
    return desk.matter if desk else None


def scope_at(request: HttpRequest, topic: "Matter | None") -> Scope:
    """Return where a topic lies, or the place that is looked at (地点)."""
    if topic is None:
        return seat_of(request)
    return Scope(actor_of(request), places.chain(topic.place_path))
