"""The same answer as JSON or as XML, in the shapes of GeoReport v2 (答复格式)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse, JsonResponse

# What XML 1.0 cannot hold, however it is escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Lists stand in JSON as they are; in XML each has a name for itself and one for its lines.
_LINES = {
    "services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute",
    "values": "value", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip


def answer(root: str, told: Any, *, form: str, status: int = 200) -> HttpResponse:
    """Answer in the format that was asked for; ``root`` names the outermost XML element."""
    if form == "json":
        return JsonResponse(told, safe=False, status=status, json_dumps_params={"ensure_ascii": False})
    element = _element(root, told)
    content = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, status=status, content_type="text/xml; charset=utf-8")


def _element(name: str, told: Any) -> ET.Element:
    element = ET.Element(name)
    if isinstance(told, Mapping):
        element.extend(_element(key, value) for key, value in told.items())
    elif isinstance(told, Sequence) and not isinstance(told, str):
        element.extend(_element(_LINES[name], value) for value in told)
    elif told is not None:
        element.text = _UNWRITABLE.sub("", _words(told))
    return element


def _words(told: object) -> str:
    return str(told).lower() if isinstance(told, bool) else str(told)
