"""What was typed into a form that could not be taken, so that it can be sent again (草稿)."""

from dataclasses import dataclass

from django.http import HttpRequest

_KEY = "draft"
# What stands in a form for the browser and for the phone, not for whoever writes.
_OWN = frozenset({"csrfmiddlewaretoken", "sending", "sending_about", "sending_instead"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was sent: where to, which fields, and which files must be chosen anew."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


def typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """List the fields that were sent, without passwords and the form's own token."""
    return tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _OWN and "password" not in name.lower()
    )


def draft(request: HttpRequest) -> Draft:
    """Take a draft from a form that was just sent."""
    return Draft(path=request.get_full_path(), fields=typed(request), files=tuple(request.FILES))


def keep(request: HttpRequest) -> None:
    """Put the form aside in the session, where it outlives signing in (保留草稿)."""
    one = draft(request)
    request.session[_KEY] = {"path": one.path, "fields": one.fields, "files": one.files}


def kept(request: HttpRequest) -> Draft | None:
    """Find the form that was put aside, if there is one."""
    found = request.session.get(_KEY)
    if not found:
        return None
    fields = tuple((str(name), str(value)) for name, value in found["fields"])
    return Draft(path=found["path"], fields=fields, files=tuple(found["files"]))
