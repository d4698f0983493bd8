"""Where the pages of the staff door stand, found once a process: a list writes hundreds of them (网址)."""

from functools import cache

from django.urls import reverse


@cache
def inbox() -> str:
    """Return the address of the inbox, under which the other pages stand (收件箱)."""
    return reverse("console:inbox")


def of_matter(number: str) -> str:
    """Return the address of a matter's page (事项页)."""
    return f"{inbox()}m/{number}/"
