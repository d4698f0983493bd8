"""Two addresses for machines that watch over the machine: is it well, and a dozen numbers (健康、指标)."""

import secrets
import shutil
from collections.abc import Mapping

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import linli
from linli.config.upkeep import pulse
from linli.frame.clock import now
from linli.matters import counts
from linli.outbox import queries as outbox

_BEARER = "Bearer "


@require_safe
@never_cache
def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 while the database answers, 503 when it does not; say whether the worker keeps up (健康)."""
    try:
        late = pulse.late_by(at=now())
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "unreachable"}, status=503)
    keeps_up = late is not None and late <= pulse.MAY_BE_LATE
    return JsonResponse({"status": "ok", "database": "ok", "worker": "ok" if keeps_up else "late"})


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Write the numbers as Prometheus reads them, for whoever knows the token (指标)."""
    given = request.headers.get("Authorization", "").removeprefix(_BEARER)
    if not (settings.METRICS_TOKEN and secrets.compare_digest(given, settings.METRICS_TOKEN)):
        raise Http404
    lines = (f"# TYPE linli_{name} gauge\nlinli_{name} {value}\n" for name, value in _numbers().items())
    version = f'linli_info{{version="{linli.__version__}",database="{connection.vendor}"}} 1\n'
    return HttpResponse("".join((*lines, version)), content_type="text/plain; version=0.0.4; charset=utf-8")


def _numbers() -> Mapping[str, float]:
    at = now()
    late = pulse.late_by(at=at)
    return {
        "matters_open": counts.open_everywhere(),
        "letters_waiting": outbox.waiting(),
        "letters_given_up": outbox.given_up(),
        "jobs_waiting": pulse.waiting(),
        "worker_late_seconds": late.total_seconds() if late is not None else -1,
        "disk_free_bytes": shutil.disk_usage(settings.HOME).free,
        "up": 1,
    }
