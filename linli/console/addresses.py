"""Where the pages of the staff door stand (网址)."""

from linli.frame import addresses


def inbox() -> str:
    """Return the address of the inbox, under which the other pages stand (收件箱)."""
    return addresses.of("console:inbox")


def of_matter(number: str) -> str:
    """Return the address of a matter's page, as cheaply as a long list needs it (事项页)."""
    return f"{inbox()}m/{number}/"
