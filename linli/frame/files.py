"""Files that rows pointed to go when the rows are through (文件)."""

from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db import transaction


def delete_once_through(names: Iterable[str]) -> None:
    """Delete files once the transaction is through (删除文件).

    One left on the disk is found by nobody; a row that points to none would break its page.
    """
    gone = tuple(names)
    transaction.on_commit(lambda: delete(gone))


def delete(names: Iterable[str]) -> None:
    """Delete files now."""
    for name in names:
        default_storage.delete(name)
